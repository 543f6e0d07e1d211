import { call, type ExampleStep, on, returns, step } from '../../example.ts';
import { finishes } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { dict, has, join, plain, set, start, threadFor, x } from './calls.ts';

const objects = [plain, threadFor(2), threadFor(3)];

/** Thread 2 runs to its end, and thread 3 begins, in the same worker if there is a way to have that. */
function oneAfterTheOther(...first: readonly ExampleStep[]): readonly ExampleStep[] {
  return [
    step(1, call('keepWorkers', { limit: 1 })),
    step(1, on(1, start)),
    ...first,
    finishes(2),
    step(1, on(1, join)),
    step(1, on(2, start)),
  ];
}

const over = [finishes(3), step(1, on(2, join)), step(1, call('keepWorkers', { limit: 0 }))];

/** The rules of what is left when a thread has ended. */
export const endsRules: readonly Rule[] = [
  rule(
    'local.no-stale-values',
    'Look at what becomes of values when their thread ends and its worker does not.',
    {
      title: 'a thread sets what another one before it has set',
      objects,
      steps: [
        ...oneAfterTheOther(step(2, set('of the first thread'))),
        step(3, has('x'), returns(false)),
        step(3, dict, returns({ json: '{}' })),
        ...over,
      ],
    },
  ),
  rule('local.values-released', 'Look at who still knows the values of a thread that has ended.', {
    title: 'what only a thread that has ended had is garbage',
    objects,
    steps: [
      ...oneAfterTheOther(step(2, call('assignObject', { name: 'x' }))),
      step(3, call('isObjectThere'), returns(false)),
      ...over,
    ],
  }),
  rule(
    'local.not-to-be-carried',
    'Look at a dictionary that was kept: it is that of the thread that read it, not of whoever has it.',
    {
      title: 'a thread writes to the dictionary that another one before it has left behind',
      objects,
      steps: [
        ...oneAfterTheOther(step(2, set('of the first thread')), step(2, call('keepDict'))),
        step(3, set('of the second thread')),
        step(3, call('addToKept', { x: 'carried', y: 'carried' })),
        step(3, x, returns('of the second thread')),
        step(3, has('y'), returns(false)),
        ...over,
      ],
    },
  ),
];
