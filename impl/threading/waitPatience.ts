import { milliseconds } from './timeouts.ts';

/**
 * For how many milliseconds to wait: Infinity without limit, 0 not at all.
 * @param timeout seconds; null and undefined: without limit.
 * @throws TypeError if it is not a number, OverflowError if it is above `TIMEOUT_MAX`.
 */
export function waitPatience(timeout: number | null | undefined): number {
  if (timeout === undefined || timeout === null) return Infinity;
  // As in CPython, whatever is not more than nothing does not wait: NaN is not.
  if (typeof timeout === 'number' && !(timeout > 0)) return 0;
  return milliseconds(timeout);
}
