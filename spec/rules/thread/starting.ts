import { blocks, object, on, raises, returns, step, thread } from '../../example.ts';
import { begins, finishes, notBegun } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { create, getIdent, isAlive, join, module, run, start, threadFor } from './calls.ts';

/** The rules of how a thread comes to run. */
export const startingRules: readonly Rule[] = [
  rule('thread.start.runs-in-new-thread', 'Look at where the target runs: start() only hands it over.', {
    title: 'the target of a started thread runs in another worker',
    objects: [threadFor(), module],
    steps: [
      step(1, start, returns(undefined), begins(2, { in: 'a new thread' })),
      step(2, on(1, getIdent)),
      finishes(2),
    ],
  }),
  rule('thread.start.does-not-wait', 'Look at what start() waits for: at most for the thread to begin.', {
    title: 'start() returns while the target is at work',
    objects: [threadFor()],
    steps: [step(1, start, returns(undefined), begins(2)), step(1, isAlive, returns(true)), finishes(2)],
  }),
  rule('thread.start.once-running', 'Look at what start() does with a thread that was started.', {
    title: 'a second start() of a thread that runs',
    objects: [threadFor()],
    steps: [step(1, start, begins(2)), step(1, start, raises('RuntimeError')), finishes(2), step(1, join)],
  }),
  rule('thread.ctor.does-not-start', 'Look at the constructor: it makes a record, and no thread.', {
    title: 'nothing runs before start()',
    objects: [threadFor()],
    steps: [step(1, isAlive, returns(false), notBegun(2)), step(1, start, begins(2)), finishes(2)],
  }),
  rule('thread.run.direct-call', 'Look at what run() changes: nothing of the thread.', {
    title: 'run() does the work in the caller, and starts nothing',
    objects: [threadFor()],
    steps: [
      step(1, run, begins(2, { in: { threadOf: 0 } })),
      finishes(2, thread(1, returns(undefined))),
      step(1, isAlive, returns(false)),
    ],
  }),
  rule('thread.join.blocks', 'Look at what join() waits for: the end, not the beginning.', {
    title: 'join() returns when the thread has ended, not before',
    objects: [threadFor()],
    steps: [step(1, start, begins(2)), step(1, join, blocks), finishes(2, thread(1, returns(undefined)))],
  }),
  rule('thread.start.from-any-thread', 'Look at who starts the worker, and who ends with whom.', {
    title: 'a thread starts a thread that outlives it',
    objects: [threadFor(2), object('thread', { target: { body: 2 } })],
    steps: [
      step(1, start, begins(2)),
      step(2, on(1, create)),
      step(2, on(1, start), returns(undefined), begins(3, { in: 'a new thread' })),
      finishes(2),
      step(1, join, returns(undefined)),
      step(1, on(1, isAlive), returns(true)),
      step(3, on(1, isAlive), returns(true)),
      finishes(3),
      step(1, on(1, join), returns(undefined)),
    ],
  }),
  rule('thread.exit.nondaemon-awaited', 'Look at what keeps the process when main has nothing to do.', {
    title: 'a thread goes on after the main thread has ended',
    ownProcess: true,
    objects: [threadFor()],
    steps: [
      step(1, start, begins(2)),
      finishes(1, { exits: 'not yet' }),
      step(2, isAlive, returns(true)),
      finishes(2, { exits: 0 }),
    ],
  }),
];
