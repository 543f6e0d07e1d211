import { elapse, on, step } from '../../example.ts';
import { begins, beginsWith, finishes, listOf, notBegun } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { create, join, start, threadFor } from '../thread/calls.ts';
import { addToArguments, cancel, endless, short, timerFor } from './calls.ts';
import { isLate } from './uses.ts';

/** The rules of when a timer calls its function, how often, and with what. */
export const firingRules: readonly Rule[] = [
  rule(
    'timer.start-needed',
    'Look at what sets the clock going: start(), and nothing before.',
    {
      title: 'a timer that nobody starts',
      objects: [timerFor(short)],
      steps: [step(1, create, notBegun(2)), elapse(0.1, notBegun(2))],
    },
    {
      title: 'a timer that is started when its interval has passed since it was made',
      objects: [timerFor(0.6)],
      steps: [
        step(1, create),
        elapse(0.6),
        step(1, start, begins(2, { after: 0.6 })),
        finishes(2),
        step(1, join),
      ],
    },
  ),
  rule(
    'timer.fires',
    'Look at what happens when the interval has passed.',
    {
      title: 'the function is called',
      objects: [timerFor(short)],
      steps: [step(1, start, begins(2)), finishes(2), step(1, join)],
    },
    {
      title: 'so it is if it gets arguments, or an empty list of them',
      objects: [
        timerFor(short, 2, { args: listOf(1), kwargs: { json: '{"a":1}' } }),
        timerFor(short, 3, { args: listOf(), kwargs: { json: '{}' } }),
      ],
      steps: [
        step(1, on(0, start), begins(2)),
        step(1, on(1, start), begins(3)),
        finishes(2),
        finishes(3),
        step(1, on(0, join)),
        step(1, on(1, join)),
      ],
    },
  ),
  rule(
    'timer.fires-once',
    'Look at what the timer does when the function has returned.',
    {
      title: 'the function is not called again',
      objects: [timerFor(short)],
      steps: [
        step(1, start, begins(2)),
        finishes(2, notBegun(2)),
        elapse(0.1, notBegun(2)),
        step(1, join, notBegun(2)),
      ],
    },
    {
      title: 'nor is it after a cancel() that comes too late',
      objects: [timerFor(short)],
      steps: [
        step(1, start, begins(2)),
        step(1, cancel, notBegun(2)),
        finishes(2, notBegun(2)),
        step(1, cancel, notBegun(2)),
        step(1, join, notBegun(2)),
      ],
    },
  ),
  rule(
    'timer.not-early',
    'Look at how long the timer waits.',
    {
      title: 'an interval of a fifth of a second',
      objects: [timerFor(0.2)],
      steps: [step(1, start, begins(2, { after: 0.2 })), finishes(2), step(1, join)],
    },
    {
      title: 'a timer that has not called its function yet when it is cancelled',
      objects: [timerFor(endless), threadFor(3)],
      steps: [
        step(1, on(0, start), notBegun(2)),
        step(1, on(1, start), begins(3), notBegun(2)),
        step(1, on(0, cancel), notBegun(2)),
        finishes(3, notBegun(2)),
        step(1, on(0, join), notBegun(2)),
        step(1, on(1, join)),
      ],
    },
  ),
  usedWhere(
    rule('timer.late-free', 'Look at how much later than the interval the function is called.', {
      title: 'a timer may be late',
      objects: [timerFor(0.2)],
      steps: [step(1, start, begins(2)), finishes(2), step(1, join)],
    }),
    isLate,
  ),
  rule(
    'timer.args',
    'Look at what the function is given.',
    {
      title: 'arguments and named arguments',
      objects: [timerFor(short, 2, { args: listOf(1, 'x'), kwargs: { json: '{"a":1}' } })],
      steps: [step(1, start, beginsWith(2, 1, 'x', { json: '{"a":1}' })), finishes(2), step(1, join)],
    },
    {
      title: 'None, twice, stands for nothing',
      objects: [timerFor(short, 2, { args: null, kwargs: null })],
      steps: [step(1, start, beginsWith(2)), finishes(2), step(1, join)],
    },
    {
      title: 'and so does what is left out',
      objects: [timerFor(short)],
      steps: [step(1, start, beginsWith(2)), finishes(2), step(1, join)],
    },
  ),
  rule('timer.args-defaults-fresh', 'Look at which containers stand for arguments that are left out.', {
    title: 'what is put into the containers of one timer is not found in those of another',
    objects: [timerFor(short), timerFor(short, 3)],
    steps: [
      step(1, on(0, addToArguments(1))),
      step(1, on(1, create)),
      step(1, on(1, start), beginsWith(3)),
      finishes(3),
      step(1, on(1, join)),
    ],
  }),
  rule(
    'timer.nonpositive-interval',
    'Look at how an interval of no time is checked, and waited for.',
    {
      title: 'an interval of 0',
      creation: 'an object',
      objects: [timerFor(0)],
      steps: [step(1, start, begins(2)), finishes(2), step(1, join)],
    },
    {
      title: 'an interval below 0',
      creation: 'an object',
      objects: [timerFor(-1)],
      steps: [step(1, start, begins(2)), finishes(2), step(1, join)],
    },
  ),
];
