import { requested, type Step, type View } from '../../automaton.ts';
import type { Outcome } from '../../history.ts';
import { callbackError } from '../../program.ts';
import type { WaitArguments } from './arguments.ts';
import { failingRules, failureRule, passingRules } from './blame.ts';
import { labels } from './labels.ts';
import {
  type BarrierState,
  causeIn,
  failedBy,
  isOpen,
  memberOf,
  type Passage,
  tagIn,
  waiting,
  waitersAmong,
  withoutParty,
  withPassage,
} from './state.ts';
import { lead } from './arrival.ts';

const brokenBarrier: Outcome = { raises: 'BrokenBarrierError', also: ['RuntimeError'] };

/** The ways in which a wait can end: with a number, or with BrokenBarrierError. */
export function leavingSteps(
  view: View<BarrierState>,
  meaning: WaitArguments,
): readonly Step<BarrierState>[] {
  const { state, phase } = view;
  const tag = tagIn(phase);
  const passage = tag === undefined ? undefined : (state.passages[tag] ?? undefined);
  const numbers = Array.from({ length: state.parties }, (_, number) => number);
  if (tag === undefined || passage === undefined || phase !== memberOf(tag)) {
    return [...numbers.map((number) => tooEarly(view, number)), fails(view, meaning)];
  }
  return [
    ...numbers.map((number) => passes(view, passage, tag, number)),
    failsInside(view, meaning, passage, tag),
    ...(state.action?.callback === 'throws' ? [getsAnothersError] : []),
    ...(mayExpire(view, passage) ? [expiresInside(view, passage, tag)] : []),
  ];
}

function tooEarly(view: View<BarrierState>, number: number): Step<BarrierState> {
  return {
    name: 'passes',
    open: false,
    due: 'now',
    rules: [],
    forbidden: passingRules(view),
    then: { returns: number },
  };
}

/** A party takes any number that is left, when it is seen to return. */
function passes(view: View<BarrierState>, passage: Passage, tag: number, number: number): Step<BarrierState> {
  const { state, asleep: slept, expired, others } = view;
  const next = others.filter(({ call, phase }) => {
    return call.method === 'wait' && (phase === requested || phase === waiting);
  });
  const round = next.filter(({ thread }) => passage.members.includes(thread));
  return {
    name: 'passes',
    open: isOpen(passage) && passage.left.includes(number),
    due: 'now',
    atReturn: true,
    rules: [
      ...(slept ? ['barrier.wait.releases-all'] : []),
      ...(passage.disturbed === 'reset' ? ['barrier.reset.after-trip'] : []),
      ...(state.action === null ? [] : ['barrier.action.before-release']),
      'barrier.wait.id-distinct',
      'barrier.lockstep',
    ],
    overdue: [
      state.parties === 1 ? 'barrier.wait.single-party' : 'barrier.wait.releases-all',
      ...(next.length > round.length ? ['barrier.surplus-threads'] : []),
      ...(round.length > 0 ? ['barrier.generations-separate'] : []),
      ...(passage.disturbed === 'reset' ? ['barrier.reset.after-trip'] : []),
    ],
    forbidden: passingRules(view),
    shape: ['barrier.wait.id-range'],
    labels: [
      ...(slept ? [labels.slept] : []),
      ...(slept && expired ? [labels.expiredLate] : []),
      ...(round.length > 0 ? [labels.cameRound] : []),
      ...(next.length > round.length ? [labels.surplus] : []),
    ],
    state: withoutParty(state, tag, others, number),
    then: { returns: number },
  };
}

/** The barrier was broken before it came, or while it waited. */
function fails(view: View<BarrierState>, meaning: WaitArguments): Step<BarrierState> {
  const cause = causeIn(view.phase);
  const rules = cause === undefined ? [] : [failureRule(cause)];
  return {
    name: 'fails',
    open: cause !== undefined,
    due: 'now',
    atReturn: true,
    rules,
    forbidden: failingRules(view, meaning),
    shape: rules,
    then: brokenBarrier,
  };
}

/** A party of a passage fails that was ended during its action, or aborted before the party had left. */
function failsInside(
  view: View<BarrierState>,
  meaning: WaitArguments,
  { members, left, end, disturbed }: Passage,
  tag: number,
): Step<BarrierState> {
  const inPart = left.length < members.length;
  const rule = end === null && inPart ? 'barrier.abort.after-trip-free' : failureRule(end ?? 'abort');
  return {
    name: 'fails',
    open: end !== null || disturbed === 'abort',
    due: 'now',
    atReturn: true,
    rules: [rule],
    forbidden: failingRules(view, meaning),
    shape: [rule],
    state: withoutParty(view.state, tag, view.others),
    then: brokenBarrier,
  };
}

const getsAnothersError: Step<BarrierState> = {
  name: 'fails',
  open: false,
  due: 'now',
  rules: [],
  forbidden: ['barrier.action.raises-who'],
  then: { raises: callbackError },
};

/** An action may outlast the parties' patience: the barrier may be broken then, and nobody passes. */
function mayExpire({ state, expired }: View<BarrierState>, { action, end }: Passage): boolean {
  return expired && state.action !== null && action !== 'over' && end === null;
}

function expiresInside(
  { state, others }: View<BarrierState>,
  passage: Passage,
  tag: number,
): Step<BarrierState> {
  return {
    name: 'expires during the action',
    open: true,
    due: 'free',
    rules: ['barrier.timeout.breaks'],
    state: { ...withPassage(state, tag, { ...passage, end: 'time-out' }), broken: 'time-out' },
    others: lead(waitersAmong(others), failedBy('time-out')),
    then: { phase: memberOf(tag) },
  };
}
