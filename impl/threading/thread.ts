import { AssertionError, RuntimeError } from './errors.ts';
import { AttributeError } from './attributeError.ts';
import { adopt, type Handle } from './handle.ts';
import { deadlineAfter, remaining } from './timeouts.ts';
import type { Job } from './threads/job.ts';
import { launch } from './threads/launch.ts';
import { currentRecord, keepObject, knownRecord, objectFor } from './threads/realm.ts';
import {
  beginStart,
  endStart,
  has,
  identOf,
  isAlive,
  isBegun,
  isStarted,
  nameOf,
  newRecord,
  rename,
  seatOf,
  setDaemon,
  undoStart,
} from './threads/record.ts';
import { flags, isTaken, nameUnits, next, registry, serialOf } from './threads/registry.ts';
import { type ExportedTarget, load, nameFor, type Nameable, threadClass } from './threads/targets.ts';
import { checkText } from './threads/texts.ts';
import { type WaitOptions, waitPatience } from './waitPatience.ts';

/** What a thread calls: a function that has a name for other threads, or one that a module exports. */
// oxlint-disable-next-line typescript/no-explicit-any -- targets take what they are given
export type Target = ((...args: any[]) => unknown) | ExportedTarget;

/** How a thread is made. */
export interface ThreadOptions {
  /** Has to be left out, or null. */
  readonly group?: null | undefined;
  /** Default null: nothing. What the thread calls. */
  readonly target?: Target | null | undefined;
  /** Default: `Thread-N`, with the target's name behind it. */
  readonly name?: string | null | undefined;
  /** Default none: the target's arguments. They are cloned when the thread is started. */
  readonly args?: readonly unknown[] | null | undefined;
  /** Default none: one more argument, the last, if there is anything in it. */
  readonly kwargs?: Readonly<Record<string, unknown>> | null | undefined;
  /** Default: that of the thread that makes it. Whether the process ends without waiting for the thread. */
  readonly daemon?: boolean | null | undefined;
}

/** What a thread that was not started has to do; known to the thread that has made it, not posted. */
interface Plan {
  readonly target: unknown;
  readonly args: readonly unknown[];
  readonly kwargs: object | undefined;
}

const plans = new WeakMap<Thread, Plan>();

/**
 * A thread: what runs in a worker of its own, at the same time as others.
 */
export class Thread {
  readonly primitive: string = 'Thread';
  readonly memory: Int32Array<SharedArrayBuffer>;

  constructor(options?: ThreadOptions | null);
  constructor(
    group: null | undefined,
    target?: Target | null,
    name?: string | null,
    args?: readonly unknown[] | null,
    kwargs?: Readonly<Record<string, unknown>> | null,
  );
  constructor(...given: readonly unknown[]) {
    const { group, target, name, args, kwargs, daemon } = optionsOf(given);
    if (group !== undefined && group !== null) throw new AssertionError('group has to be left out');
    const plan = { target: target ?? undefined, args: checkedArgs(args), kwargs: checkedKwargs(kwargs) };
    const named = name === undefined || name === null ? '' : checkedName(name);
    const flagged = (daemon ?? has(currentRecord(), 'daemon')) ? flags.daemon : 0;
    this.memory = newRecord(named === '' ? defaultName(plan.target) : named, flagged);
    plans.set(this, plan);
    keepObject(identOf(this.memory), this);
  }

  /** The same thread in this thread. @throws TypeError if this is no Thread that was posted here. */
  static from(handle: Handle): Thread {
    const thread = adopt('Thread', Thread.prototype, handle);
    const number = identOf(thread.memory);
    const known = objectFor(number) as Thread | undefined;
    if (known !== undefined) return known;
    keepObject(number, thread);
    return thread;
  }

  get name(): string {
    return nameOf(memoryOf(this));
  }

  set name(name: string) {
    rename(memoryOf(this), checkedName(name));
  }

  get ident(): number | null {
    const memory = memoryOf(this);
    return isStarted(memory) ? identOf(memory) : null;
  }

  get daemon(): boolean {
    return has(memoryOf(this), 'daemon');
  }

  set daemon(daemon: boolean) {
    const memory = memoryOf(this);
    if (isBegun(memory)) throw new RuntimeError('whether a thread is a daemon is fixed when it is started');
    setDaemon(memory, Boolean(daemon));
  }

  isAlive(): boolean {
    return isAlive(memoryOf(this));
  }

  start(): void {
    const memory = memoryOf(this);
    if (!beginStart(memory)) throw new RuntimeError('a thread can be started once');
    let job: Job;
    try {
      job = jobOf(this);
    } catch (error) {
      undoStart(memory);
      throw error;
    }
    launch(memory, job);
    plans.delete(this);
  }

  run(): unknown {
    const plan = plans.get(this);
    if (plan === undefined) throw new AttributeError('the target of a thread is called once');
    plans.delete(this);
    return call(plan);
  }

  join(options?: WaitOptions | number | null): void {
    const patience = waitPatience(options);
    const { slot, serial } = joinable(this);
    const words = registry();
    const deadline = deadlineAfter(patience);
    while (isTaken({ slot, serial })) {
      if (Atomics.wait(words, serialOf(slot), serial, remaining(deadline)) === 'timed-out') return;
    }
  }

