import { blocks, on, returns, step, thread } from '../../example.ts';
import { begins, comesBack, finishes, lasts, leaves } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { create, isAlive, join, start, threadFor, timedJoin } from './calls.ts';

/** Seconds that no example lasts. */
const long = 600;
/** Seconds that are over soon. */
const soon = 0.05;

/** The rules of whom join() waits for, and for how long. */
export const joiningRules: readonly Rule[] = [
  rule('thread.join.blocks', 'Look at what join() waits for: the end, not the beginning.', {
    title: 'join() has not returned as long as the thread is at work',
    objects: [threadFor()],
    steps: [
      step(1, start, begins(2)),
      step(1, join, blocks),
      step(2, isAlive, thread(1, blocks)),
      finishes(2),
    ],
  }),
  rule(
    'thread.join.returns-none',
    'Look at what join() returns where its time runs out, and where it does not.',
    {
      title: 'join() returns nothing, whether the thread has ended or not',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(1, timedJoin(0), returns(undefined)),
        step(1, timedJoin(soon), returns(undefined)),
        finishes(2),
        step(1, timedJoin(long), returns(undefined)),
        step(1, join, returns(undefined)),
      ],
    },
  ),
  rule('thread.join.timeout-none', 'Look at how join() tells null from 0.', {
    title: 'join(null) has not returned as long as the thread is at work',
    objects: [threadFor()],
    steps: [
      step(1, start, begins(2)),
      step(1, timedJoin(null), blocks),
      step(2, isAlive, thread(1, blocks)),
      finishes(2),
    ],
  }),
  rule('thread.join.timeout-negative', 'Look at what join() does with less than 0, and with -1.', {
    title: 'join(-1) and join(-0.5) return while the thread is at work',
    objects: [threadFor()],
    steps: [
      step(1, start, begins(2)),
      step(1, timedJoin(-1), comesBack),
      step(1, timedJoin(-0.5), comesBack),
      finishes(2),
    ],
  }),
  rule(
    'thread.join.timeout-expires',
    'Look at what is left of a join() whose time is over, at the joiner and at the thread.',
    {
      title: 'join() gives up, and the thread goes on',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(1, timedJoin(soon), lasts(soon)),
        step(1, isAlive, returns(true)),
        step(2, isAlive, returns(true)),
        finishes(2),
      ],
    },
    {
      title: 'who joins it next waits for its end all the same',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(1, timedJoin(soon)),
        step(1, join, blocks),
        finishes(2, thread(1, comesBack)),
      ],
    },
  ),
  rule(
    'thread.join.repeatable',
    'Look at what a join() leaves behind for the next one.',
    {
      title: 'a thread that has ended can be joined, and joined again',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        finishes(2),
        step(1, join),
        step(1, join, comesBack),
        step(1, timedJoin(long), comesBack),
      ],
    },
    {
      title: 'after a join() whose time was over, too',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(1, timedJoin(soon)),
        step(1, timedJoin(0)),
        finishes(2),
        step(1, join, comesBack),
        step(1, join, comesBack),
      ],
    },
  ),
  rule(
    'thread.join.from-any-thread',
    'Look at what another thread knows of the thread that it joins.',
    {
      title: 'a thread joins one that main has made and started',
      objects: [threadFor(2), threadFor(3)],
      steps: [
        step(1, on(0, start), begins(2)),
        step(1, on(1, start), begins(3)),
        step(2, on(1, join), blocks),
        finishes(3, thread(2, comesBack)),
        finishes(2),
      ],
    },
    {
      title: 'main joins one that another thread has made and started',
      objects: [threadFor(2), threadFor(3)],
      steps: [
        step(1, on(0, start), begins(2)),
        step(2, on(1, create)),
        step(2, on(1, start), begins(3)),
        step(1, on(1, join), blocks),
        finishes(3, thread(1, comesBack)),
        finishes(2),
      ],
    },
  ),
  rule('thread.join.no-reraise', 'Look at how join() comes to know that the thread has ended.', {
    title: 'who joins a thread that an error has ended is told nothing of it',
    objects: [threadFor()],
    steps: [
      step(1, start, begins(2)),
      leaves(2, { raises: 'Error' }),
      step(1, join, comesBack),
      step(1, join, comesBack),
    ],
  }),
];
