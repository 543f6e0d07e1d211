import { requested } from '../../automaton.ts';
import { type Patience, patienceOf, refusal, waits } from './arguments.ts';
import { type Item, itemOf } from './items.ts';
import type { Admission, QueueKind, Topic } from './kind.ts';
import { watched } from './kind.ts';
import { hasRoom, withGone } from './state.ts';
import { asleepIn, hasWaited, type QueueStep, type QueueView, waiting } from './waiting.ts';

/** The steps of a put, which waits for room and stores an item. */
export function put(kind: QueueKind, view: QueueView): readonly QueueStep[] {
  const item = itemOf(view.call.args.item);
  return patiently(kind, view, item).map((step) => {
    const failed = item !== undefined && 'raises' in step.then;
    return failed
      ? { ...step, state: { ...view.state, gone: withGone(view.state, 'refused', [item]) } }
      : step;
  });
}

function patiently(kind: QueueKind, view: QueueView, item: Item | undefined): readonly QueueStep[] {
  const patience = roomPatience(kind, view);
  const admission = item === undefined ? 'no' : kind.order.admits(view.state.items, item);
  const outcomes = [
    ...(item === undefined ? [] : [stores(kind, view, patience, item, admission)]),
    ...misfits(kind, view, item, admission),
    shut(kind, view),
  ];
  if (patience.kind === 'refused') {
    const idle = hasRoom(view.state) || view.state.closed !== 'open';
    const passes = patience.lazily ? outcomes : outcomes.filter(({ name }) => name === 'finds it shut down');
    return [...passes, refusal(patience, idle)];
  }
  if (!waits(patience)) return [...outcomes, fails(kind, view, patience)];
  return [...outcomes, expires(kind, view, patience), falls(kind, view, patience)];
}

/** For how long the put waits for room; where there is no limit it need not look at what it was told. */
function roomPatience(kind: QueueKind, { state, call }: QueueView): Patience {
  if (kind.lacks !== undefined) return { kind: 'endless' };
  const patience = patienceOf(call, kind.cite('put.negative-timeout'));
  if (state.maxsize > 0 || patience.kind !== 'refused') return patience;
  return isNegative(call.args.timeout) ? { kind: 'endless' } : { ...patience, lazily: true };
}

function isNegative(timeout: unknown): boolean {
  return typeof timeout === 'number' && timeout < 0;
}

function stores(
  kind: QueueKind,
  view: QueueView,
  patience: Patience,
  item: Item,
  admission: Admission,
): QueueStep {
  const { state } = view;
  const room = hasRoom(state);
  const waited = hasWaited(view);
  const contended = asleepIn(view, 'put').length > 0;
  const slept = view.asleep;
  return {
    name: 'stores',
    open: state.closed === 'open' && room && admission !== 'no',
    due: state.limit === 'raised' && waited ? 'free' : 'now',
    rules: waited ? kind.cite('put.resumes') : atOnce(kind, view, patience),
    forbidden:
      state.closed !== 'open'
        ? kind.cite(waited ? 'shutdown.blocked-putters' : 'shutdown.put-raises')
        : room
          ? misfitRules(kind, item)
          : kind.cite(whenFull(view, patience)),
    shape: shapeOf(kind, view, patience),
    labels: watched(kind, {
      'put granted after sleeping': slept,
      'full queue contended by putters': slept && contended,
    }),
    state: {
      ...state,
      items: kind.order.with(state.items, item),
      unfinished: kind.lacks === undefined ? state.unfinished + 1 : 0,
    },
    then: { returns: undefined },
  };
}

function atOnce(kind: QueueKind, { state, call }: QueueView, patience: Patience): readonly string[] {
  const limit: Topic =
    state.maxsize <= 0 ? 'new.unbounded' : state.limit === 'given' ? 'new.maxsize' : 'maxsize-mutable';
  return [
    ...(state.maxsize <= 0 && isNegative(call.args.timeout) ? kind.cite('put.negative-timeout') : []),
    ...kind.cite(limit),
    ...(patience.kind === 'try' ? kind.cite('put.nonblocking-full') : []),
  ];
}

/** What is said of a put that finds no room. */
function whenFull({ call, state }: QueueView, { kind }: Patience): Topic {
  if (state.limit !== 'given') return 'maxsize-mutable';
  if (kind === 'timed') return 'put.timeout';
  return kind === 'try' ? whenTried(call) : 'put.blocks-when-full';
}

