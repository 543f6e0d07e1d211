import type { Argument, Call } from '../program.ts';
import { type AcquireArguments, isBlocking, timeoutMax } from './acquireArguments.ts';

/** What the arguments of a semaphore's acquire mean; `excessive`: it must not wait for so long. */
export type SemaphoreAcquireArguments = AcquireArguments | { readonly kind: 'excessive' };

/**
 * The arguments of `Semaphore.acquire`: null is no time-out, and one of 0 or below polls.
 * @param nonblockingTimeout the rule against a time-out for a call that does not block.
 */
export function semaphoreArguments({ args }: Call, nonblockingTimeout: string): SemaphoreAcquireArguments {
  const timeout = args.timeout ?? undefined;
  if (!isBlocking(args.blocking)) {
    if (timeout === undefined) return { kind: 'try' };
    return { kind: 'refused', error: 'ValueError', rule: nonblockingTimeout };
  }
  if (timeout === undefined) return { kind: 'wait', timeout };
  if (typeof timeout !== 'number') {
    return { kind: 'refused', error: 'TypeError', rule: 'model.timeout-number-types' };
  }
  if (Number.isNaN(timeout)) {
    return { kind: 'refused', error: 'ValueError', rule: 'model.timeout-number-types' };
  }
  if (timeout <= 0) return { kind: 'try' };
  return timeout > timeoutMax ? { kind: 'excessive' } : { kind: 'wait', timeout };
}

/** How many units a release gives back; undefined if that is not a number of units. */
export function unitsOf(n: Argument): number | undefined {
  if (n === undefined) return 1;
  return typeof n === 'number' && Number.isInteger(n) ? n : undefined;
}
