import { ValueError } from './errors.ts';
import { milliseconds } from './timeouts.ts';

/** How something is got from a queue, or put into one. */
export interface QueueOptions {
  /** Default true: wait until it is possible. False or 0: only try, and do not look at the time-out. */
  readonly block?: boolean | number | undefined;
  /** Default null: wait without limit. Otherwise seconds, fractions allowed. */
  readonly timeout?: number | null | undefined;
}

/** How a queue begins. */
export interface MaxsizeOptions {
  /** Default 0: the most items there may be; 0 or below: any number. */
  readonly maxsize?: number | undefined;
}

/** How a queue is shut down. */
export interface ShutdownOptions {
  /** Default false: what is left can still be got. True: it is dropped. */
  readonly immediate?: boolean | undefined;
}

/** What a call is ready to wait for, read once. */
export class Wish {
  /** Whether it waits at all. */
  readonly block: boolean;
  readonly #timeout: unknown;

  /** A bare `false` or `0` stands for `{ block: false }`, as the documentation's argument. */
  constructor(options: QueueOptions | boolean | number = {}) {
    const { block = true, timeout } = typeof options === 'object' ? options : { block: options };
    this.block = Boolean(block);
    this.#timeout = timeout ?? undefined;
  }

  /**
   * Refuses a time-out that none can be, if the call is one that waits.
   * @throws ValueError for a negative one and for NaN, TypeError for one that is no number.
   */
  check(): void {
    const timeout = this.#timeout;
    if (!this.block || timeout === undefined) return;
    // Whether it is too long is of interest only if there is need to wait (`mod.timeout-max.lazy-check`).
    if (typeof timeout !== 'number') milliseconds(timeout);
    else if (!(timeout >= 0)) throw new ValueError(`timeout must not be negative, and is ${timeout}`);
  }

  /** For how many milliseconds to wait: Infinity without limit. @throws OverflowError above `TIMEOUT_MAX`. */
  patience(): number {
    return this.#timeout === undefined ? Infinity : milliseconds(this.#timeout);
  }

  /** Whether it is enough to try once. */
  get once(): boolean {
    return !this.block || this.#timeout === 0;
  }
}

/** That of a call without options. */
export const patient = new Wish();

/** The number given as the largest size. @throws TypeError if it is not an integer. */
export function checkedMaxsize(maxsize: unknown): number {
  if (Number.isInteger(maxsize)) return maxsize as number;
  throw new TypeError(
    `maxsize must be an integer, not ${typeof maxsize === 'number' ? maxsize : typeof maxsize}`,
  );
}
