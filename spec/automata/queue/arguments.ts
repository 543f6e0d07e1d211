import type { Step } from '../../automaton.ts';
import type { Call } from '../../program.ts';
import { isBlocking, timeoutMax } from '../acquireArguments.ts';

/** For how long a put or a get is ready to wait, and what is wrong with how it says so. */
export type Patience =
  /** `block` is false. */
  | { readonly kind: 'try' }
  /** For so many seconds; 0: it only looks. */
  | { readonly kind: 'timed'; readonly timeout: number }
  | { readonly kind: 'endless' }
  /** It must not wait; `lazily`: that need not be noticed where there is nothing to wait for. */
  | {
      readonly kind: 'refused';
      readonly error: string;
      readonly rules: readonly string[];
      readonly lazily: boolean;
    };

/** @param negative the rules on a time-out below 0. */
export function patienceOf({ method, args }: Call, negative: readonly string[]): Patience {
  if (method.endsWith('Nowait') || !isBlocking(args.block)) return { kind: 'try' };
  const { timeout } = args;
  if (timeout === undefined || timeout === null) return { kind: 'endless' };
  const typed = ['model.timeout-number-types'];
  if (typeof timeout !== 'number')
    return { kind: 'refused', error: 'TypeError', rules: typed, lazily: false };
  if (Number.isNaN(timeout)) return { kind: 'refused', error: 'ValueError', rules: typed, lazily: true };
  if (timeout < 0) return { kind: 'refused', error: 'ValueError', rules: negative, lazily: false };
  if (timeout > timeoutMax) {
    return { kind: 'refused', error: 'OverflowError', rules: ['mod.timeout-max.overflow'], lazily: true };
  }
  return { kind: 'timed', timeout };
}

/** After how many seconds the call may give up. */
export function timeoutOf(patience: Patience): number | undefined {
  return patience.kind === 'timed' && patience.timeout > 0 ? patience.timeout : undefined;
}

/** True if the call waits where it cannot go on. */
export function waits(patience: Patience): boolean {
  return patience.kind === 'endless' || timeoutOf(patience) !== undefined;
}

/**
 * The step of a call that says for how long it waits in a way that is refused.
 * @param idle there is nothing to wait for.
 */
export function refusal<State>(
  { error, rules, lazily }: Extract<Patience, { kind: 'refused' }>,
  idle: boolean,
): Step<State> {
  const free = lazily && idle;
  return {
    name: 'refused',
    open: true,
    due: free ? 'free' : 'now',
    rules: free ? ['mod.timeout-max.lazy-check'] : rules,
    shape: rules,
    then: { raises: error },
  };
}
