import { type QueueKind, type Topic, watched } from './kind.ts';
import { type QueueState, withGone } from './state.ts';
import { asleepIn, type QueueStep, type QueueView } from './waiting.ts';

/** The step of a shutdown: from then on nothing is put, and after an immediate one nothing is there. */
export function shutdown(kind: QueueKind, view: QueueView): readonly QueueStep[] {
  const { state } = view;
  const immediate = Boolean(view.call.args.immediate);
  const first = state.closed === 'open';
  const topic: Topic = first
    ? immediate
      ? 'shutdown.immediate-drains'
      : 'shutdown.put-raises'
    : 'shutdown.repeat';
  const after: QueueState = immediate
    ? drained(state)
    : { ...state, closed: first ? 'plainly' : state.closed };
  return [
    {
      name: 'shut down',
      open: true,
      due: 'now',
      rules: first ? [] : kind.cite(topic),
      overdue: kind.cite(topic),
      shape: kind.cite(topic),
      labels: watched(kind, {
        'shutdown with blocked getters': first && asleepIn(view, 'get').length > 0,
        'shutdown with blocked putters': first && asleepIn(view, 'put').length > 0,
        'immediate shutdown with items': immediate && state.items.length > 0,
        'several joiners released':
          state.unfinished > 0 && after.unfinished === 0 && asleepIn(view, 'join').length > 1,
      }),
      state: after,
      then: { returns: undefined },
    },
  ];
}

function drained(state: QueueState): QueueState {
  return {
    ...state,
    items: [],
    unfinished: Math.max(0, state.unfinished - state.items.length),
    closed: 'immediately',
    gone: withGone(state, 'dropped', state.items),
  };
}
