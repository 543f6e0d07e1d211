import { type AcquireOptions, patienceOf } from '../acquireOptions.ts';
import { RuntimeError } from '../errors.ts';
import { refuseArguments } from '../handle.ts';
import { only } from './only.ts';
import { currentIdent } from './running.ts';

/**
 * A lock that counts how often it was acquired, and that nobody ever waits for: who would have to wait for it is let
 * through and counted. So a release only has to find something to count down, as in CPython's.
 */
export class RLock {
  readonly primitive: string = 'RLock';
  #levels = 0;
  /** Who acquired the first level. */
  #owner = 0;

  /** A new lock that nobody owns. @throws TypeError if given anything. */
  constructor(...none: readonly []) {
    refuseArguments('RLock', none);
  }

  /** The same lock. @throws TypeError for anything else. */
  static from(lock: RLock): RLock {
    return only(RLock, lock);
  }

  /**
   * Takes one more level.
   * @returns true; false if another thread owns the lock and the call would not wait.
   * @throws ValueError, OverflowError, TypeError for bad options; the lock is then unchanged.
   */
  acquire(options?: AcquireOptions | boolean | number): boolean {
    const waits = options === undefined || patienceOf(options) > 0;
    if (this.#levels === 0) this.#owner = currentIdent();
    else if (!waits && this.#owner !== currentIdent()) return false;
    this.#levels++;
    return true;
  }

  /** {@link acquire}, later. */
  async acquireAsync(options?: AcquireOptions | boolean | number): Promise<boolean> {
    return this.acquire(options);
  }

  /** Gives one level back. @throws RuntimeError if there is none. */
  release(): void {
    if (this.#levels === 0) throw new RuntimeError('release of an RLock that nobody owns');
    this.#levels--;
  }

  /** Whether the lock is held. */
  locked(): boolean {
    return this.#levels > 0;
  }
}
