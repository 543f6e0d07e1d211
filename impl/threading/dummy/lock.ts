import { type AcquireOptions, patienceOf } from '../acquireOptions.ts';
import { RuntimeError } from '../errors.ts';
import { refuseArguments } from '../handle.ts';
import { only } from './only.ts';

/**
 * A lock that nobody ever waits for: who would have to wait for it is let through (`dummy.never-blocks`). It has one
 * state, as CPython's has: the first release frees it, however often it was acquired.
 */
export class Lock {
  readonly primitive: string = 'Lock';
  #locked = false;

  /** A new, unlocked lock. @throws TypeError if given anything. */
  constructor(...none: readonly []) {
    refuseArguments('Lock', none);
  }

  /** The same lock. @throws TypeError for anything else. */
  static from(lock: Lock): Lock {
    return only(Lock, lock);
  }

  /**
   * Takes the lock.
   * @returns true; false if the lock is held and the call would not wait: `acquire(false)`, a time-out of 0.
   * @throws ValueError, OverflowError, TypeError for bad options; the lock is then unchanged.
   */
  acquire(options?: AcquireOptions | boolean | number): boolean {
    const waits = options === undefined || patienceOf(options) > 0;
    if (this.#locked && !waits) return false;
    this.#locked = true;
    return true;
  }

  /** {@link acquire}, later. */
  async acquireAsync(options?: AcquireOptions | boolean | number): Promise<boolean> {
    return this.acquire(options);
  }

  /** Unlocks the lock. @throws RuntimeError if it is not locked. */
  release(): void {
    if (!this.#locked) throw new RuntimeError('release of an unlocked lock');
    this.#locked = false;
  }

  /** Whether the lock is held. */
  locked(): boolean {
    return this.#locked;
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