function whenTried({ method, args }: QueueView['call']): Topic {
  if (method === 'putNowait') return 'nowait';
  return args.timeout === undefined ? 'put.nonblocking-full' : 'put.nonblocking-ignores-timeout';
}

function shapeOf(kind: QueueKind, { call, state }: QueueView, patience: Patience): readonly string[] {
  if (patience.kind === 'try' && call.args.timeout !== undefined) return kind.cite(whenTried(call));
  const unlooked = state.maxsize <= 0 && isNegative(call.args.timeout);
  return kind.cite(unlooked ? 'put.negative-timeout' : 'put.returns-none');
}

/** Items that cannot be stored are refused, before there is room or then. */
function misfits(
  kind: QueueKind,
  view: QueueView,
  item: Item | undefined,
  admission: Admission,
): readonly QueueStep[] {
  const { state } = view;
  // TypeError, or what the platform's own cloning raises.
  const kinds = item === undefined ? ['TypeError', 'DataCloneError'] : ['TypeError'];
  return kinds.map((raises) => ({
    name: 'has no place for it',
    open: state.closed === 'open' && admission !== 'yes',
    due: hasRoom(state) && admission === 'no' ? 'now' : 'free',
    rules: misfitRules(kind, item),
    shape: misfitRules(kind, item),
    labels: watched(kind, { 'incomparable item refused': admission === 'no' }),
    then: { raises },
  }));
}

function misfitRules(kind: QueueKind, item: Item | undefined): readonly string[] {
  if (item === undefined) return kind.cite('hook-failure-safe');
  return kind.order.misfit === undefined ? [] : [kind.order.misfit];
}

function shut(kind: QueueKind, view: QueueView): QueueStep {
  const waited = hasWaited(view);
  const rules = kind.cite(waited ? 'shutdown.blocked-putters' : 'shutdown.put-raises');
  return {
    name: 'finds it shut down',
    open: view.state.closed !== 'open',
    due: 'now',
    rules,
    overdue: view.phase === requested ? kind.cite('shutdown.put-raises') : rules,
    forbidden: kind.cite('shutdown.put-raises'),
    shape: rules,
    then: { raises: 'ShutDown' },
  };
}

/** What it breaks to say that the queue is full while it is not, or not in time. */
function wronglyFull(kind: QueueKind, { state }: QueueView, otherwise: Topic): readonly string[] {
  if (state.closed !== 'open') return kind.cite('shutdown.put-raises');
  if (!hasRoom(state)) return kind.cite(otherwise);
  if (state.maxsize <= 0) return kind.cite('new.unbounded');
  return kind.cite(state.limit === 'given' ? otherwise : 'maxsize-mutable');
}

/** It does not wait, or only for 0 seconds. */
function fails(kind: QueueKind, view: QueueView, patience: Patience): QueueStep {
  const rules = kind.cite(whenFull(view, patience));
  const otherwise: Topic = patience.kind === 'try' ? 'put.nonblocking-full' : 'put.timeout';
  return {
    name: 'finds it full',
    open: view.state.closed === 'open' && !hasRoom(view.state),
    due: 'now',
    rules,
    forbidden: wronglyFull(kind, view, otherwise),
    shape: rules,
    then: { raises: 'Full' },
  };
}

function expires(kind: QueueKind, view: QueueView, patience: Patience): QueueStep {
  const topic = patience.kind === 'timed' ? 'put.timeout' : 'put.blocks-when-full';
  return {
    name: 'expires',
    open: view.phase === waiting && view.expired,
    due: 'eventually',
    rules: kind.cite('put.timeout'),
    forbidden: wronglyFull(kind, view, topic),
    shape: kind.cite('put.timeout'),
    labels: watched(kind, { 'put expired': true }),
    then: { raises: 'Full' },
  };
}

function falls(kind: QueueKind, view: QueueView, patience: Patience): QueueStep {
  return {
    name: 'waits for room',
    open: view.phase === requested && view.state.closed === 'open' && !hasRoom(view.state),
    due: 'now',
    rules: kind.cite(whenFull(view, patience)),
    then: { phase: waiting },
  };
}
