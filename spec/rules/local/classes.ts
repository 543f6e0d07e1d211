import { call, on, returns, step } from '../../example.ts';
import { finishes } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { assign, start, threadFor, withMembers } from './calls.ts';

const number = call('number');
const doubled = call('doubled');
const shared = call('shared');

/** The rules of what belongs to a subclass of Local. */
export const classesRules: readonly Rule[] = [
  rule(
    'local.class-members-shared',
    'Look at what methods and defaults of the class find: the attributes of the thread that asks.',
    {
      title: 'a method in two threads',
      objects: [withMembers, threadFor(2)],
      steps: [
        step(1, assign({ number: 5 })),
        step(1, on(1, start)),
        step(2, number, returns(2)),
        step(2, doubled, returns(4)),
        step(2, assign({ number: 7 })),
        step(2, doubled, returns(14)),
        step(1, doubled, returns(10)),
        finishes(2),
      ],
    },
  ),
  rule('local.slots-shared', 'Look at where a slot is kept: in one place for all threads.', {
    title: 'two threads set a slot',
    objects: [withMembers, threadFor(2)],
    steps: [
      step(1, assign({ shared: 1 })),
      step(1, on(1, start)),
      step(2, shared, returns(1)),
      step(2, assign({ shared: 2 })),
      step(1, shared, returns(2)),
      finishes(2),
    ],
  }),
];
