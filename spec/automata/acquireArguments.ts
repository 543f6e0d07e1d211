import type { Step } from '../automaton.ts';
import type { Argument, Call } from '../program.ts';

/** The largest time-out that CPython takes on common platforms, in seconds. */
export const timeoutMax = 9_223_372_036;

/** What the arguments of an acquire mean. */
export type AcquireArguments =
  | { readonly kind: 'try' }
  | { readonly kind: 'wait'; readonly timeout: number | undefined }
  | { readonly kind: 'refused'; readonly error: string; readonly rule: string };

/** True unless the argument is given and counts as false: 0 does (`lock.acquire.zero-is-nonblocking`). */
export function isBlocking(blocking: Argument): boolean {
  return blocking === undefined || (blocking !== false && blocking !== 0 && blocking !== null);
}

/**
 * The arguments of `Lock.acquire` and `RLock.acquire`.
 * @param rules who forbids what, in the family that asks.
 */
export function lockArguments(
  { args }: Call,
  rules: Readonly<Record<'nan' | 'nonblockingTimeout' | 'negative' | 'overflow' | 'type', string>>,
): AcquireArguments {
  const blocking = isBlocking(args.blocking);
  const timeout = args.timeout === undefined ? -1 : args.timeout;
  if (typeof timeout !== 'number') return { kind: 'refused', error: 'TypeError', rule: rules.type };
  if (Number.isNaN(timeout)) return { kind: 'refused', error: 'ValueError', rule: rules.nan };
  // As in CPython, a time-out that cannot be a time is refused before anything else is looked at.
  if (timeout > timeoutMax) return { kind: 'refused', error: 'OverflowError', rule: rules.overflow };
  if (!blocking && timeout !== -1) {
    return { kind: 'refused', error: 'ValueError', rule: rules.nonblockingTimeout };
  }
  if (timeout < 0 && timeout !== -1) return { kind: 'refused', error: 'ValueError', rule: rules.negative };
  if (!blocking || timeout === 0) return { kind: 'try' };
  return { kind: 'wait', timeout: timeout === -1 ? undefined : timeout };
}

/** The only step of a call whose arguments are refused: it raises, whatever the state. */
export function refused<State>({
  error,
  rule,
}: Extract<AcquireArguments, { kind: 'refused' }>): readonly Step<State>[] {
  return [{ name: 'refused', open: true, due: 'now', rules: [rule], shape: [rule], then: { raises: error } }];
}
