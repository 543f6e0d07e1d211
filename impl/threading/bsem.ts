import { ValueError } from './errors.ts';
import { adopt, type Handle } from './handle.ts';
import { releasedUnits, Semaphore, type SemaphoreReleaseOptions } from './sem.ts';
import { giveUnits, newUnits } from './units.ts';

/**
 * A semaphore whose counter never gets above its initial value: for what there is a fixed number of.
 *
 * Memory: a counter of units with a bound, `units.ts` explains its words. A release checks the bound
 * and adds in one atomic step, so that of several at once just as many succeed as there is room for.
 */
export class BoundedSemaphore extends Semaphore {
  override readonly primitive: string = 'BoundedSemaphore';

  protected override begin(value: number): Int32Array<SharedArrayBuffer> {
    return newUnits(value, value);
  }

  /** The same semaphore in this thread. @throws TypeError if this is no BoundedSemaphore that was posted here. */
  static override from(handle: Handle): BoundedSemaphore {
    return adopt('BoundedSemaphore', BoundedSemaphore.prototype, handle);
  }

  /**
   * Gives units back; any thread may.
   * @param options how many, bare or as an option.
   * @throws ValueError if the counter would get above its initial value, or if that is below 1; TypeError if
   *   it is not an integer. Nothing is then released.
   */
  override release(options: number | SemaphoreReleaseOptions = {}): void {
    if (giveUnits(this.memory, releasedUnits(options))) return;
    throw new ValueError('release of a bounded semaphore above its initial value');
  }
}
