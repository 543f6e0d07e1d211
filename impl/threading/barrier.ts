import { OverflowError, ValueError } from './errors.ts';
import {
  breakGeneration,
  hasAction,
  isBroken,
  maximalParties,
  newGenerations,
  type Passage,
  partiesOf,
  passage,
  resetGeneration,
  usualPatience,
  waiting,
} from './generations.ts';
import { adopt, type Handle } from './handle.ts';
import { beforeWaiting } from './interruption.ts';
import { passAsync, passBlocking } from './passage.ts';
import { milliseconds } from './timeouts.ts';
import type { WaitOptions } from './waitPatience.ts';

/** What the last party to come calls before any goes on. What it gives back is discarded. */
export type BarrierAction = () => unknown;

/** How a barrier is made. */
export interface BarrierOptions {
  /** How many parties pass together: 1 to 2^20. */
  readonly parties: number;
  /** Default none: called by one of the parties, in its thread, once for each passage. */
  readonly action?: BarrierAction | null | undefined;
  /** Default null: without limit. Otherwise seconds, for each wait that has no time-out of its own. */
  readonly timeout?: number | null | undefined;
}

/** What a thread brings along that opens a barrier from elsewhere. */
export interface BarrierOpenOptions {
  /** This thread's copy of the action: needed if the barrier was made with one, refused if not. */
  readonly action?: BarrierAction | null | undefined;
}

/** Functions cannot be posted, so they are kept beside the barriers: a barrier can be posted as it is. */
const actions = new WeakMap<Barrier, BarrierAction>();

/**
 * A place where a fixed number of parties, threads or tasks, wait until all have come.
 *
 * Memory: a counter of generations, `generations.ts` explains its words. What is left open by the
 * documentation:
 * - The parties are numbered as they come, and the last one runs the action.
 * - When the last one has come, time-outs no longer count; abort and reset do as long as the action runs. Then
 *   all parties pass, and no reset, abort or time-out that follows disturbs those who have not left yet.
 * - An action may call `abort` and `reset` of its own barrier; a `wait` in it would wait for itself.
 *
 * After a reset, newcomers wait until those have left who were sent away. A task leaves when its thread lets it:
 * also while that thread waits at a barrier, but not while it is blocked in another way.
 *
 * Post a barrier to another thread as it is; `Barrier.from` makes it usable there. A thread that opens a barrier with
 * an action brings its own copy, for it may be the one to run it.
 */
export class Barrier {
  readonly primitive: string = 'Barrier';
  readonly memory: Int32Array<SharedArrayBuffer>;

  /**
   * @param options how many parties there are, bare or with more.
   * @throws TypeError for parties that are no integer and an action that is no function, ValueError for less
   *   than one party, OverflowError for more than 2^20; for the time-out as {@link wait} does.
   */
  constructor(options: number | BarrierOptions) {
    const { parties, action, timeout } = typeof options === 'number' ? { parties: options } : options;
    checkParties(parties);
    checkAction(action);
    const patience = patienceOf(timeout) ?? Infinity;
    this.memory = newGenerations(parties, patience, isGiven(action));
    if (isGiven(action)) actions.set(this, action);
  }

  /**
   * The same barrier in this thread.
   * @throws TypeError if this is no Barrier that was posted here; if it was made with an action and there is
   *   none here, or the other way round.
   */
  static from(handle: Handle, { action }: BarrierOpenOptions = {}): Barrier {
    const barrier = adopt('Barrier', this.prototype, handle);
    checkAction(action);
    const acts = hasAction(barrier.memory);
    if (acts !== isGiven(action)) {
      throw new TypeError(
        acts
          ? 'this barrier was made with an action: Barrier.from needs one too, for this thread may have to run it'
          : 'this barrier was made without an action: Barrier.from takes none, for other threads would not run it',
      );
    }
    if (isGiven(action)) actions.set(barrier, action);
    return barrier;
  }

  /** How many parties pass together. */
  get parties(): number {
    return partiesOf(this.memory);
  }

  /** How many parties wait at this moment; 0 while the barrier is broken. */
  get nWaiting(): number {
    return waiting(this.memory);
  }

  /** Whether the barrier is broken at this moment. */
  get broken(): boolean {
    return isBroken(this.memory);
  }

  /**
   * Waits until all parties have come; a time-out may be given bare. If its time is over first, the barrier
   * breaks, at once if the time-out is 0 or below.
   * @returns a number from 0 to parties - 1, another one for each party.
   * @throws BrokenBarrierError if the barrier is broken, or is broken or reset during the wait; whatever the
   *   action throws, if this is the party that runs it. TypeError, ValueError, OverflowError for a bad
   *   time-out, which is looked at if the party has to wait (`mod.timeout-max.lazy-check`); it does
   *   not count then.
   */
  wait(options?: WaitOptions | number | null): number {
    return passBlocking(this.memory, passageOf(this, options));
  }

  /** {@link wait} for threads that must not block. Alone, it does not keep Node running. */
  async waitAsync(options?: WaitOptions | number | null): Promise<number> {
    return await passAsync(this.memory, passageOf(this, options));
  }

  /** Breaks the barrier: whoever waits, or comes before a reset, gets BrokenBarrierError. */
  abort(): void {
    breakGeneration(this.memory);
  }

  /** Makes the barrier as it was when it was new. Whoever waits gets BrokenBarrierError. */
  reset(): void {
    resetGeneration(this.memory);
  }
}

/** The way of one party, sleeping left to the caller. */
function passageOf(barrier: Barrier, options: WaitOptions | number | null | undefined): Passage {
  beforeWaiting();
  const { memory } = barrier;
  const timeout = typeof options === 'object' ? options?.timeout : options;
  return passage(memory, actions.get(barrier), () => patienceOf(timeout) ?? usualPatience(memory));
}

/** For how many milliseconds to wait; undefined if the time-out does not say. */
function patienceOf(timeout: number | null | undefined): number | undefined {
  return timeout === undefined || timeout === null ? undefined : Math.max(0, milliseconds(timeout));
}

function isGiven<T>(action: T | null | undefined): action is T {
  return action !== undefined && action !== null;
}

function checkAction(action: unknown): void {
  if (!isGiven(action) || typeof action === 'function') return;
  throw new TypeError(`action must be a function, not ${typeof action}`);
}

function checkParties(parties: unknown): void {
  if (!Number.isInteger(parties)) {
    const given = typeof parties === 'number' ? parties : typeof parties;
    throw new TypeError(`parties must be an integer, not ${given}`);
  }
  if ((parties as number) < 1) throw new ValueError(`parties must be 1 or more, not ${String(parties)}`);
  if ((parties as number) <= maximalParties) return;
  throw new OverflowError(`parties must be at most ${maximalParties}, not ${String(parties)}`);
}
