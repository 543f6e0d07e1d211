import { raises, returns, step } from '../../example.ts';
import { begins, finishes } from '../../lifecycle.ts';
import { type NotApplicable, notApplicable, type Rule, rule } from '../../rule.ts';
import { ofMain } from './asks.ts';
import { isAlive, join, start, threadFor, timedJoin } from './calls.ts';

/** The rules of what cannot be joined, and of time-outs that cannot be waited for. */
export const refusingRules: readonly (Rule | NotApplicable)[] = [
  rule(
    'thread.join.self-raises',
    'Look at whether join() asks who calls it, before it waits.',
    {
      title: 'a thread that joins itself',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(2, join, raises('RuntimeError')),
        step(2, timedJoin(0.02), raises('RuntimeError')),
        finishes(2),
      ],
    },
    {
      title: 'the main thread joins itself',
      objects: [threadFor()],
      steps: [
        step(1, ofMain(join), raises('RuntimeError')),
        step(1, ofMain(timedJoin(0.02)), raises('RuntimeError')),
      ],
    },
  ),
  rule(
    'thread.join.unstarted-raises',
    'Look at whether join() asks for the start, before it looks at its time.',
    {
      title: 'join() before start(), with time and without',
      objects: [threadFor()],
      steps: [
        step(1, join, raises('RuntimeError')),
        step(1, timedJoin(0), raises('RuntimeError')),
        step(1, timedJoin(0.02), raises('RuntimeError')),
      ],
    },
  ),
  rule(
    'thread.join.overflow-harmless',
    'Look at what a join() has done by the time it refuses its time-out.',
    {
      title: 'a time-out above TIMEOUT_MAX is refused, and the thread goes on',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(1, timedJoin(1e10), raises('OverflowError')),
        step(1, isAlive, returns(true)),
        step(2, isAlive, returns(true)),
        finishes(2),
      ],
    },
  ),
  notApplicable(
    'thread.join.finalization',
    'A process of JavaScript has no late phase in which its code still runs while its daemon threads are frozen.',
  ),
];
