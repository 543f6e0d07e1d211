import type { Step } from '../../../impl/protocol.ts';
import type { Expectation, OrderedExample } from '../../../spec/example.ts';
import { programOf } from '../../../spec/checkExample.ts';
import type { Program } from '../../../spec/program.ts';
import type { Source } from '../source.ts';

/** What a process is told to do: an example, as its supervisor goes through it. */
export interface Task {
  readonly source: Source;
  readonly program: Program;
  readonly steps: readonly Step[];
  /** The process ends with the example, by itself. */
  readonly ownProcess: boolean;
  /** Absent: an example, step by step. Otherwise nobody gives orders, and the program runs so often. */
  readonly executions?: number;
}

/** The task to run a program so often, as it will. */
export function freeTaskOf(source: Source, program: Program, executions: number): Task {
  return { source, program, steps: [], ownProcess: false, executions };
}

/** What a process is told: to run something, or that nothing more comes. */
export type Order = Task | 'leave';

/** The task that an example is for a process. */
export function taskOf(source: Source, example: OrderedExample): Task {
  const ownProcess = example.ownProcess === true;
  return { source, program: programOf(example), steps: stepsOf(example), ownProcess };
}

/** The steps of an example, and what each has to wait for. */
export function stepsOf(example: OrderedExample): readonly Step[] {
  return example.steps.map((step): Step => {
    const own = 'thread' in step ? step.thread : 'ends' in step ? step.ends : 0;
    const { shows } = step;
    const awaited = shows.flatMap((expectation) => threadsOf(expectation, own));
    const exits = shows.some((expectation) => 'exits' in expectation && expectation.exits !== 'not yet');
    return {
      does:
        'elapse' in step
          ? { elapse: step.elapse }
          : 'ends' in step
            ? { ends: step.ends, by: step.by ?? { returns: undefined } }
            : { call: step.thread },
      returns: awaited.filter(({ what }) => what === 'returns').map(({ thread }) => thread),
      returnsOne: shows.flatMap((expectation) => ('oneOf' in expectation ? expectation.oneOf : [])),
      begins: awaited.filter(({ what }) => what === 'begins').map(({ thread }) => thread),
      blocks: awaited.filter(({ what }) => what === 'blocks').map(({ thread }) => thread),
      // Nobody says when functions that were handed over have been called often enough.
      settles: shows.some((expectation) => isAbsence(expectation) || 'callbacks' in expectation),
      exits,
    };
  });
}

interface Awaited {
  readonly what: 'returns' | 'begins' | 'blocks';
  readonly thread: number;
}

function threadsOf(expectation: Expectation, own: number): readonly Awaited[] {
  if ('begins' in expectation) return [{ what: 'begins', thread: expectation.begins }];
  if ('notBegun' in expectation || 'exits' in expectation || 'callbacks' in expectation) return [];
  if ('oneOf' in expectation) return [];
  const thread = expectation.thread ?? own;
  return [{ what: 'blocks' in expectation ? 'blocks' : 'returns', thread }];
}

function isAbsence(expectation: Expectation): boolean {
  return 'notBegun' in expectation || ('exits' in expectation && expectation.exits === 'not yet');
}
