import type { Automaton, Creation } from '../../automaton.ts';
import type { Args } from '../../program.ts';
import { patienceOf, timeoutOf } from './arguments.ts';
import { get } from './get.ts';
import type { QueueKind } from './kind.ts';
import { put } from './put.ts';
import { shutdown } from './shutdown.ts';
import { assign, maxsize, sizes } from './sizes.ts';
import { newQueue, type QueueState } from './state.ts';
import { join, taskDone } from './tasks.ts';
import type { QueueStep, QueueView } from './waiting.ts';

/** Queues: items go in and come out in the order of their kind, each once. */
export function queueAutomaton(kind: QueueKind): Automaton<QueueState> {
  return {
    family: kind.family,
    labels: kind.labels,
    create: (args) => create(kind, args),
    timeout(call) {
      return /^(?:put|get)$/u.test(call.method) ? timeoutOf(patienceOf(call, [])) : undefined;
    },
    steps(view) {
      const { method } = view.call;
      if (kind.lacks?.methods.includes(method) === true) return lacking(kind.lacks.rules);
      const steps = methods[method];
      if (steps === undefined) throw new RangeError(`A queue has no method '${method}'.`);
      return steps(kind, view);
    },
  };
}

const methods: Readonly<Record<string, (kind: QueueKind, view: QueueView) => readonly QueueStep[]>> = {
  put,
  putNowait: put,
  get,
  getNowait: get,
  qsize: sizes,
  empty: sizes,
  full: sizes,
  maxsize,
  assign,
  taskDone,
  join,
  shutdown,
};

function create(kind: QueueKind, { maxsize: given, ...others }: Args): Creation<QueueState> {
  const surplus = Object.keys(others).length > 0;
  if (kind.lacks !== undefined) {
    return given === undefined && !surplus
      ? { state: newQueue(0), rules: [] }
      : { raises: 'TypeError', rules: kind.lacks.rules };
  }
  const most = given ?? 0;
  if (given === null || typeof most !== 'number' || !Number.isInteger(most) || surplus) {
    return { raises: 'TypeError', rules: kind.cite('new.maxsize') };
  }
  return { state: newQueue(most), rules: [] };
}

function lacking(rules: readonly string[]): readonly QueueStep[] {
  return [
    { name: 'is not there', open: true, due: 'now', rules, shape: rules, then: { raises: 'TypeError' } },
  ];
}
