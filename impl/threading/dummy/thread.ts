import { AssertionError, RuntimeError } from '../errors.ts';
import type { ThreadOptions } from '../threads/threadOptions.ts';
import { type WaitOptions, waitPatience } from '../waitPatience.ts';
import { callTraceFunctions, threadFailed } from './hooks.ts';
import { only } from './only.ts';
import { currentIdent, newIdent, runAs, running } from './running.ts';

/** What a thread calls. */
// oxlint-disable-next-line typescript/no-explicit-any -- targets take what they are given
export type Target = (...args: any[]) => unknown;

/** How a thread is made: as in `lockproof/threading`, but that the target may be any function. */
export interface DummyThreadOptions extends Omit<ThreadOptions, 'target'> {
  readonly target?: Target | null | undefined;
}

const optionNames = new Set(['group', 'target', 'name', 'args', 'kwargs', 'daemon']);

/** What a thread has to do, until it is done. */
interface Plan {
  readonly target: unknown;
  readonly args: readonly unknown[];
  readonly kwargs: object | undefined;
}

let numbered = 0;

let begun: (name: string, ident: number) => Thread;

/**
 * A thread that runs where it is started: `start` runs all of it, and then returns (`dummy.synchronous`). An error
 * that it ends by is reported, SystemExit is not. What is given to the target is not cloned.
 *
 * An asynchronous target runs up to its first `await`; what follows does not belong to the thread, but its
 * error is reported.
 */
export class Thread {
  readonly primitive: string = 'Thread';
  #name: string;
  #daemon: boolean;
  #ident: number | null = null;
  #alive = false;
  #plan: Plan | undefined;

  /** @throws as the constructor of `lockproof/threading` does. */
  constructor(options?: DummyThreadOptions | null);
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
    const named = name === undefined || name === null ? '' : nameOf(name);
    this.#plan = plan;
    this.#name = named === '' ? defaultName(plan.target) : named;
    const starter = running();
    this.#daemon = Boolean(daemon ?? (starter instanceof Thread && starter.daemon));
  }

  /** The same thread. @throws TypeError for anything else. */
  static from(thread: Thread): Thread {
    return only(this, thread);
  }

  /** Its name: any text, which need not be its alone. */
  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = nameOf(name);
  }

  /** Its number, once it is started; null before. */
  get ident(): number | null {
    return this.#ident;
  }

  /** Whether it is a daemon, which makes no difference here. @throws RuntimeError to set it after the start. */
  get daemon(): boolean {
    return this.#daemon;
  }

  set daemon(daemon: boolean) {
    if (this.#ident !== null)
      throw new RuntimeError('whether a thread is a daemon is fixed when it is started');
    this.#daemon = Boolean(daemon);
  }

  /** Whether it is being run. */
  isAlive(): boolean {
    return this.#alive;
  }

  /**
   * Runs the thread to its end.
   * @throws RuntimeError if it was started before; KeyboardInterrupt if the thread has called `_thread.interruptMain`.
   */
  start(): void {
    if (this.#ident !== null) throw new RuntimeError('a thread can be started once');
    this.#ident = newIdent();
    this.#alive = true;
    runAs(this, () => {
      try {
        callTraceFunctions();
        const running = this.run();
        if (isThenable(running)) running.then(undefined, (error: unknown) => threadFailed(error, this));
      } catch (error) {
        threadFailed(error, this);
      }
      this.#alive = false;
      this.#plan = undefined;
    });
  }

  /** Calls the target with its arguments; a subclass may do something else. */
  run(): unknown {
    const plan = this.#plan;
    if (plan === undefined) throw new RuntimeError('the target of a thread is called once');
    this.#plan = undefined;
    if (plan.target === undefined) return undefined;
    const args = plan.kwargs === undefined ? plan.args : [...plan.args, plan.kwargs];
    const returned: unknown = Reflect.apply(plan.target as Target, undefined, args);
    return isThenable(returned) ? returned : undefined;
  }

  /**
   * Returns at once: whoever calls it is a call within the thread, or the thread has ended.
   * @throws RuntimeError if the thread was not started, or is the one that calls; OverflowError, TypeError for a
   *   bad time-out.
   */
  join(options?: WaitOptions | number | null): void {
    waitPatience(options);
    if (this.#ident === null) throw new RuntimeError('a thread cannot be joined before it is started');
    if (this.#ident === currentIdent()) throw new RuntimeError('a thread cannot join itself');
  }

  /** {@link join}, later. */
  async joinAsync(options?: WaitOptions | number | null): Promise<void> {
    this.join(options);
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
    const state = this.#ident === null ? 'initial' : this.#alive ? 'started' : 'stopped';
    const ident = this.#ident === null ? '' : ` ${this.#ident}`;
    return `<${this.constructor.name}(${this.name}, ${state}${this.daemon ? ' daemon' : ''}${ident})>`;
  }

  static {
    begun = (name, ident) => {
      const thread = new Thread({ name });
      thread.#ident = ident;
      thread.#alive = true;
      return thread;
    };
  }
}

/** A thread that runs without having been started: main, or what `_thread` has started. */
export function threadWithoutStart(name: string, ident: number): Thread {
  return begun(name, ident);
}

function optionsOf(given: readonly unknown[]): Partial<Record<keyof ThreadOptions, unknown>> {
  const [first, target, name, args, kwargs] = given;
  if (given.length > 5)
    throw new TypeError('a thread takes five positional arguments at most; daemon is an option');
  if (given.length !== 1 || typeof first !== 'object' || first === null) {
    return { group: first, target, name, args, kwargs };
  }
  const unknown = Object.keys(first).find((key) => !optionNames.has(key));
  if (unknown !== undefined) throw new TypeError(`a thread has no option ${unknown}`);
  return first;
}

function nameOf(name: unknown): string {
  return String(name);
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

function defaultName(target: unknown): string {
  const { name } = (target ?? {}) as { readonly name?: unknown };
  const number = `Thread-${++numbered}`;
  return typeof name === 'string' && name !== '' ? `${number} (${name})` : number;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}
