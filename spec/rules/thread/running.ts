import { object, raises, returns, step, thread } from '../../example.ts';
import { begins, body, finishes, leaves, notBegun, threadOf } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { isAlive, join, name, run, start, threadFor } from './calls.ts';
import { joinStrangers } from './starts.ts';

/** A thread of a class whose run() is thread 2 of the program. */
const overriding = object('thread', { overrides: body(2), target: body(3), name: 'worker' });

/** What the documentation says of run(). */
export const runningRules: readonly Rule[] = [
  rule('thread.run.override', 'Look at which run() the new thread calls, and who calls the target.', {
    title: 'a class with a run() of its own, and a target that it does not call',
    objects: [overriding],
    steps: [
      step(1, start, begins(2), notBegun(3)),
      finishes(2, notBegun(3)),
      step(1, join, notBegun(3), notBegun(2)),
      step(1, joinStrangers, notBegun(3)),
    ],
  }),
  rule(
    'thread.run.overridable-only',
    'Look at what a class has to replace beside run(): nothing works only for Thread itself.',
    {
      title: 'a class that replaces run() alone',
      objects: [overriding],
      steps: [
        step(1, name, returns('worker')),
        step(1, isAlive, returns(false)),
        step(1, start, returns(undefined), begins(2)),
        step(1, isAlive, returns(true)),
        step(2, isAlive, returns(true)),
        finishes(2),
        step(1, join, returns(undefined)),
        step(1, isAlive, returns(false)),
      ],
    },
  ),
  rule('thread.run.direct-call', 'Look at what run() changes: nothing of the thread.', {
    title: 'run() does the work in the caller, and starts nothing',
    objects: [threadFor()],
    steps: [
      step(1, run, begins(2, { in: threadOf(1) })),
      step(2, isAlive, returns(false)),
      finishes(2, thread(1, returns(undefined))),
      step(1, isAlive, returns(false)),
      step(1, join, raises('RuntimeError')),
    ],
  }),
  rule(
    'thread.run.return-ignored',
    'Look for anything that is made of what the target returns.',
    {
      title: 'what a thread returns',
      objects: [threadFor()],
      steps: [step(1, start, begins(2)), leaves(2, { returns: 7 }), step(1, join, returns(undefined))],
    },
    {
      title: 'what run() of a class of its own returns',
      objects: [overriding],
      steps: [step(1, start, begins(2)), leaves(2, { returns: 7 }), step(1, join, returns(undefined))],
    },
    {
      title: 'what the target returns to a run() in the caller',
      objects: [threadFor()],
      steps: [step(1, run, begins(2)), leaves(2, { returns: 7 }, thread(1, returns(undefined)))],
    },
  ),
  rule('thread.run.drops-references', 'Look at what a thread still knows of its target after run().', {
    title: 'run() a second time, in the caller',
    objects: [threadFor()],
    steps: [step(1, run, begins(2)), finishes(2), step(1, run, raises('AttributeError'))],
  }),
];
