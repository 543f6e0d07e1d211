import type { Pending } from '../../automaton.ts';
import type { Value } from '../../program.ts';
import type { QueueKind, Topic } from './kind.ts';
import { hasRoom, type QueueState } from './state.ts';
import { type QueueStep, type QueueView, waiting } from './waiting.ts';

/** By how much an answer may be out of date: more than programs put while one is found. */
const outOfDate = 6;

/** The steps of the three questions: an exact answer at rest, any that may be out of date beside others' calls. */
export function sizes(kind: QueueKind, view: QueueView): readonly QueueStep[] {
  const { state, call } = view;
  const exact = answerOf(state, call.method);
  const topic: Topic =
    call.method === 'full' && state.maxsize <= 0
      ? 'new.unbounded'
      : call.method === 'full' && state.limit !== 'given'
        ? 'maxsize-mutable'
        : 'qsize';
  const answers = isAtRest(view) ? [exact] : [exact, ...stale(state, exact)];
  return answers.map((answer) => ({
    name: 'answers',
    open: true,
    due: answer === exact ? 'now' : 'free',
    rules: answer === exact ? [...kind.cite(topic)] : kind.cite('qsize.advisory'),
    overdue: kind.cite('qsize'),
    shape: kind.cite(topic),
    then: { returns: answer },
  }));
}

function answerOf(state: QueueState, method: string): Value {
  if (method === 'qsize') return state.items.length;
  return method === 'empty' ? state.items.length === 0 : !hasRoom(state);
}

/** What else an implementation may answer that reads while others write. */
function stale({ items }: QueueState, exact: Value): readonly Value[] {
  if (typeof exact === 'boolean') return [!exact];
  return Array.from({ length: items.length + outOfDate + 1 }, (_, size) => size).filter(
    (size) => size !== exact,
  );
}

/** True if no other call is about to change what is in the queue. */
function isAtRest({ state, others }: QueueView): boolean {
  return others.every((other) => isAsleep(other) && !canGoOn(other, state));
}

/** Of calls that change nothing it does not matter. */
function isAsleep({ call, phase, asleep }: Pending): boolean {
  return !/^(?:put|get|shutdown|assign)/u.test(call.method) || phase === waiting || asleep;
}

function canGoOn({ call, expired }: Pending, state: QueueState): boolean {
  if (call.method.startsWith('put')) return expired || state.closed !== 'open' || hasRoom(state);
  if (call.method.startsWith('get')) return expired || state.closed !== 'open' || state.items.length > 0;
  return false;
}

/** The step of reading the attribute maxsize. */
export function maxsize(kind: QueueKind, { state }: QueueView): readonly QueueStep[] {
  const rules = kind.cite(state.limit === 'given' ? 'new.maxsize' : 'maxsize-mutable');
  // Whether a limit that is none is remembered as it was given is not said.
  const answers = state.maxsize < 0 ? [state.maxsize, 0] : [state.maxsize];
  return answers.map((answer) => ({
    name: 'answers',
    open: true,
    due: 'now',
    rules,
    shape: rules,
    then: { returns: answer },
  }));
}

/** The step of setting the attribute maxsize. */
export function assign(kind: QueueKind, { state, call, others }: QueueView): readonly QueueStep[] {
  const { maxsize: next } = call.args;
  const rules = kind.cite('maxsize-mutable');
  if (typeof next !== 'number' || !Number.isInteger(next)) {
    return [{ name: 'refused', open: true, due: 'now', rules, shape: rules, then: { raises: 'TypeError' } }];
  }
  const raised = next <= 0 || next > state.maxsize;
  const sleepers = others.some((other) => other.call.method.startsWith('put'));
  const limit = state.limit === 'raised' || (raised && sleepers) ? 'raised' : 'assigned';
  return [
    {
      name: 'assigned',
      open: true,
      due: 'now',
      rules: [],
      overdue: rules,
      shape: rules,
      state: { ...state, maxsize: next, limit },
      then: { returns: undefined },
    },
  ];
}
