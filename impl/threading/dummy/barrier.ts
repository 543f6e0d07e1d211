import type { BarrierAction, BarrierOptions } from '../barrier.ts';
import { BrokenBarrierError, ValueError } from '../errors.ts';
import { milliseconds } from '../timeouts.ts';
import type { WaitOptions } from '../waitPatience.ts';
import { only } from './only.ts';

/**
 * A barrier that nobody ever waits at: the parties pass one by one, are numbered as they come, and the last one of a
 * round runs the action.
 */
export class Barrier {
  readonly primitive: string = 'Barrier';
  /** How many parties make a round. */
  readonly parties: number;
  /** How many parties wait: none ever does. */
  readonly nWaiting: number = 0;
  readonly #action: BarrierAction | null | undefined;
  /** Milliseconds. */
  readonly #patience: number;
  #passed = 0;
  #broken = false;

  /**
   * @param options how many parties there are, bare or with more.
   * @throws TypeError for parties that are no integer and an action that is no function, ValueError for less than
   *   one party; for the time-out as {@link wait} does.
   */
  constructor(options: number | BarrierOptions) {
    const { parties, action, timeout } = typeof options === 'number' ? { parties: options } : options;
    if (!Number.isInteger(parties)) throw new TypeError(`parties must be an integer, not ${String(parties)}`);
    if (parties < 1) throw new ValueError(`parties must be 1 or more, not ${parties}`);
    if (action !== undefined && action !== null && typeof action !== 'function') {
      throw new TypeError(`action must be a function, not ${typeof action}`);
    }
    this.parties = parties;
    this.#action = action;
    this.#patience = patienceOf(timeout, Infinity);
  }

  /** The same barrier. @throws TypeError for anything else. */
  static from(barrier: Barrier): Barrier {
    return only(Barrier, barrier);
  }

  /** Whether the barrier is broken. */
  get broken(): boolean {
    return this.#broken;
  }

  /**
   * Passes at once. A time-out of 0 or below breaks the barrier unless the caller is the last one of its round.
   * @returns a number from 0 to parties - 1, another one for each party of a round.
   * @throws BrokenBarrierError if the barrier is broken; whatever the action throws, which breaks it. TypeError,
   *   ValueError, OverflowError for a bad time-out.
   */
  wait(options?: WaitOptions | number | null): number {
    if (this.#broken) throw new BrokenBarrierError('the barrier is broken');
    const index = this.#passed;
    const last = index === this.parties - 1;
    const timeout = typeof options === 'object' ? options?.timeout : options;
    if (last) this.#act();
    else if (patienceOf(timeout, this.#patience) === 0) {
      this.abort();
      throw new BrokenBarrierError('the time was over before all parties came');
    }
    this.#passed = last ? 0 : index + 1;
    return index;
  }

  /** {@link wait}, later. */
  async waitAsync(options?: WaitOptions | number | null): Promise<number> {
    return this.wait(options);
  }

  /** Breaks the barrier: whoever comes before a reset gets BrokenBarrierError. */
  abort(): void {
    this.#broken = true;
  }

  /** Makes the barrier as it was when it was new. */
  reset(): void {
    this.#broken = false;
    this.#passed = 0;
  }

  #act(): void {
    try {
      this.#action?.();
    } catch (error) {
      this.abort();
      throw error;
    }
  }
}

/** Milliseconds that a wait may take. */
function patienceOf(timeout: number | null | undefined, usual: number): number {
  return timeout === undefined || timeout === null ? usual : Math.max(0, milliseconds(timeout));
}
