import { OverflowError, ValueError } from './errors.ts';

/** The longest time-out that any call takes, in seconds; CPython's on common platforms (`mod.timeout-max.constant`). */
export const TIMEOUT_MAX = 9_223_372_036;

/**
 * Milliseconds for a time-out in seconds.
 * @throws TypeError if it is not a number.
 * @throws ValueError if it is NaN (`lock.acquire.nan-raises`).
 * @throws OverflowError if it is more than {@link TIMEOUT_MAX} (`mod.timeout-max.overflow`).
 */
export function milliseconds(timeout: unknown): number {
  if (typeof timeout !== 'number') {
    throw new TypeError(`timeout must be a number of seconds, not ${typeof timeout}`);
  }
  if (Number.isNaN(timeout)) throw new ValueError('timeout must be a number of seconds, not NaN');
  if (timeout > TIMEOUT_MAX) {
    throw new OverflowError(`timeout must be at most TIMEOUT_MAX (${TIMEOUT_MAX} s), not ${timeout}`);
  }
  return timeout * 1000;
}

/** The moment on the monotonic clock when a wait of this many milliseconds is over. */
export function deadlineAfter(duration: number): number {
  return duration === Infinity ? Infinity : performance.now() + duration;
}

/** Milliseconds until the deadline; 0 if it is past. */
export function remaining(deadline: number): number {
  return deadline === Infinity ? Infinity : Math.max(0, deadline - performance.now());
}
