import { on, returns, step } from '../../example.ts';
import { begins, exits, finishes, leaves, notBegun, runsOn } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { setExcepthook } from './asks.ts';
import { isAlive, join, start, threadFor } from './calls.ts';

/** The rules of errors that leave a thread's function. */
export const errorsRules: readonly Rule[] = [
  rule('thread.exception.isolated', 'Look at what an error of a thread does to others, and to the process.', {
    title: 'an error ends its thread, and no other',
    objects: [threadFor(2), threadFor(3)],
    steps: [
      step(1, on(0, start), begins(2)),
      step(1, on(1, start), begins(3)),
      leaves(2, { raises: 'Error' }, runsOn),
      step(1, on(0, join), runsOn),
      step(1, on(1, isAlive), returns(true)),
      step(3, on(1, isAlive), returns(true)),
      finishes(3),
    ],
  }),
  rule(
    'thread.exception.reported',
    'Look at who is told of an error that nobody has caught, and how often.',
    {
      title: 'the hook is called, once',
      objects: [threadFor()],
      steps: [
        step(1, setExcepthook(3)),
        step(1, start, begins(2)),
        leaves(2, { raises: 'Error' }, begins(3)),
        finishes(3, notBegun(3)),
        step(1, join),
        step(1, setExcepthook(null)),
      ],
    },
  ),
  rule(
    'thread.exception.systemexit',
    'Look at what SystemExit does to the process, and at what is printed.',
    {
      title: 'SystemExit ends its thread, and nobody is told',
      ownProcess: true,
      stderr: [],
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        leaves(2, { raises: 'SystemExit', value: 3 }, runsOn),
        step(1, join, runsOn),
        finishes(1, exits(0)),
      ],
    },
  ),
];
