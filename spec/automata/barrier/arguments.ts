import type { Args, Argument, Call } from '../../program.ts';
import { timeoutMax } from '../acquireArguments.ts';
import type { BarrierState } from './state.ts';

/** Who says how long a wait may last. */
type Source = 'wait' | 'constructor' | 'both';

/** What the arguments of a wait mean, the constructor's time-out included. */
export type WaitArguments =
  /** It breaks the barrier at once, if it is not the last to come. */
  | { readonly kind: 'poll'; readonly rule: string }
  /** `rule`: on the end of its time, which it has if `timeout` (seconds) is given. */
  | { readonly kind: 'wait'; readonly timeout: number | undefined; readonly rule: string }
  | { readonly kind: 'refused'; readonly error: string; readonly rule: string };

const sourceRules: Readonly<Record<Source, string>> = {
  wait: 'barrier.timeout.breaks',
  constructor: 'barrier.timeout.constructor-default',
  both: 'barrier.timeout.argument-wins',
};

/** @param usual the constructor's time-out. */
export function waitArguments({ args }: Call, usual: Argument): WaitArguments {
  const own = args.timeout ?? null;
  const timeout = own ?? usual ?? null;
  if (timeout === null) return { kind: 'wait', timeout: undefined, rule: 'barrier.wait.blocks' };
  if (typeof timeout !== 'number') {
    return { kind: 'refused', error: 'TypeError', rule: 'model.timeout-number-types' };
  }
  if (timeout > timeoutMax) {
    return { kind: 'refused', error: 'OverflowError', rule: 'barrier.timeout.bad-value' };
  }
  const rule = sourceRules[own === null ? 'constructor' : (usual ?? null) === null ? 'wait' : 'both'];
  return timeout > 0 ? { kind: 'wait', timeout, rule } : { kind: 'poll', rule };
}

/** What the constructor makes of its arguments. */
export function createBarrier({ parties, action = null, timeout = null }: Args) {
  if (typeof parties !== 'number' || !Number.isInteger(parties)) {
    return { raises: 'TypeError', rules: ['barrier.new.positive'] };
  }
  if (parties < 1) return { raises: 'ValueError', rules: ['barrier.new.positive'] };
  const state: BarrierState = {
    parties,
    action: action as BarrierState['action'],
    timeout: timeout as number | null,
    broken: null,
    past: 'new',
    passages: [],
  };
  return { state, rules: ['barrier.new.parties'] };
}
