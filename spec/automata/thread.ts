import type { Automaton, Step, View } from '../automaton.ts';
import { bodyIn, type Call } from '../program.ts';
import { timeoutMax } from './acquireArguments.ts';

/**
 * How far a thread is. `left`: its function has returned, and nobody has seen yet that the thread has ended;
 * `cancelled`: it was a timer's, and need not begin any more; `disarmed`: that was before its start.
 */
export interface ThreadState {
  readonly phase: 'new' | 'disarmed' | 'started' | 'cancelled' | 'running' | 'left' | 'ended';
  /** The thread of the program that it runs, by position. */
  readonly runs: number;
}

/**
 * Thread: runs a thread of the program, once, from its start on. That the thread begins and what it does last are
 * calls of that thread itself, `begins` and `leaves`: so what has to follow from them is asked like
 * everything else.
 */
export const threadAutomaton: Automaton<ThreadState> = {
  family: 'thread',
  labels: [],
  create: ({ target, overrides }) => ({
    state: { phase: 'new', runs: bodyIn(overrides) ?? bodyIn(target) ?? -1 },
    rules: [],
  }),
  timeout: joinTimeout,
  steps: threadSteps,
};

/** After how many seconds a join gives up; undefined: never. */
export function joinTimeout(call: Call): number | undefined {
  const meaning = joinArguments(call);
  return meaning.kind === 'wait' ? meaning.timeout : undefined;
}

/** The steps of the calls that every thread has. @throws RangeError for another call. */
export function threadSteps(view: View<ThreadState>): readonly Step<ThreadState>[] {
  switch (view.call.method) {
    case 'start':
      return [start(view.state)];
    case 'begins':
      return [begins(view.state)];
    case 'leaves':
      return [leaves(view.state)];
    case 'isAlive':
      return isAlive(view.state);
    case 'join':
      return join(view);
    default:
      throw new RangeError(`The automaton of threads does not know '${view.call.method}'.`);
  }
}

function start(state: ThreadState): Step<ThreadState> {
  if (state.phase === 'new') {
    return {
      name: 'started',
      open: true,
      due: 'now',
      rules: ['thread.start.does-not-wait'],
      state: { ...state, phase: 'started' },
      then: { returns: undefined },
    };
  }
  const again = hasLeft(state) ? 'thread.start.once-finished' : 'thread.start.once-running';
  return refused(again);
}

function refused(rule: string): Step<ThreadState> {
  return {
    name: 'refused',
    open: true,
    due: 'now',
    rules: [rule],
    shape: [rule],
    then: { raises: 'RuntimeError' },
  };
}

/** Whether nothing more is to come of it, as far as is known. */
function hasLeft({ phase }: ThreadState): boolean {
  return phase === 'left' || phase === 'cancelled' || phase === 'ended';
}

function begins(state: ThreadState): Step<ThreadState> {
  return {
    name: 'begins',
    open: state.phase === 'started',
    due: 'now',
    rules: ['thread.start.runs-in-new-thread'],
    forbidden: [state.phase === 'new' ? 'thread.ctor.does-not-start' : 'thread.start.once-running'],
    state: { ...state, phase: 'running' },
    then: { returns: undefined },
  };
}

function leaves(state: ThreadState): Step<ThreadState> {
  return {
    name: 'leaves',
    open: state.phase === 'running',
    due: 'now',
    rules: [],
    state: { ...state, phase: 'left' },
    then: { returns: undefined },
  };
}

function isAlive(state: ThreadState): readonly Step<ThreadState>[] {
  const { phase } = state;
  const rule =
    phase === 'new'
      ? 'thread.alive.before-start'
      : hasLeft(state)
        ? 'thread.alive.after-end'
        : 'thread.alive.during-run';
  const base = { due: 'now', rules: [rule], forbidden: [rule], shape: [rule] } as const;
  return [
    {
      ...base,
      name: 'alive',
      // For a moment after its end a thread may still count as alive.
      open: phase !== 'new' && phase !== 'ended',
      then: { returns: true },
    },
    {
      ...base,
      name: 'not alive',
      open: phase === 'new' || hasLeft(state),
      ...(phase !== 'new' && { state: { ...state, phase: 'ended' } }),
      then: { returns: false },
    },
  ];
}

type JoinArguments =
  | { readonly kind: 'poll' }
  | { readonly kind: 'wait'; readonly timeout: number | undefined }
  | { readonly kind: 'refused' };

function joinArguments({ method, args: { timeout } }: Call): JoinArguments {
  if (method !== 'join' || timeout === undefined || timeout === null) {
    return { kind: 'wait', timeout: undefined };
  }
  if (typeof timeout !== 'number' || timeout > timeoutMax) return { kind: 'refused' };
  return timeout > 0 ? { kind: 'wait', timeout } : { kind: 'poll' };
}

function join(view: View<ThreadState>): readonly Step<ThreadState>[] {
  const { state, thread, expired } = view;
  if (state.phase === 'new') return [refused('thread.join.unstarted-raises')];
  if (thread === state.runs) return [refused('thread.join.self-raises')];
  const meaning = joinArguments(view.call);
  if (meaning.kind === 'refused') {
    throw new RangeError('Programs whose joins have bad arguments are ordered examples.');
  }
  const gaveUp: Step<ThreadState> = {
    name: 'gives up',
    open: meaning.kind === 'poll' || expired,
    due: meaning.kind === 'poll' ? 'now' : 'eventually',
    rules: [meaning.kind === 'poll' ? 'thread.join.timeout-negative' : 'thread.join.timeout-expires'],
    shape: ['thread.join.returns-none'],
    then: { returns: undefined },
  };
  return meaning.kind === 'wait' && meaning.timeout === undefined ? [joined(view)] : [joined(view), gaveUp];
}

function joined({ state, call, others }: View<ThreadState>): Step<ThreadState> {
  const several = others.some((other) => other.call.method === 'join') || state.phase === 'ended';
  return {
    name: 'joined',
    open: hasLeft(state),
    due: 'now',
    rules: [...(several ? ['thread.join.many-joiners'] : []), 'thread.join.returns-at-end'],
    forbidden: [call.args.timeout === null ? 'thread.join.timeout-none' : 'thread.join.blocks'],
    shape: ['thread.join.returns-none'],
    state: { ...state, phase: 'ended' },
    then: { returns: undefined },
  };
}
