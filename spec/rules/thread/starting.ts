import { call, object, on, raises, returns, step, thread } from '../../example.ts';
import { begins, beginsWith, body, finishes, notBegun, returnsWhat } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { activeCount, create, getIdent, isAlive, join, module, start, threadFor } from './calls.ts';
import { joinStrangers, nameInSystem, runsAfterWriting, startAndAsk, startWithStack } from './starts.ts';
import { isNamelessInSystem } from './systemNames.ts';

const write = call('write', { value: 7 });
const read = call('read');

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
  rule(
    'thread.start.once-running',
    'Look at what start() does with a thread that was started: it has to know that before it does anything.',
    {
      title: 'a second start() of a thread that runs',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(1, start, raises('RuntimeError')),
        step(1, joinStrangers, notBegun(2)),
        finishes(2, notBegun(2)),
        step(1, join),
      ],
    },
  ),
  rule('thread.start.once-finished', 'Look at what start() does with a thread that has ended.', {
    title: 'a thread that has ended cannot be started again',
    objects: [threadFor()],
    steps: [
      step(1, start, begins(2)),
      finishes(2),
      step(1, join),
      step(1, start, raises('RuntimeError')),
      step(1, joinStrangers, notBegun(2)),
    ],
  }),
  rule(
    'thread.start.identity-set',
    'Look at who fills the ident in, and who counts the thread as started: start(), before it returns.',
    {
      title: 'the ident at once after the start',
      objects: [threadFor()],
      steps: [step(1, startAndAsk('ident'), returnsWhat({ integerFrom: 1 })), finishes(2)],
    },
    {
      title: 'another start at once after the start',
      objects: [threadFor()],
      steps: [step(1, startAndAsk('start'), raises('RuntimeError')), finishes(2)],
    },
    {
      title: 'a thread that fails before it runs anything',
      objects: [object('thread', { target: { json: '{"module":"file:///nowhere.mjs","name":"f"}' } })],
      steps: [step(1, startAndAsk('ident'), returnsWhat({ integerFrom: 1 })), step(1, join)],
    },
  ),
  rule('thread.start.failure-clean', 'Look at what is left of a thread for which there was no room.', {
    title: 'a stack that no system can give',
    objects: [threadFor(), module],
    steps: [
      step(1, startWithStack(2 ** 50), raises('RuntimeError'), notBegun(2)),
      step(1, isAlive, returns(false)),
      step(1, on(1, activeCount), returns(1)),
      step(1, start, returns(undefined), begins(2)),
      finishes(2),
    ],
  }),
  rule(
    'thread.start.publishes',
    'Look at what is written after the new thread was let go.',
    {
      title: 'what was written just before the start',
      objects: [object('thread')],
      steps: [
        step(1, runsAfterWriting(body(2), 7), beginsWith(2, { json: '{"0":7}' })),
        finishes(2, thread(1, returns(undefined))),
      ],
    },
    {
      title: 'two threads read at once what was written before each of them',
      objects: [threadFor(2), threadFor(3), object('cell'), object('cell')],
      threads: [
        [on(2, write), on(0, start), on(3, write), on(1, start), on(0, join), on(1, join)],
        [on(0, call('begins')), on(2, read), on(0, call('leaves'))],
        [on(1, call('begins')), on(3, read), on(2, read), on(1, call('leaves'))],
      ],
    },
  ),
  usedWhere(
    rule('thread.start.os-name', 'Look at the name that debuggers and the system show of the thread.', {
      title: 'what the system calls a thread',
      objects: [threadFor(2, { name: 'worker' })],
      steps: [step(1, start, begins(2)), step(2, nameInSystem), finishes(2)],
    }),
    isNamelessInSystem,
  ),
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
];
