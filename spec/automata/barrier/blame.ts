import { requested, type View } from '../../automaton.ts';
import type { WaitArguments } from './arguments.ts';
import {
  type BarrierState,
  type Cause,
  causeIn,
  type Failure,
  isOpen,
  type Passage,
  tagIn,
  waitersAmong,
} from './state.ts';

/** The rules on parties that do not pass, by what has happened to them. */
const failureRules: Readonly<Record<Failure, string>> = {
  abort: 'barrier.abort.waiters-raise',
  reset: 'barrier.reset.waiters-raise',
  action: 'barrier.action.raises-breaks',
  'time-out': 'barrier.timeout.breaks-others',
  'own time-out': 'barrier.timeout.breaks',
  'earlier abort': 'barrier.abort.future-raise',
  'earlier break': 'barrier.broken.sticky',
};

export function failureRule(cause: Failure): string {
  return failureRules[cause];
}

/** The rules on who comes to a broken barrier. */
export function lateComerRules(cause: Cause): readonly string[] {
  return [...(cause === 'abort' ? ['barrier.abort.future-raise'] : []), 'barrier.broken.sticky'];
}

/** The rules that say that a barrier is broken now. */
export function brokenRules(cause: Cause): readonly string[] {
  const own = cause === 'abort' ? 'barrier.abort.sets-broken' : failureRule(cause);
  return [own === 'barrier.timeout.breaks-others' ? 'barrier.timeout.breaks' : own, 'barrier.broken.sticky'];
}

/** The rules that say that a barrier is not broken now. */
export function intactRules({ past, passages }: BarrierState): readonly string[] {
  if (past === 'reset') return ['barrier.reset.repairs'];
  if (passages.some((passage) => passage?.disturbed === 'reset')) return ['barrier.reset.after-trip'];
  return past === 'passage' ? ['barrier.reusable'] : ['barrier.abort.sets-broken'];
}

/** What a wait breaks that returns with a number that it must not have, or not yet. */
export function passingRules(view: View<BarrierState>): readonly string[] {
  const { state, thread, phase, others } = view;
  const cause = causeIn(phase);
  if (cause !== undefined) return [failureRule(cause)];
  const passage = passageOf(state, phase);
  if (passage !== undefined) {
    if (passage.end !== null) return [failureRule(passage.end)];
    if (isOpen(passage)) return ['barrier.wait.id-distinct'];
    return [
      state.action?.callback === 'throws' ? 'barrier.action.raises-breaks' : 'barrier.action.before-release',
    ];
  }
  if (phase === requested && state.broken !== null) return lateComerRules(state.broken);
  // Whoever is the last to come does not come too early: what it has to do first says more.
  if (phase === requested && waitersAmong(others).length + 1 === state.parties) return [];
  const leaving = state.passages.filter((other) => other !== null);
  if (leaving.some(({ members }) => members.includes(thread))) {
    return ['barrier.generations-separate', 'barrier.wait.blocks'];
  }
  if (leaving.length > 0) return ['barrier.surplus-threads', 'barrier.wait.blocks'];
  if (state.past === 'reset') return ['barrier.reset.empty', 'barrier.wait.blocks'];
  if (state.past === 'new') return ['barrier.wait.blocks'];
  return ['barrier.reusable', 'barrier.wait.blocks'];
}

/** What a wait breaks that raises BrokenBarrierError without a reason. */
export function failingRules(view: View<BarrierState>, meaning: WaitArguments): readonly string[] {
  const { state, phase, others } = view;
  const passage = passageOf(state, phase);
  if (passage !== undefined) {
    const late = view.expired && isOpen(passage) ? ['barrier.timeout.last-arrival'] : [];
    return [...disturbanceRules(state, passage), ...late, 'barrier.wait.releases-all'];
  }
  if (state.past === 'reset') {
    const leaving = others.some((other) => causeIn(other.phase) === 'reset');
    return [leaving ? 'barrier.reset.leavers' : 'barrier.reset.repairs'];
  }
  if (meaning.kind === 'poll' && waitersAmong(others).length + 1 === state.parties) {
    return ['barrier.timeout.last-arrival'];
  }
  if (meaning.kind === 'wait' && meaning.timeout !== undefined) return [meaning.rule];
  return [state.past === 'passage' ? 'barrier.reusable' : 'barrier.wait.releases-all'];
}

/** What might have kept the parties of a passage from passing, and must not. */
function disturbanceRules(state: BarrierState, { disturbed }: Passage): readonly string[] {
  if (disturbed === 'reset') return ['barrier.reset.after-trip'];
  const falseResult = state.action?.callback === 'returns' && state.action.value === false;
  return falseResult ? ['barrier.action.result-ignored'] : [];
}

function passageOf(state: BarrierState, phase: string): Passage | undefined {
  const tag = tagIn(phase);
  return tag === undefined ? undefined : (state.passages[tag] ?? undefined);
}
