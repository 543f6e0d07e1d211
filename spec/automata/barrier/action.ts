import type { Step, View } from '../../automaton.ts';
import type { Outcome } from '../../history.ts';
import { type Callback, callbackError, type Value } from '../../program.ts';
import { lead } from './arrival.ts';
import { labels } from './labels.ts';
import {
  actorOf,
  type BarrierState,
  failedBy,
  membersAmong,
  memberOf,
  type Passage,
  tagIn,
  waitersAmong,
  withoutParty,
  withPassage,
} from './state.ts';

/** How the action is run by a party of a full passage, and what comes of it. */
export function actionSteps(view: View<BarrierState>): readonly Step<BarrierState>[] {
  const { state, phase } = view;
  if (state.action === null) return [];
  const tag = tagIn(phase);
  const passage = tag === undefined ? undefined : state.passages[tag];
  if (tag === undefined || !passage) return [runs(view, state.action)];
  if (phase === memberOf(tag)) return [runs(view, state.action, passage, tag)];
  const threw = state.action.callback === 'throws';
  const then = { ...passage, action: 'over' } as const;
  if (threw) return throws(view, then, tag);
  return [
    {
      name: 'has acted',
      open: true,
      due: 'now',
      rules: ['barrier.action.result-ignored'],
      overdue: ['barrier.wait.releases-all'],
      state: withPassage(state, tag, then),
      then: { phase: memberOf(tag) },
    },
  ];
}

/** Whoever runs the action: one party of a passage that is full, once. */
function runs(
  { state, call, objects }: View<BarrierState>,
  action: Callback,
  passage?: Passage,
  tag = 0,
): Step<BarrierState> {
  return {
    name: 'runs the action',
    open: passage?.action === 'due',
    due: passage?.end === null && passage.disturbed !== 'abort' ? 'now' : 'free',
    rules: ['barrier.action.called-once', 'barrier.action.by-a-party'],
    forbidden: [call.method === 'wait' ? 'barrier.action.called-once' : 'barrier.action.by-a-party'],
    ...(passage && { state: withPassage(state, tag, { ...passage, action: 'runs' }) }),
    then: { phase: actorOf(tag), runs: outcomeOf(action, objects) },
  };
}

/** A call that is not a wait runs no action. */
export function strangersAction(view: View<BarrierState>): readonly Step<BarrierState>[] {
  return view.state.action === null ? [] : [runs(view, view.state.action)];
}

function outcomeOf(action: Callback, objects: readonly unknown[]): Outcome {
  switch (action.callback) {
    case 'throws':
      return { raises: callbackError };
    case 'returns':
      return { returns: action.value };
    case 'reads':
      return { returns: (objects[action.object] as { readonly value: Value }).value };
  }
}

/** The error reaches the party that ran the action, and breaks the barrier; one that was reset meanwhile may stay intact. */
function throws(
  { state, others }: View<BarrierState>,
  passage: Passage,
  tag: number,
): readonly Step<BarrierState>[] {
  const left = withoutParty(withPassage(state, tag, passage), tag, others);
  const base = {
    open: true,
    due: 'now',
    rules: ['barrier.action.raises-breaks', 'barrier.action.raises-who'],
    shape: ['barrier.action.raises-who'],
    then: { raises: callbackError },
  } as const;
  const ended = withoutParty(
    withPassage(state, tag, { ...passage, end: passage.end ?? 'action' }),
    tag,
    others,
  );
  return [
    {
      ...base,
      name: 'breaks the barrier',
      labels: membersAmong(others, tag).some(({ asleep }) => asleep) ? [labels.actionThrew] : [],
      state: { ...ended, broken: state.broken ?? 'action' },
      others: lead(waitersAmong(others), failedBy('action')),
    },
    ...(passage.end === 'reset' ? [{ ...base, name: 'leaves', state: left }] : []),
  ];
}
