import { type AcquireOptions, patienceOf } from './acquireOptions.ts';
import { RuntimeError } from './errors.ts';
import { adopt, type Handle, refuseArguments } from './handle.ts';
import { awaitWord, lockWord, tryLockWord, unlockWord } from './word.ts';

/**
 * A lock: held by at most one acquire at a time, released by any thread.
 *
 * Memory: one word, {@link lockWord} explains its states. Post a lock to another thread as it is;
 * `Lock.from` makes it usable there.
 */
export class Lock {
  readonly primitive: string = 'Lock';
  readonly memory: Int32Array<SharedArrayBuffer>;

  /** A new, unlocked lock. @throws TypeError if given anything. */
  constructor(...none: readonly []) {
    refuseArguments('Lock', none);
    this.memory = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
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
    if (options === undefined) return tryLockWord(this.memory, 0) || lockWord(this.memory, 0, Infinity);
    const patience = patienceOf(options);
    return tryLockWord(this.memory, 0) || (patience > 0 && lockWord(this.memory, 0, patience));
  }

  /** {@link acquire} for threads that must not block. */
  async acquireAsync(options?: AcquireOptions | boolean | number): Promise<boolean> {
    const patience = options === undefined ? Infinity : patienceOf(options);
    return tryLockWord(this.memory, 0) || (patience > 0 && (await awaitWord(this.memory, 0, patience)));
  }

  /**
   * Unlocks the lock; any thread may.
   * @throws RuntimeError if it is not locked.
   */
  release(): void {
    if (!unlockWord(this.memory, 0)) throw new RuntimeError('release of an unlocked lock');
  }

  /** Whether anybody holds the lock at this moment. */
  locked(): boolean {
    return Atomics.load(this.memory, 0) !== 0;
  }
}
