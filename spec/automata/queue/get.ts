import { requested } from '../../automaton.ts';
import type { Value } from '../../program.ts';
import { type Patience, patienceOf, refusal, waits } from './arguments.ts';
import { delivered, distinct, type Item, isUnusual, itemOf } from './items.ts';
import { type QueueKind, type Topic, watched } from './kind.ts';
import { type Gone, withGone } from './state.ts';
import { asleepIn, hasWaited, type QueueStep, type QueueView, waiting } from './waiting.ts';

/** The steps of a get, which waits for an item and takes it. */
export function get(kind: QueueKind, view: QueueView): readonly QueueStep[] {
  const patience = patienceOf(view.call, kind.cite('get.negative-timeout'));
  const { items, closed } = view.state;
  const outcomes = [...takes(kind, view, patience), ...strangers(kind, view, patience), shut(kind, view)];
  if (patience.kind === 'refused') {
    const idle = items.length > 0 || closed !== 'open';
    const passes = patience.lazily ? outcomes : outcomes.filter(({ name }) => name === 'finds it shut down');
    return [...passes, refusal(patience, idle)];
  }
  if (!waits(patience)) return [...outcomes, fails(kind, view, patience)];
  return [...outcomes, expires(kind, view, patience), falls(kind, view, patience)];
}

/** The items that are there: one of them comes out next, the others not yet. */
function takes(kind: QueueKind, view: QueueView, patience: Patience): readonly QueueStep[] {
  const { items } = view.state;
  const next = kind.order.next(items);
  const first = distinct(next.map((position) => items[position] as Item));
  const later = distinct(items).filter(({ text }) => !first.some((item) => item.text === text));
  return [
    ...first.map((item) => take(kind, view, patience, item)),
    ...later.map((item) => never(item, kind.cite('fifo'))),
  ];
}

function take(kind: QueueKind, view: QueueView, patience: Patience, item: Item): QueueStep {
  const { state } = view;
  const position = state.items.findIndex(({ text }) => text === item.text);
  const unusual = isUnusual(item) ? kind.cite('any-item') : [];
  const sleepers = asleepIn(view, 'get').length > 0;
  const slept = view.asleep;
  const grounds = kind.cite(hasWaited(view) ? 'get.resumes' : atOnce(view, patience));
  const tried = patience.kind === 'try' && view.call.args.timeout !== undefined;
  return {
    name: 'takes',
    open: true,
    due: 'now',
    rules: [
      ...grounds,
      ...(state.items.length > 1 ? kind.cite('fifo') : []),
      ...kind.cite('exactly-once'),
      ...unusual,
    ],
    overdue: [...unusual, ...grounds],
    shape: [...unusual, ...kind.cite(tried ? 'get.nonblocking-ignores-timeout' : 'exactly-once')],
    labels: watched(kind, {
      'get granted after sleeping': slept,
      'empty queue contended by getters': slept && sleepers,
      'several items at a get': state.items.length > 1,
    }),
    state: {
      ...state,
      items: state.items.toSpliced(position, 1),
      gone: withGone(state, 'delivered', [item]),
    },
    then: delivered(item),
  };
}

function atOnce({ state }: QueueView, patience: Patience): Topic {
  if (state.closed !== 'open') return 'shutdown.drain';
  if (patience.kind === 'timed') return 'get.timeout';
  return patience.kind === 'try' ? 'get.nonblocking-empty' : 'get.resumes';
}

/** Values that are not in the queue: what has been there, and what stands for nothing elsewhere. */
function strangers(kind: QueueKind, view: QueueView, patience: Patience): readonly QueueStep[] {
  const { items, gone } = view.state;
  const absent = <T extends Item>(list: readonly T[]) =>
    list.filter(({ text }) => !items.some((item) => item.text === text));
  const nothing = items.length > 0 ? [] : [undefined, null].map((value: Value) => itemOf(value) as Item);
  const known = absent(gone);
  return [
    ...known.map((item) => never(item, kind.cite(whyNot(item)))),
    ...nothing
      .filter(({ text }) => !known.some((item) => item.text === text))
      .map((item) => never(item, nothingRules(kind, view, patience))),
  ];
}

