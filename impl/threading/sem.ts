import { OverflowError, ValueError } from './errors.ts';
import { adopt, type Handle } from './handle.ts';
import { milliseconds } from './timeouts.ts';
import { awaitUnit, giveUnits, maximalUnits, newUnits, takeUnit, tryUnit } from './units.ts';

/** How a semaphore begins. */
export interface SemaphoreOptions {
  /** Default 1: how often it can be acquired before the first release. */
  readonly value?: number | undefined;
}

/** How a semaphore is acquired. */
export interface SemaphoreAcquireOptions {
  /** Default true: wait for a unit. False or 0: only try. */
  readonly blocking?: boolean | number | undefined;
  /** Default null: wait without limit. Otherwise seconds, fractions allowed; 0 and below only try. */
  readonly timeout?: number | null | undefined;
}

/** How a semaphore is released. */
export interface SemaphoreReleaseOptions {
  /** Default 1: how many units are given back, at once. */
  readonly n?: number | undefined;
}

/**
 * A counter that acquires lower and releases raise; an acquire waits while it is zero.
 *
 * Memory: a counter of units, `units.ts` explains its words. Post a semaphore to another thread as it
 * is; `Semaphore.from` makes it usable there.
 */
export class Semaphore {
  readonly primitive: string = 'Semaphore';
  readonly memory: Int32Array<SharedArrayBuffer>;

  /**
   * @param options the value of the counter, bare or as an option.
   * @throws TypeError if it is not an integer, ValueError if it is negative, OverflowError if it is 2^31 or
   *   more.
   */
  constructor(options: number | SemaphoreOptions = {}) {
    this.memory = this.begin(initialValue(options));
  }

  /** The memory of a new one. */
  protected begin(value: number): Int32Array<SharedArrayBuffer> {
    return newUnits(value);
  }

  /** The same semaphore in this thread. @throws TypeError if this is no Semaphore that was posted here. */
  static from(handle: Handle): Semaphore {
    return adopt('Semaphore', Semaphore.prototype, handle);
  }

  /**
   * Takes one unit, waiting for it if need be.
   * @returns true, or false if there was none (in time).
   * @throws ValueError for a time-out together with `blocking: false`; ValueError, OverflowError,
   *   TypeError for bad ones. The counter is then unchanged.
   */
  acquire(options?: SemaphoreAcquireOptions | boolean | number): boolean {
    const patience = options === undefined ? Infinity : semaphorePatience(options);
    return tryUnit(this.memory) || (patience > 0 && takeUnit(this.memory, patience));
  }

  /** {@link acquire} for threads that must not block. */
  async acquireAsync(options?: SemaphoreAcquireOptions | boolean | number): Promise<boolean> {
    const patience = options === undefined ? Infinity : semaphorePatience(options);
    return tryUnit(this.memory) || (patience > 0 && (await awaitUnit(this.memory, patience)));
  }

  /**
   * Gives units back; any thread may.
   * @param options how many, bare or as an option.
   * @throws TypeError if that is not an integer, ValueError if it is below 1, OverflowError if the counter
   *   would reach 2^31. The counter is then unchanged.
   */
  release(options: number | SemaphoreReleaseOptions = {}): void {
    if (giveUnits(this.memory, releasedUnits(options))) return;
    throw new OverflowError(`a semaphore's counter cannot be more than ${maximalUnits}`);
  }
}

/** The value that a semaphore begins with. @throws TypeError, ValueError, OverflowError for none that can be. */
export function initialValue(options: number | SemaphoreOptions): number {
  const { value = 1 } = typeof options === 'number' ? { value: options } : options;
  checkInteger('value', value);
  if (value < 0) throw new ValueError(`the value of a semaphore must not be negative, and is ${value}`);
  if (value > maximalUnits) throw new OverflowError(`value must be at most ${maximalUnits}, not ${value}`);
  return value;
}

/** How many units a release is to give back. @throws TypeError, ValueError for none that can be. */
export function releasedUnits(options: number | SemaphoreReleaseOptions): number {
  const { n = 1 } = typeof options === 'number' ? { n: options } : options;
  checkInteger('n', n);
  if (n < 1) throw new ValueError(`n must be 1 or more, not ${n}`);
  return n;
}

function checkInteger(name: string, value: unknown): void {
  if (Number.isInteger(value)) return;
  throw new TypeError(`${name} must be an integer, not ${typeof value === 'number' ? value : typeof value}`);
}

/** For how many milliseconds an acquire may wait. A bare `false` or `0` stands for `{ blocking: false }`. */
export function semaphorePatience(options: SemaphoreAcquireOptions | boolean | number): number {
  const { blocking = true, timeout } = typeof options === 'object' ? options : { blocking: options };
  const unlimited = timeout === undefined || timeout === null;
  if (!blocking) {
    if (!unlimited) throw new ValueError('a call that does not block takes no timeout');
    return 0;
  }
  return unlimited ? Infinity : Math.max(0, milliseconds(timeout));
}
