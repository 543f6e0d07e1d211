import { type Pending, requested, type Step, type View } from '../../automaton.ts';
import type { Value } from '../../program.ts';
import { lead } from './arrival.ts';
import { brokenRules, intactRules } from './blame.ts';
import { labels } from './labels.ts';
import {
  type BarrierState,
  causeIn,
  failedBy,
  hasWaitedInVain,
  isOpen,
  tagIn,
  waiting,
  waitersAmong,
  withPassages,
} from './state.ts';

/** `abort()`: who waits fails, who comes fails; who has not left a passage may. */
export function abort({ state, others }: View<BarrierState>): Step<BarrierState> {
  const waiters = waitersAmong(others);
  const aborted = withPassages(state, (passage) => ({ ...passage, disturbed: 'abort' }));
  return {
    name: 'aborted',
    open: true,
    due: 'now',
    rules: ['barrier.abort.sets-broken', ...(waiters.length > 0 ? ['barrier.abort.waiters-raise'] : [])],
    shape: ['barrier.abort.sets-broken'],
    labels: isLeaving(state, others) ? [labels.abortedLeaving] : [],
    state: { ...aborted, broken: state.broken ?? 'abort' },
    others: lead(waiters, failedBy('abort')),
    then: { returns: undefined },
  };
}

/** `reset()`: who waits fails, who has been released passes; while an action runs, its passage may go either way. */
export function reset({ state, others }: View<BarrierState>): readonly Step<BarrierState>[] {
  const waiters = waitersAmong(others);
  const disturbed = withPassages(state, (passage) => ({
    ...passage,
    disturbed: passage.disturbed ?? 'reset',
  }));
  const inVain = others.some(({ call, phase, asleep }) => {
    return call.method === 'wait' && asleep && (phase === requested || phase === waiting);
  });
  const step: Step<BarrierState> = {
    name: 'reset',
    open: true,
    due: 'now',
    rules: [
      ...(state.broken === null ? [] : ['barrier.reset.repairs']),
      ...(waiters.length > 0 ? ['barrier.reset.waiters-raise'] : []),
      'barrier.reset.empty',
    ],
    shape: ['barrier.reset.empty'],
    labels: [
      ...(inVain ? [labels.resetWaiting] : []),
      ...(isLeaving(state, others) ? [labels.resetLeaving] : []),
    ],
    state: {
      ...disturbed,
      broken: null,
      past: state.broken !== null || waiters.length > 0 ? 'reset' : state.past,
    },
    others: lead(waiters, failedBy('reset')),
    then: { returns: undefined },
  };
  if (disturbed.passages.every((passage) => passage === null || passage.action === 'over')) return [step];
  const ended = withPassages(disturbed, (passage) =>
    passage.action === 'over' ? passage : { ...passage, end: passage.end ?? 'reset' },
  );
  return [step, { ...step, state: { ...ended, broken: null, past: 'reset' } }];
}

/** Some have been released, and have not left. */
function isLeaving({ passages }: BarrierState, others: readonly Pending[]): boolean {
  return others.some(({ phase }) => {
    const passage = passages[tagIn(phase) ?? -1];
    return passage !== null && passage !== undefined && isOpen(passage);
  });
}

/** `broken`. */
export function broken({ state }: View<BarrierState>): readonly Step<BarrierState>[] {
  const rules = state.broken === null ? intactRules(state) : brokenRules(state.broken);
  return [true, false].map((answer) => ({
    ...answers(answer, rules),
    open: (state.broken !== null) === answer,
    forbidden: rules,
  }));
}

/**
 * `nWaiting`: those that wait for more parties. Who has not left yet may be counted or not, but not when
 * the barrier was reset.
 */
export function nWaiting({ state, others }: View<BarrierState>): readonly Step<BarrierState>[] {
  const least = waitersAmong(others).length;
  const leaving = others.filter((other) => {
    const tag = tagIn(other.phase);
    const passage = tag === undefined ? undefined : state.passages[tag];
    return passage ? passage.end !== 'reset' : state.broken !== null && hasWaitedInVain(other);
  });
  const sentAway = others.some(({ phase }) => causeIn(phase) === 'reset');
  const rules = ['barrier.n-waiting', ...(sentAway ? ['barrier.reset.leavers'] : [])];
  return Array.from({ length: leaving.length + 1 }, (_, more) => answers(least + more, rules));
}

/** `parties`. */
export function parties({ state }: View<BarrierState>): readonly Step<BarrierState>[] {
  return [answers(state.parties, ['barrier.new.parties'])];
}

/** An attribute is set. */
export function assign(): readonly Step<BarrierState>[] {
  const rules = ['barrier.attributes-readonly'];
  return [{ name: 'refused', open: true, due: 'now', rules, shape: rules, then: { raises: 'TypeError' } }];
}

function answers(answer: Value, rules: readonly string[]): Step<BarrierState> {
  return { name: 'answers', open: true, due: 'now', rules, shape: rules, then: { returns: answer } };
}
