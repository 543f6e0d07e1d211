import type { Automaton, Step, View } from '../automaton.ts';
import { actionSteps, strangersAction } from './barrier/action.ts';
import { createBarrier, waitArguments } from './barrier/arguments.ts';
import { arrivalSteps } from './barrier/arrival.ts';
import { abort, assign, broken, nWaiting, parties, reset } from './barrier/control.ts';
import { labels } from './barrier/labels.ts';
import { leavingSteps } from './barrier/leaving.ts';
import type { BarrierState } from './barrier/state.ts';

/**
 * Barrier: threads wait until as many have come as there are parties; they leave as one passage, each
 * with a number of its own. A wait arrives, belongs to a passage when the last party has arrived, and
 * leaves: who calls again is in another passage, however many of the old one are still to leave.
 */
export const barrierAutomaton: Automaton<BarrierState> = {
  family: 'barrier',
  labels: Object.values(labels),
  create: createBarrier,
  timeout(call, args) {
    const meaning = call.method === 'wait' ? waitArguments(call, args.timeout) : undefined;
    return meaning?.kind === 'wait' ? meaning.timeout : undefined;
  },
  steps(view) {
    return view.call.method === 'wait' ? waitSteps(view) : [...otherSteps(view), ...strangersAction(view)];
  },
};

function waitSteps(view: View<BarrierState>): readonly Step<BarrierState>[] {
  const meaning = waitArguments(view.call, view.state.timeout);
  return [...arrivalSteps(view, meaning), ...actionSteps(view), ...leavingSteps(view, meaning)];
}

function otherSteps(view: View<BarrierState>): readonly Step<BarrierState>[] {
  switch (view.call.method) {
    case 'abort':
      return [abort(view)];
    case 'reset':
      return reset(view);
    case 'parties':
      return parties(view);
    case 'nWaiting':
      return nWaiting(view);
    case 'broken':
      return broken(view);
    case 'assign':
      return assign();
    default:
      throw new RangeError(`A barrier has no method '${view.call.method}'.`);
  }
}
