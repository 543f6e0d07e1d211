import { blocks, elapse, on, raises, returns, returnsOneOf, step, thread } from '../../example.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { barrier, barrierAndPauses, broken, nWaiting, pauses, timed, wait } from './calls.ts';
import { waitsForLeavers } from './uses.ts';

const fails = raises('BrokenBarrierError');
const passes = returnsOneOf(0, 1);
const [pause] = pauses;

/** What the documentation says of parties whose time is over before the last has come. */
export const timeoutRules: readonly Rule[] = [
  rule(
    'barrier.timeout.breaks',
    'Look at what wait does when its time is over: it raises, and leaves the barrier broken.',
    {
      title: 'who has waited in vain gets the error, and the barrier is broken',
      objects: barrier(2),
      steps: [
        step(2, broken, returns(false)),
        step(1, timed(1), blocks),
        elapse(0.5, thread(1, blocks)),
        elapse(1, thread(1, fails)),
        step(2, broken, returns(true)),
      ],
    },
  ),
  rule(
    'barrier.timeout.breaks-others',
    'Look whether a party that gives up wakes the others, and what they make of it.',
    {
      title: 'when the time of one is over, the others give up with it',
      objects: barrier(3),
      steps: [
        step(1, wait, blocks),
        step(2, timed(1)),
        elapse(0.5, thread(1, blocks)),
        elapse(1, thread(1, fails)),
      ],
    },
    {
      title: 'those with more time give up, too',
      objects: barrier(4),
      steps: [
        step(1, timed(10), blocks),
        step(2, wait, blocks),
        step(3, timed(1)),
        elapse(2, thread(1, fails), thread(2, fails)),
      ],
    },
    {
      title: 'one of three waits for a time only',
      objects: barrier(3),
      threads: [[wait], [timed(1)], [timed(2)]],
    },
  ),
  rule(
    'barrier.timeout.constructor-default',
    'Look at what a wait without a time-out takes instead.',
    {
      title: "a wait without a time-out has the constructor's",
      objects: barrier(2, { timeout: 2 }),
      steps: [
        step(1, wait, blocks),
        elapse(1, thread(1, blocks)),
        elapse(1.5, thread(1, fails)),
        step(2, broken, returns(true)),
      ],
    },
    {
      title: 'a time-out of None is none',
      objects: barrier(2, { timeout: 2 }),
      steps: [step(1, timed(null), blocks), elapse(1, thread(1, blocks)), elapse(1.5, thread(1, fails))],
    },
  ),
  rule(
    'barrier.timeout.argument-wins',
    "Look whether the two are compared: the wait's own is taken, whichever is smaller.",
    {
      title: 'its own time-out is longer',
      objects: barrier(2, { timeout: 1 }),
      steps: [step(1, timed(3), blocks), elapse(2, thread(1, blocks)), elapse(1.5, thread(1, fails))],
    },
    {
      title: 'its own time-out is shorter',
      objects: barrier(2, { timeout: 3 }),
      steps: [step(1, timed(1), blocks), elapse(1.5, thread(1, fails))],
    },
  ),
  rule(
    'barrier.timeout.last-arrival',
    'Look at what comes first in wait: whether all parties have come, then the time-out.',
    {
      title: 'the last to come passes with a time-out of 0 and below',
      objects: barrier(2),
      steps: [
        step(1, wait),
        step(2, timed(0), passes, thread(1, passes)),
        step(2, timed(60)),
        step(1, timed(-1), passes, thread(2, passes)),
      ],
    },
    {
      title: 'any other party with a time-out of 0 breaks the barrier at once',
      objects: barrier(3),
      steps: [step(1, wait), step(2, timed(0), fails, thread(1, fails)), step(3, broken, returns(true))],
    },
    {
      title: 'so does one with a negative time-out',
      objects: barrier(2),
      steps: [step(1, timed(-1), fails), step(2, broken, returns(true))],
    },
    {
      title: 'the last comes when the time of the first is nearly over',
      objects: barrierAndPauses(2),
      threads: [[timed(1)], [pause, timed(0)]],
    },
  ),
  usedWhere(
    rule('barrier.timeout.drain-free', 'Nothing to fix: time runs from the call on, or when all have left.', {
      title: 'a fast party comes round for a while only, and time passes before the other has left',
      objects: barrierAndPauses(2),
      threads: [[on(1, timed(0.25)), on(2, timed(0.25))], [wait], [wait, timed(1)]],
    }),
    waitsForLeavers,
  ),
  rule(
    'barrier.timeout.bad-value',
    'Look whether the time-out is checked before the party counts, or the count is put right.',
    {
      title: 'a time-out that is too large is refused, and nobody counts',
      objects: barrier(2),
      steps: [
        step(1, timed(1e12), raises('OverflowError')),
        step(2, nWaiting, returns(0)),
        step(2, broken, returns(false)),
        step(2, wait, blocks),
        step(1, wait, thread(2, passes)),
      ],
    },
    {
      title: 'who waits is not disturbed',
      objects: barrier(3),
      steps: [
        step(1, wait),
        step(2, timed(1e12), raises('OverflowError'), thread(1, blocks)),
        step(3, nWaiting, returns(1)),
      ],
    },
  ),
];
