import { milliseconds } from './timeouts.ts';

/** For how long a wait may take. */
export interface WaitOptions {
  /** Default null: without limit. Otherwise seconds, fractions allowed; none or fewer: do not wait. */
  readonly timeout?: number | null | undefined;
}

/**
 * For how many milliseconds to wait: Infinity without limit, 0 not at all.
 * @param options a time-out in seconds, bare or as an option; null and undefined: without limit.
 * @throws TypeError if it is not a number, OverflowError if it is above `TIMEOUT_MAX`.
 */
export function waitPatience(options: WaitOptions | number | null | undefined): number {
  const timeout = typeof options === 'object' ? options?.timeout : options;
  if (timeout === undefined || timeout === null) return Infinity;
  // As in CPython, whatever is not more than nothing does not wait: NaN is not.
  if (typeof timeout === 'number' && !(timeout > 0)) return 0;
  return milliseconds(timeout);
}
