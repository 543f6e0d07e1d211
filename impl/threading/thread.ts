import { RuntimeError } from './errors.ts';
import { adopt, type Handle } from './handle.ts';
import { ident } from './ident.ts';
import { keepAlive } from './threads/exit.ts';
import { launch } from './threads/launch.ts';
import { pause } from './threads/pause.ts';
import { carryOut, dropPlan, jobOf, setPlan, type Target } from './threads/plan.ts';
import { currentRecord, keepObject, objectFor } from './threads/realm.ts';
import {
  beginStart,
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
} from './threads/record.ts';
import { flags, isTaken, registry, type Seat, serialOf } from './threads/registry.ts';
import { checkedName, readArguments, type ThreadOptions } from './threads/threadOptions.ts';
import { deadlineAfter, remaining } from './timeouts.ts';
import { type WaitOptions, waitPatience } from './waitPatience.ts';

export type { Target } from './threads/plan.ts';
export type { ThreadOptions } from './threads/threadOptions.ts';

/**
 * A thread of its own, in a worker.
 *
 * What it calls is named for it, by `threadFunction` or as an export of a module; the same module is imported there.
 * Arguments are cloned when it is started; primitives and threads among them stay the same ones, in arrays,
 * plain objects, Maps and Sets too. A target may be asynchronous: the thread then ends when its promise is settled.
 *
 * Memory: `threads/record.ts` explains it. Post a thread to another one as it is; `Thread.from` makes it usable there.
 * In one thread, the same thread is always the same object.
 */
export class Thread {
  readonly primitive: string = 'Thread';
  readonly memory: Int32Array<SharedArrayBuffer>;

  /**
   * A thread that is not started yet. Its default name is `Thread-N (target)`, with an N that no other has.
   * @throws AssertionError for a group (`thread.ctor.group-none`); TypeError for args that are no array, kwargs that
   *   are no object, an option that there is none of, or more than five positional arguments
   *   (`thread.ctor.daemon-keyword-only`); OverflowError for a name of more than 255 UTF-16 units.
   */
  constructor(options?: ThreadOptions | null);
  constructor(
    group: null | undefined,
    target?: Target | null,
    name?: string | null,
    args?: readonly unknown[] | null,
    kwargs?: Readonly<Record<string, unknown>> | null,
  );
  constructor(...given: readonly unknown[]) {
    const { plan, name, daemon } = readArguments(given);
    const flagged = (daemon ?? has(currentRecord(), 'daemon')) ? flags.daemon : 0;
    this.memory = newRecord(name, flagged);
    setPlan(this, plan);
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

  /** What the thread is called; it has no meaning and can be changed at any time, for all who know the thread. */
  get name(): string {
    return nameOf(memoryOf(this));
  }

  set name(name: string) {
    rename(memoryOf(this), checkedName(name));
  }

  /** A number that no other living thread has, not 0; null before the start. It stays when the thread has ended. */
  get ident(): number | null {
    const memory = memoryOf(this);
    return isStarted(memory) ? identOf(memory) : null;
  }

  /**
   * Whether the process may end without waiting for the thread.
   * @throws RuntimeError if it is set after the start (`thread.daemon.set-after-start-raises`).
   */
  get daemon(): boolean {
    return has(memoryOf(this), 'daemon');
  }

  set daemon(daemon: boolean) {
    const memory = memoryOf(this);
    if (isBegun(memory)) throw new RuntimeError('whether a thread is a daemon is fixed when it is started');
    setDaemon(memory, Boolean(daemon));
  }

  /** Whether the thread was started and has not ended. */
  isAlive(): boolean {
    return isAlive(memoryOf(this));
  }

  /**
   * Starts the thread, once: {@link run} is called there. Returns when the thread is there, and does not wait for it.
   * @throws RuntimeError if it was started already, if this is not the thread that has made it, or if there cannot be
   *   another thread; TypeError if its arguments cannot be cloned, or its target or its own `run` has no name for other
   *   threads. It can then be started again.
   */
  start(): void {
    const memory = memoryOf(this);
    pause();
    if (!beginStart(memory)) throw new RuntimeError('a thread can only be started once');
    launch(memory, () => jobOf(this, Thread));
    dropPlan(this);
  }

  /**
   * What the thread does: it calls the target. A subclass may replace it. Called directly, it does so in the thread
   * of the caller, and starts nothing.
   * @returns a promise if the target returns one, or has to be imported; else nothing.
   * @throws what the target raises; AttributeError if the target was called or the thread was started before.
   */
  run(): unknown {
    return carryOut(this);
  }

  /**
   * Waits until the thread has ended; a time-out may be given bare. Only {@link isAlive} tells whether it has.
   * @throws RuntimeError if the thread was not started, is this one, or is a dummy; TypeError for a time-out that is no
   *   number, OverflowError for one above `TIMEOUT_MAX`.
   */
  join(options?: WaitOptions | number | null): void {
    const seat = joinable(this);
    const deadline = deadlineAfter(waitPatience(options));
    pause();
    const words = registry();
    while (isTaken(seat)) {
      if (Atomics.wait(words, serialOf(seat.slot), seat.serial, remaining(deadline)) === 'timed-out') break;
    }
    pause();
  }

  /** {@link join} for threads that must not block. It keeps Node running until then. */
  async joinAsync(options?: WaitOptions | number | null): Promise<void> {
    const seat = joinable(this);
    const deadline = deadlineAfter(waitPatience(options));
    const words = registry();
    await keepAlive(async () => {
      while (isTaken(seat)) {
        const sleep = Atomics.waitAsync(words, serialOf(seat.slot), seat.serial, remaining(deadline));
        if ((await sleep.value) === 'timed-out') return;
      }
    });
  }

  /** {@link name}, by its old name. */
  getName(): string {
    return this.name;
  }

  /** Sets {@link name}, by its old name. */
  setName(name: string): void {
    this.name = name;
  }

  /** {@link daemon}, by its old name. */
  isDaemon(): boolean {
    return this.daemon;
  }

  /** Sets {@link daemon}, by its old name. @throws as that does. */
  setDaemon(daemon: boolean): void {
    this.daemon = daemon;
  }

  /** The name, `initial`, `started` or `stopped`, `daemon` if it is one, and the ident (`thread.repr`). */
  toString(): string {
    const memory = memoryOf(this);
    const daemon = this.daemon ? ' daemon' : '';
    const { name } = this.constructor;
    if (!isStarted(memory)) return `<${name}(${this.name}, initial${daemon})>`;
    return `<${name}(${this.name}, ${isAlive(memory) ? 'started' : 'stopped'}${daemon} ${identOf(memory)})>`;
  }
}

/** @throws RuntimeError for an object that no constructor has made. */
function memoryOf({ memory }: { memory?: Thread['memory'] }): Thread['memory'] {
  if (memory !== undefined) return memory;
  throw new RuntimeError('the constructor of Thread was not called');
}

/** Where a thread is, or was, that this one may wait for. */
function joinable(thread: Thread): Seat {
  const memory = memoryOf(thread);
  if (!isStarted(memory)) throw new RuntimeError('a thread cannot be joined before it is started');
  if (identOf(memory) === ident) throw new RuntimeError('a thread cannot join itself');
  if (has(memory, 'dummy')) throw new RuntimeError('a thread that Thread did not start cannot be joined');
  return seatOf(memory);
}
