import { type Pending, requested, type Step, type View } from '../../automaton.ts';
import type { WaitArguments } from './arguments.ts';
import { lateComerRules } from './blame.ts';
import { labels } from './labels.ts';
import {
  type BarrierState,
  type Cause,
  failedBy,
  isOpen,
  memberOf,
  waiting,
  waitersAmong,
  withPassage,
} from './state.ts';

/** The ways in which a wait can arrive, or be refused, and how its time can run out. */
export function arrivalSteps(
  view: View<BarrierState>,
  meaning: WaitArguments,
): readonly Step<BarrierState>[] {
  const { phase, expired } = view;
  if (phase === waiting) {
    return meaning.kind === 'poll' || (expired && meaning.kind === 'wait') ? [expires(view, meaning)] : [];
  }
  if (phase !== requested) return [];
  const refusal = meaning.kind === 'refused' ? [refused(meaning)] : [];
  const { broken, parties } = view.state;
  if (broken !== null) return [...refusal, comesTooLate(broken)];
  if (waitersAmong(view.others).length + 1 === parties) {
    // While an action runs, the next passage cannot begin.
    return isOccupied(view.state) ? refusal : [...refusal, completes(view, meaning)];
  }
  if (meaning.kind === 'refused') return refusal;
  return [waits(view, meaning)];
}

/** Decided when it comes: a reset before it returns makes no difference. */
function comesTooLate(cause: Cause): Step<BarrierState> {
  const rules = lateComerRules(cause);
  const failure = cause === 'abort' ? 'earlier abort' : 'earlier break';
  return { name: 'comes too late', open: true, due: 'now', rules, then: { phase: failedBy(failure) } };
}

function isOccupied({ passages }: BarrierState): boolean {
  return passages.some((passage) => passage !== null && passage.end === null && !isOpen(passage));
}

/** Bad arguments; they need not be looked at where there is nothing to wait for. */
function refused({ error, rule }: Extract<WaitArguments, { kind: 'refused' }>): Step<BarrierState> {
  return { name: 'refused', open: true, due: 'now', rules: [rule], shape: [rule], then: { raises: error } };
}

function waits(
  { state }: View<BarrierState>,
  meaning: Exclude<WaitArguments, { kind: 'refused' }>,
): Step<BarrierState> {
  const endless = meaning.kind === 'wait' && meaning.timeout === undefined;
  return {
    name: 'waits',
    open: true,
    due: 'now',
    rules: [
      'barrier.wait.blocks',
      ...(endless && state.past === 'passage' ? ['barrier.reusable'] : []),
      ...(state.past === 'reset' ? ['barrier.reset.empty'] : []),
    ],
    then: { phase: waiting },
  };
}

/** The last party arrives: from now on they belong together. */
function completes(view: View<BarrierState>, meaning: WaitArguments): Step<BarrierState> {
  const { state, thread, others } = view;
  const waiters = waitersAmong(others);
  const tag = freeTag(state);
  const members = [...waiters.map((other) => other.thread), thread].sort((a, b) => a - b);
  const left = members.map((_, number) => number);
  const action = state.action === null ? 'over' : 'due';
  return {
    name: 'arrives last',
    open: true,
    due: 'now',
    rules: [
      ...(meaning.kind === 'poll' ? ['barrier.timeout.last-arrival'] : []),
      ...(meaning.kind === 'refused' ? ['mod.timeout-max.lazy-check'] : []),
      ...(state.parties === 1 ? ['barrier.wait.single-party'] : []),
      ...(state.past === 'passage' ? ['barrier.reusable'] : []),
      ...(state.past === 'reset' ? ['barrier.reset.repairs'] : []),
      'barrier.wait.releases-all',
    ],
    overdue: [state.parties === 1 ? 'barrier.wait.single-party' : 'barrier.wait.releases-all'],
    state: {
      ...withPassage(state, tag, { members, left, action, end: null, disturbed: null }),
      past: 'passage',
    },
    others: lead(waiters, memberOf(tag)),
    then: { phase: memberOf(tag) },
  };
}

function freeTag({ passages }: BarrierState): number {
  const free = passages.indexOf(null);
  return free < 0 ? passages.length : free;
}

/** The same phase for all of these calls. */
export function lead(calls: readonly Pending[], phase: string): NonNullable<Step<BarrierState>['others']> {
  return Object.fromEntries(calls.map(({ thread }) => [thread, { phase }]));
}

/** Its time is over, at once if it has none. It may have been counted for a moment all the same. */
function expires(
  { state, others }: View<BarrierState>,
  { kind, rule }: Exclude<WaitArguments, { kind: 'refused' }>,
): Step<BarrierState> {
  const waits = others.filter(({ call, phase }) => {
    return call.method === 'wait' && (phase === requested || phase === waiting);
  });
  const tooLate = waits.length + 1 >= state.parties && waits.some(({ phase }) => phase === requested);
  return {
    name: 'expires',
    open: true,
    due: kind === 'poll' ? 'now' : 'eventually',
    rules: [...(kind === 'poll' ? ['barrier.timeout.last-arrival'] : []), rule, 'barrier.timeout.breaks'],
    overdue: [kind === 'poll' ? 'barrier.timeout.last-arrival' : rule],
    labels: [
      ...(waits.some(({ asleep }) => asleep) ? [labels.expiredTogether] : []),
      ...(tooLate ? [labels.expiredLate] : []),
      ...(rule === 'barrier.timeout.constructor-default' ? [labels.expiredUsual] : []),
    ],
    state: { ...state, broken: 'time-out' },
    others: lead(waitersAmong(others), failedBy('time-out')),
    then: { phase: failedBy('own time-out') },
  };
}
