import {
  initialValue,
  releasedUnits,
  type SemaphoreAcquireOptions,
  type SemaphoreOptions,
  semaphorePatience,
  type SemaphoreReleaseOptions,
} from '../sem.ts';
import { OverflowError, ValueError } from '../errors.ts';
import { maximalUnits } from '../units.ts';
import { only } from './only.ts';

/**
 * A counter that nobody ever waits for: who finds it at zero is let through, and owes a unit. So where all
 * give back what they have acquired, the counter is in the end what it was.
 */
export class Semaphore {
  readonly primitive: string = 'Semaphore';
  /** The value that it began with. */
  readonly #initial: number;
  #value: number;

  /**
   * @param options the value of the counter, bare or as an option.
   * @throws TypeError if it is not an integer, ValueError if it is negative, OverflowError if it is 2^31 or more.
   */
  constructor(options: number | SemaphoreOptions = {}) {
    this.#value = this.#initial = initialValue(options);
  }

  /** The same semaphore. @throws TypeError for anything else. */
  static from(semaphore: Semaphore): Semaphore {
    return only(this, semaphore);
  }

  /**
   * Takes one unit.
   * @returns true; false if there is none and the call would not wait.
   * @throws ValueError, OverflowError, TypeError for bad options. The counter is then unchanged.
   */
  acquire(options?: SemaphoreAcquireOptions | boolean | number): boolean {
    const waits = options === undefined || semaphorePatience(options) > 0;
    if (this.#value <= 0 && !waits) return false;
    this.#value--;
    return true;
  }

  /** {@link acquire}, later. */
  async acquireAsync(options?: SemaphoreAcquireOptions | boolean | number): Promise<boolean> {
    return this.acquire(options);
  }

  /**
   * Gives units back.
   * @param options how many, bare or as an option.
   * @throws TypeError if that is not an integer, ValueError if it is below 1, OverflowError if the counter would
   *   reach 2^31. The counter is then unchanged.
   */
  release(options: number | SemaphoreReleaseOptions = {}): void {
    this.#value = this.checked(this.#value + releasedUnits(options), this.#initial);
  }

  /** The value after a release. @throws if it is too large. */
  protected checked(value: number, _initial: number): number {
    if (value <= maximalUnits) return value;
    throw new OverflowError(`a semaphore's counter cannot be more than ${maximalUnits}`);
  }
}

/** A semaphore whose counter never gets above its initial value: ValueError for a release that would do that. */
export class BoundedSemaphore extends Semaphore {
  override readonly primitive: string = 'BoundedSemaphore';

  protected override checked(value: number, initial: number): number {
    if (value <= initial) return value;
    throw new ValueError('release of a bounded semaphore above its initial value');
  }
}
