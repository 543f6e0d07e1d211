import { ValueError } from './errors.ts';
import { milliseconds } from './timeouts.ts';

/** How `Lock` and `RLock` are acquired. */
export interface AcquireOptions {
  /** Default true: wait for the lock. False or 0: only try. */
  readonly blocking?: boolean | number | undefined;
  /** Default -1: wait without limit. Otherwise seconds, fractions allowed. */
  readonly timeout?: number | undefined;
}

/**
 * For how many milliseconds an acquire may wait: Infinity without limit, 0 not at all.
 *
 * A bare `false` or `0` stands for `{ blocking: false }`, as the documentation's first argument.
 * @throws ValueError for a time-out together with `blocking: false`, and for a negative one other than -1.
 * @throws OverflowError for a time-out above `TIMEOUT_MAX`.
 * @throws TypeError for a time-out that is no number, and for an option that there is none of.
 */
export function patienceOf(options: AcquireOptions | boolean | number): number {
  refuseUnknown(options);
  const { blocking = true, timeout = -1 } = typeof options === 'object' ? options : { blocking: options };
  const duration = milliseconds(timeout);
  if (!blocking) {
    if (timeout !== -1) throw new ValueError('a call that does not block takes no timeout');
    return 0;
  }
  if (timeout === -1) return Infinity;
  if (timeout < 0) throw new ValueError(`timeout must be -1 or not negative, not ${timeout}`);
  return duration;
}

/** As keywords are refused that a function has no parameter for (`lowthread.lock.parameter-names`). */
function refuseUnknown(options: AcquireOptions | boolean | number): void {
  if (typeof options !== 'object') return;
  for (const name in options) {
    if (name !== 'blocking' && name !== 'timeout') throw new TypeError(`acquire has no option ${name}`);
  }
}