/** What it breaks to take nothing for an item; who has waited may have been woken for one that another took. */
function nothingRules(kind: QueueKind, view: QueueView, patience: Patience): readonly string[] {
  const robbed = hasWaited(view) ? kind.cite('exactly-once') : [];
  return [...robbed, ...kind.cite(whenEmpty(view, patience))];
}

function whyNot({ why }: Gone): Topic {
  return {
    delivered: 'exactly-once' as const,
    dropped: 'shutdown.immediate-drains' as const,
    refused: 'failure-no-effect' as const,
  }[why];
}

/** A step that is never open: for what it breaks. */
function never(item: Item, forbidden: readonly string[]): QueueStep {
  return { name: 'takes', open: false, due: 'free', rules: forbidden, forbidden, then: delivered(item) };
}

/** What is said of a get that finds nothing. */
function whenEmpty({ call, state }: QueueView, { kind }: Patience): Topic {
  if (state.closed !== 'open') return 'shutdown.get-empty-raises';
  if (kind === 'timed') return 'get.timeout';
  return kind === 'try' ? whenTried(call) : 'get.blocks-when-empty';
}

function whenTried({ method, args }: QueueView['call']): Topic {
  if (method === 'getNowait') return 'nowait';
  return args.timeout === undefined ? 'get.nonblocking-empty' : 'get.nonblocking-ignores-timeout';
}

function shut(kind: QueueKind, view: QueueView): QueueStep {
  const { items, closed } = view.state;
  const atOnce = closed === 'immediately' ? 'shutdown.immediate-drains' : 'shutdown.get-empty-raises';
  const topic = hasWaited(view) ? 'shutdown.blocked-getters' : atOnce;
  return {
    name: 'finds it shut down',
    open: closed !== 'open' && items.length === 0,
    due: 'now',
    rules: kind.cite(topic),
    overdue: kind.cite(view.phase === requested ? atOnce : topic),
    forbidden: kind.cite(closed === 'open' ? 'shutdown.get-empty-raises' : 'shutdown.drain'),
    shape: kind.cite(topic),
    then: { raises: 'ShutDown' },
  };
}

/** What it breaks to say that the queue is empty while it is not, or not in time. */
function wronglyEmpty(kind: QueueKind, view: QueueView, otherwise: Topic): readonly string[] {
  const { items, closed } = view.state;
  if (closed !== 'open')
    return kind.cite(items.length === 0 ? 'shutdown.get-empty-raises' : 'shutdown.drain');
  const next = kind.order.next(items).map((position) => items[position] as Item);
  return [...(next.some(isUnusual) ? kind.cite('any-item') : []), ...kind.cite(otherwise)];
}

/** It does not wait, or only for 0 seconds. */
function fails(kind: QueueKind, view: QueueView, patience: Patience): QueueStep {
  const rules = kind.cite(whenEmpty(view, patience));
  const otherwise: Topic = patience.kind === 'try' ? 'get.nonblocking-empty' : 'get.timeout';
  return {
    name: 'finds it empty',
    open: view.state.closed === 'open' && view.state.items.length === 0,
    due: 'now',
    rules,
    forbidden: wronglyEmpty(kind, view, otherwise),
    shape: rules,
    then: { raises: 'Empty' },
  };
}

function expires(kind: QueueKind, view: QueueView, patience: Patience): QueueStep {
  const otherwise: Topic = patience.kind === 'timed' ? 'get.timeout' : 'get.blocks-when-empty';
  return {
    name: 'expires',
    open: view.phase === waiting && view.expired,
    due: 'eventually',
    rules: kind.cite('get.timeout'),
    forbidden: wronglyEmpty(kind, view, otherwise),
    shape: kind.cite('get.timeout'),
    labels: watched(kind, { 'get expired': true }),
    then: { raises: 'Empty' },
  };
}

function falls(kind: QueueKind, view: QueueView, patience: Patience): QueueStep {
  const { items, closed } = view.state;
  return {
    name: 'waits for an item',
    open: view.phase === requested && closed === 'open' && items.length === 0,
    due: 'now',
    rules: kind.cite(whenEmpty(view, patience)),
    then: { phase: waiting },
  };
}