  async joinAsync(options?: WaitOptions | number | null): Promise<void> {
    const patience = waitPatience(options);
    const { slot, serial } = joinable(this);
    const words = registry();
    const deadline = deadlineAfter(patience);
    const keep = setInterval(() => undefined, 2 ** 31 - 1);
    try {
      while (isTaken({ slot, serial })) {
        const wait = Atomics.waitAsync(words, serialOf(slot), serial, remaining(deadline));
        if ((await wait.value) === 'timed-out') return;
      }
    } finally {
      clearInterval(keep);
    }
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  isDaemon(): boolean {
    return this.daemon;
  }

  setDaemon(daemon: boolean): void {
    this.daemon = daemon;
  }

  toString(): string {
    const memory = memoryOf(this);
    const begun = isStarted(memory);
    const state = begun ? (isAlive(memory) ? 'started' : 'stopped') : 'initial';
    const daemon = this.daemon ? ' daemon' : '';
    return `<${this.constructor.name}(${this.name}, ${state}${daemon}${begun ? ` ${identOf(memory)}` : ''})>`;
  }
}

/** In the thread's own worker: what it has to do. */
export function setPlan(thread: Thread, plan: Plan): void {
  plans.set(thread, plan);
}

function memoryOf({ memory }: Partial<Thread>): Int32Array<SharedArrayBuffer> {
  if (memory !== undefined) return memory;
  throw new RuntimeError('the constructor of Thread was not called');
}

function joinable(thread: Thread): { slot: number; serial: number } {
  const memory = memoryOf(thread);
  if (!isStarted(memory)) throw new RuntimeError('a thread cannot be joined before it is started');
  const current = knownRecord();
  if (identOf(memory) === identOf(current ?? currentRecord()))
    throw new RuntimeError('a thread cannot join itself');
  if (has(memory, 'dummy'))
    throw new RuntimeError('a thread that was not started by the library cannot be joined');
  return seatOf(memory);
}

const optionNames = new Set(['group', 'target', 'name', 'args', 'kwargs', 'daemon']);

function optionsOf(given: readonly unknown[]): Partial<Record<keyof ThreadOptions, unknown>> {
  const [first, target, name, args, kwargs] = given;
  if (given.length > 5)
    throw new TypeError('a thread takes five positional arguments at most; daemon is an option');
  if (given.length !== 1 || typeof first !== 'object' || first === null)
    return { group: first, target, name, args, kwargs };
  const unknown = Object.keys(first).find((key) => !optionNames.has(key));
  if (unknown !== undefined) throw new TypeError(`a thread has no option ${unknown}`);
  return first;
}

function checkedArgs(args: unknown): readonly unknown[] {
  if (args === undefined || args === null) return [];
  if (Array.isArray(args)) return args;
  throw new TypeError(`args must be an array, not ${typeof args}`);
}

function checkedKwargs(kwargs: unknown): object | undefined {
  if (kwargs === undefined || kwargs === null) return undefined;
  if (typeof kwargs !== 'object' || Array.isArray(kwargs)) throw new TypeError('kwargs must be an object');
  return Object.keys(kwargs).length === 0 ? undefined : kwargs;
}

function checkedName(name: unknown): string {
  const text = String(name);
  checkText('the name of a thread', text, nameUnits);
  return text;
}

function defaultName(target: unknown): string {
  const { name } = (target ?? {}) as { name?: unknown };
  const numbered = `Thread-${next('names')}`;
  return typeof name === 'string' && name !== '' ? `${numbered} (${name})`.slice(0, nameUnits) : numbered;
}

function jobOf(thread: Thread): Job {
  const plan = plans.get(thread);
  if (plan === undefined) throw new RuntimeError('a thread can only be started where it was made');
  const { target, args, kwargs } = plan;
  return { target: targetOf(target), args, kwargs, object: objectOf(thread), hooks: [] };
}

function targetOf(target: unknown): Job['target'] {
  if (target === undefined) return undefined;
  const name = nameFor(target);
  if (name !== undefined) return name;
  if (typeof target !== 'function') return { given: String(target) };
  throw new TypeError(
    `another thread cannot find ${target.name === '' ? 'this function' : target.name}: name it with threadFunction(import.meta, ...)`,
  );
}

function objectOf(thread: Thread): Job['object'] {
  const Class = thread.constructor;
  const name = nameFor(Class);
  if (name !== undefined) {
    const { primitive: _primitive, memory: _memory, ...properties } = thread;
    return { class: name, properties };
  }
  if (thread.run === Thread.prototype.run) return undefined;
  throw new TypeError(
    `another thread cannot find the run of ${Class.name}: name the class with threadClass(import.meta, ...)`,
  );
}

/** Calls the target. @returns a promise if the target does, else nothing. */
function call({ target, args, kwargs }: Plan): unknown {
  if (target === undefined) return undefined;
  if (typeof target === 'function') return settle(callWith(target as Nameable, args, kwargs));
  const name = nameFor(target);
  if (name === undefined) throw new TypeError(`the target cannot be called: ${String(target)}`);
  return load(name).then((loaded) => settle(callWith(loaded, args, kwargs)));
}

function callWith(target: Nameable, args: readonly unknown[], kwargs: object | undefined): unknown {
  return Reflect.apply(
    target as (...args: unknown[]) => unknown,
    undefined,
    kwargs === undefined ? args : [...args, kwargs],
  );
}

/** What a target returns is discarded, but for when it is done. */
function settle(returned: unknown): unknown {
  return isThenable(returned) ? Promise.resolve(returned).then(() => undefined) : undefined;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}
