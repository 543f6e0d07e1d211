import type { Call } from '../../program.ts';
import { timeoutMax } from '../acquireArguments.ts';

/** What the time-out of a wait or a waitFor means. */
export type WaitArguments =
  /** It gives the lock up and takes it back at once. */
  | { readonly kind: 'poll' }
  /** Undefined: without limit. */
  | { readonly kind: 'wait'; readonly timeout: number | undefined }
  | { readonly kind: 'refused'; readonly error: string; readonly rules: readonly string[] };

/** The meaning of `timeout`: absent or null no limit, 0 and below a poll, beyond the maximum refused. */
export function waitArguments({ args: { timeout } }: Call): WaitArguments {
  if (timeout === undefined || timeout === null) return { kind: 'wait', timeout: undefined };
  if (typeof timeout !== 'number') {
    return { kind: 'refused', error: 'TypeError', rules: ['model.timeout-number-types'] };
  }
  if (timeout > timeoutMax) {
    const rules = ['cond.wait.error-state', 'mod.timeout-max.overflow'];
    return { kind: 'refused', error: 'OverflowError', rules };
  }
  return timeout > 0 ? { kind: 'wait', timeout } : { kind: 'poll' };
}

/** How many waiters a notify or a notifyAll means; undefined if that is no number of waiters. */
export function notifyArguments({ method, args: { n } }: Call): number | undefined {
  if (method === 'notifyAll') return Infinity;
  const meant = n === undefined ? 1 : n;
  return typeof meant === 'number' && Number.isInteger(meant) ? meant : undefined;
}

/** The rule on how many are woken. */
export function wakingRule(among: 'one' | 'some' | 'all'): string {
  return { one: 'cond.notify.wakes-one', some: 'cond.notify.exactly-n', all: 'cond.notify-all.wakes-all' }[
    among
  ];
}
