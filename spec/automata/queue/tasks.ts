import { requested } from '../../automaton.ts';
import { type QueueKind, watched } from './kind.ts';
import { asleepIn, hasWaited, type QueueStep, type QueueView, waiting } from './waiting.ts';

/** The steps of a taskDone: one task less, or none left to be done. */
export function taskDone(kind: QueueKind, view: QueueView): readonly QueueStep[] {
  const { state } = view;
  const left = state.unfinished - 1;
  return [
    {
      name: 'counted',
      open: left >= 0,
      due: 'now',
      rules: kind.cite('task.done-lowers'),
      // Either it is not refused, or one before was not counted.
      forbidden: [...kind.cite('task.too-many-raises'), ...(state.done ? kind.cite('task.done-lowers') : [])],
      shape: kind.cite('task.done-lowers'),
      labels: watched(kind, {
        'several joiners released': left === 0 && asleepIn(view, 'join').length > 1,
      }),
      state: { ...state, unfinished: left, done: true },
      then: { returns: undefined },
    },
    {
      name: 'refused',
      open: left < 0,
      due: 'now',
      rules: kind.cite('task.too-many-raises'),
      forbidden: kind.cite('task.put-counts'),
      shape: kind.cite('task.too-many-raises'),
      then: { raises: 'ValueError' },
    },
  ];
}

/** The steps of a join: it goes on when nothing is unfinished. */
export function join(kind: QueueKind, view: QueueView): readonly QueueStep[] {
  const { unfinished, done, closed } = view.state;
  const waited = view.phase !== requested;
  return [
    {
      name: 'goes on',
      open: unfinished === 0,
      due: 'now',
      rules: [
        ...kind.cite(hasWaited(view) ? 'join.wakes-all' : 'join.zero'),
        ...(hasWaited(view) && closed === 'plainly' ? kind.cite('shutdown.join-normal') : []),
      ],
      overdue: [
        ...kind.cite(waited ? 'join.wakes-all' : 'join.zero'),
        ...(done && !waited ? kind.cite('task.done-lowers') : []),
        ...(waited && closed === 'immediately' ? kind.cite('shutdown.immediate-tasks') : []),
      ],
      forbidden: kind.cite(whileUnfinished(view)),
      shape: kind.cite('join.zero'),
      then: { returns: undefined },
    },
    {
      name: 'waits for tasks',
      open: view.phase === requested && unfinished > 0,
      due: 'now',
      rules: kind.cite(whileUnfinished(view)),
      then: { phase: waiting },
    },
  ];
}

function whileUnfinished({ state }: QueueView) {
  return {
    open: 'join.blocks' as const,
    plainly: 'shutdown.join-normal' as const,
    immediately: 'shutdown.immediate-tasks' as const,
  }[state.closed];
}
