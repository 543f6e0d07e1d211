import type { Automaton, Step, View } from '../automaton.ts';
import { bodyIn } from '../program.ts';
import { joinTimeout, threadSteps, type ThreadState } from './thread.ts';

/**
 * Timer: a thread that begins when its time has come, unless it was cancelled before. Where the two meet either may be
 * first, so that it may begin even after `cancel` has returned; once somebody has seen that the thread has ended, it
 * begins no more. When its time has come no automaton knows: that it does not begin too early is for ordered examples.
 */
export const timerAutomaton: Automaton<ThreadState> = {
  family: 'timer',
  labels: [],
  create: ({ function: called }) => ({ state: { phase: 'new', runs: bodyIn(called) ?? -1 }, rules: [] }),
  timeout: joinTimeout,
  steps(view) {
    const { state } = view;
    if (view.call.method === 'cancel') return [cancel(view)];
    if (view.call.method === 'begins') return [begins(state)];
    if (state.phase !== 'disarmed') return threadSteps(view);
    return view.call.method === 'start' ? [endsAtOnce(state)] : threadSteps({ ...view, state: asNew(state) });
  },
};

/** To all who only look, a timer that was cancelled before its start is one that was not started. */
function asNew(state: ThreadState): ThreadState {
  return { ...state, phase: 'new' };
}

function endsAtOnce(state: ThreadState): Step<ThreadState> {
  return {
    name: 'ends at once',
    open: true,
    due: 'now',
    rules: ['timer.cancel.before-start'],
    state: { ...state, phase: 'left' },
    then: { returns: undefined },
  };
}

function cancel({ state }: View<ThreadState>): Step<ThreadState> {
  const rule = state.phase === 'started' ? 'timer.cancel.waiting' : 'timer.cancel.too-late';
  const phase = { started: 'cancelled', new: 'disarmed' } as const;
  return {
    name: 'cancelled',
    open: true,
    due: 'now',
    rules: [rule],
    shape: ['timer.cancel.idempotent'],
    ...((state.phase === 'started' || state.phase === 'new') && {
      state: { ...state, phase: phase[state.phase] },
    }),
    then: { returns: undefined },
  };
}

function begins(state: ThreadState): Step<ThreadState> {
  const late = state.phase === 'cancelled';
  return {
    name: 'begins',
    open: state.phase === 'started' || late,
    due: late ? 'free' : 'eventually',
    rules: [late ? 'timer.cancel.race-free' : 'timer.fires'],
    forbidden: [state.phase === 'new' ? 'timer.start-needed' : 'timer.cancel.waiting', 'timer.fires-once'],
    overdue: ['timer.fires'],
    state: { ...state, phase: 'running' },
    then: { returns: undefined },
  };
}
