import { blocks, call, object, on, returns, step, thread } from '../../example.ts';
import { begins, comesBack, finishes, leaves } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { joinAndRead, setExcepthook } from './asks.ts';
import { isAlive, join, start, threadFor, timedJoin } from './calls.ts';
import { joinsInACircle } from './endUses.ts';

const begun = call('begins');
const left = call('leaves');
const read = call('read');
/** Seconds after which an implementation counts as at a standstill, and more. */
const minute = 60;
/** Seconds that no example lasts. */
const long = 600;
const write = call('write', { value: 7 });

/** The rules of how those who join a thread come to go on. */
export const wakingRules: readonly Rule[] = [
  rule(
    'thread.join.returns-at-end',
    'Look at what wakes a joiner that sleeps, also one whose time is not over.',
    {
      title: 'join() without a time-out returns at the end of the thread',
      objects: [threadFor()],
      steps: [step(1, start, begins(2)), step(1, join), finishes(2, thread(1, comesBack))],
    },
    {
      title: 'join() with a long time-out returns at the end of the thread',
      objects: [threadFor()],
      steps: [step(1, start, begins(2)), step(1, timedJoin(long)), finishes(2, thread(1, comesBack))],
    },
    {
      title: 'join() returns when an error ends the thread',
      objects: [threadFor()],
      steps: [step(1, start, begins(2)), step(1, join), leaves(2, { raises: 'Error' }, thread(1, comesBack))],
    },
    {
      title: 'two threads, whose ends may come before, during and after the joins',
      objects: [threadFor(2), threadFor(3)],
      threads: [
        [on(0, start), on(1, start), on(0, timedJoin(minute)), on(1, join), on(1, isAlive)],
        [on(0, begun), on(1, timedJoin(minute)), on(0, left)],
        [on(1, begun), on(1, isAlive), on(1, left)],
      ],
    },
  ),
  rule(
    'thread.join.many-joiners',
    'Look at how many joiners the end of a thread wakes.',
    {
      title: 'two threads and main join a thread, and all go on',
      objects: [threadFor(2), threadFor(3), threadFor(4)],
      steps: [
        step(1, on(0, start), begins(2)),
        step(1, on(1, start), begins(3)),
        step(1, on(2, start), begins(4)),
        step(2, on(2, join), blocks),
        step(3, on(2, timedJoin(long)), blocks),
        step(1, on(2, join), blocks),
        finishes(4, thread(1, comesBack), thread(2, comesBack), thread(3, comesBack)),
        finishes(2),
        finishes(3),
      ],
    },
    {
      title: 'two threads and main join a thread, twice each, when they come to it',
      objects: [threadFor(2), threadFor(3), threadFor(4)],
      threads: [
        [on(2, start), on(0, start), on(1, start), on(2, join), on(2, join)],
        [on(0, begun), on(2, join), on(2, timedJoin(minute)), on(0, left)],
        [on(1, begun), on(2, timedJoin(minute)), on(2, join), on(1, left)],
        [on(2, begun), on(2, isAlive), on(2, left)],
      ],
    },
  ),
  rule(
    'thread.join.publishes',
    'Look at what a thread may still write when its end is already announced.',
    {
      title: 'who has joined a thread reads what it wrote',
      objects: [threadFor(), object('cell')],
      steps: [
        step(1, start, begins(2)),
        step(1, joinAndRead(1)),
        step(2, on(1, write)),
        finishes(2, thread(1, returns(7))),
      ],
    },
    {
      title: 'who has joined a thread reads what was written when an error had left its function',
      objects: [threadFor(), object('cell')],
      steps: [
        step(1, setExcepthook(3)),
        step(1, start, begins(2)),
        step(1, joinAndRead(1)),
        leaves(2, { raises: 'Error' }, begins(3)),
        step(3, on(1, write)),
        finishes(3, thread(1, returns(7))),
        step(1, setExcepthook(null)),
      ],
    },
    {
      title: 'two threads write, and who has joined them reads',
      objects: [threadFor(2), threadFor(3), object('cell'), object('cell')],
      threads: [
        [on(0, start), on(1, start), on(1, join), on(3, read), on(0, join), on(2, read)],
        [on(0, begun), on(2, write), on(0, left)],
        [on(1, begun), on(3, write), on(0, join), on(2, read), on(1, left)],
      ],
    },
  ),
  usedWhere(
    rule(
      'thread.join.cycle-undetected',
      'Look at who joins whom; nobody has to find out.',
      {
        title: 'two threads join each other, one of them for a while',
        objects: [threadFor(2), threadFor(3)],
        steps: [
          step(1, on(0, start), begins(2)),
          step(1, on(1, start), begins(3)),
          step(2, on(1, timedJoin(0.2))),
          step(3, on(0, join)),
          finishes(2),
          finishes(3),
          step(1, on(0, join), comesBack),
          step(1, on(1, join), comesBack),
        ],
      },
      {
        title: 'two threads join each other, one of them for a while, and main joins both',
        objects: [threadFor(2), threadFor(3)],
        threads: [
          [on(0, start), on(1, start), on(0, join), on(1, join)],
          [on(0, begun), on(1, timedJoin(0.05)), on(0, left)],
          [on(1, begun), on(0, join), on(1, left)],
        ],
      },
    ),
    joinsInACircle,
  ),
];
