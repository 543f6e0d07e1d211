import { type AcquireOptions, patienceOf } from './acquireOptions.ts';
import { awaitRing } from './alarm.ts';
import { RuntimeError } from './errors.ts';
import { adopt, type Handle, refuseArguments } from './handle.ts';
import { beforeWaiting } from './interruption.ts';
import { free, freeWord, mark, sleepers, tasks } from './marks.ts';
import { deadlineAfter, remaining } from './timeouts.ts';

/*
 * Memory: two Int32 words.
 *
 *   state   0: free; 1: held; with marks if threads or tasks may sleep, see marks.ts, where it is argued
 *           that no wake-up is lost
 *   alarm   where tasks sleep, see alarm.ts
 *
 * The mutex of Drepper's "Futexes Are Tricky" (2011), but that waiters mark the word instead of
 * taking turns at exchanging it, so that one that finds the lock held does not forget others' marks.
 */
const state = 0;
const alarm = 1;
const held = 1;

type Words = Int32Array<SharedArrayBuffer>;

/**
 * A lock: held by at most one acquire at a time, released by any thread.
 *
 * Post a lock to another thread as it is; `Lock.from` makes it usable there.
 */
export class Lock {
  readonly primitive: string = 'Lock';
  readonly memory: Int32Array<SharedArrayBuffer>;

  /** A new, unlocked lock. @throws TypeError if given anything. */
  constructor(...none: readonly []) {
    refuseArguments('Lock', none);
    this.memory = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  }

  /** The same lock in this thread. @throws TypeError if this is no lock that was posted here. */
  static from(handle: Handle): Lock {
    return adopt('Lock', Lock.prototype, handle);
  }

  /**
   * Takes the lock, waiting for it if need be.
   * @returns true, or false if the lock could not be had (in time).
   * @throws ValueError, OverflowError, TypeError for bad options; the lock is then unchanged.
   */
  acquire(options?: AcquireOptions | boolean | number): boolean {
    const patience = options === undefined ? Infinity : patienceOf(options);
    return tryAcquire(this.memory, held) || (patience > 0 && wait(this.memory, patience));
  }

  /** {@link acquire} for threads that must not block. Alone, it does not keep Node running. */
  async acquireAsync(options?: AcquireOptions | boolean | number): Promise<boolean> {
    const patience = options === undefined ? Infinity : patienceOf(options);
    return tryAcquire(this.memory, held) || (patience > 0 && (await waitAsync(this.memory, patience)));
  }

  /**
   * Unlocks the lock; any thread may.
   * @throws RuntimeError if it is not locked.
   */
  release(): void {
    if (freeWord(this.memory, state, alarm) === free) throw new RuntimeError('release of an unlocked lock');
  }

  /** Whether anybody holds the lock at this moment. */
  locked(): boolean {
    return Atomics.load(this.memory, state) !== free;
  }

  /** {@link acquire}, by its old name. */
  acquireLock(options?: AcquireOptions | boolean | number): boolean {
    return this.acquire(options);
  }

  /** {@link release}, by its old name. */
  releaseLock(): void {
    this.release();
  }

  /** {@link locked}, by its old name. */
  lockedLock(): boolean {
    return this.locked();
  }
}

/** @param as `held`, with the mark of threads that may still sleep. */
function tryAcquire(words: Words, as: number): boolean {
  return Atomics.compareExchange(words, state, free, as) === free;
}

function wait(words: Words, patience: number): boolean {
  beforeWaiting();
  const deadline = deadlineAfter(patience);
  for (;;) {
    const word = mark(words, state, sleepers);
    const expired = word !== free && Atomics.wait(words, state, word, remaining(deadline)) === 'timed-out';
    if (tryAcquire(words, held | sleepers)) return true;
    if (expired) return false;
  }
}

async function waitAsync(words: Words, patience: number): Promise<boolean> {
  beforeWaiting();
  const deadline = deadlineAfter(patience);
  for (;;) {
    const rung = Atomics.load(words, alarm);
    const expired = mark(words, state, tasks) !== free && !(await awaitRing(words, alarm, rung, deadline));
    if (tryAcquire(words, held)) return true;
    if (expired) return false;
  }
}
