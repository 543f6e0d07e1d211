import { blocks, call, elapse, raises, returns, returnsOneOf, step, thread } from '../../example.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import {
  abort,
  barrier,
  barrierAndPauses,
  broken,
  nWaiting,
  parties,
  pauses,
  reset,
  timed,
  wait,
} from './calls.ts';
import { passesInPart } from './uses.ts';

const fails = raises('BrokenBarrierError');
const passes = returnsOneOf(0, 1);
const [before, after] = pauses;

/** What the documentation says of aborting and resetting a barrier, and of its attributes. */
export const controlRules: readonly Rule[] = [
  rule(
    'barrier.abort.waiters-raise',
    'Look whether abort wakes everybody who waits, and one that is about to fall asleep.',
    {
      title: 'two wait, one abort sends both away',
      objects: barrier(3),
      steps: [step(1, wait), step(2, timed(60)), step(3, abort, thread(1, fails), thread(2, fails))],
    },
    { title: 'two wait while one aborts', objects: barrier(3), threads: [[wait], [wait], [abort]] },
  ),
  rule(
    'barrier.abort.future-raise',
    'Look at what wait does first: it looks whether the barrier is broken.',
    {
      title: 'who comes after an abort is sent away at once',
      objects: barrier(2),
      steps: [
        step(1, abort),
        step(1, wait, fails),
        step(2, timed(1), fails),
        step(1, timed(0), fails),
        step(2, wait, fails),
      ],
    },
  ),
  rule(
    'barrier.abort.sets-broken',
    'Look whether abort marks the barrier even if it finds nobody there.',
    {
      title: 'the barrier is broken after an abort, not before',
      objects: barrier(2),
      steps: [
        step(1, broken, returns(false)),
        step(1, abort, returns(undefined)),
        step(2, broken, returns(true)),
        step(1, abort, returns(undefined)),
        step(2, broken, returns(true)),
      ],
    },
    {
      title: 'the barrier is broken after an abort that found somebody waiting',
      objects: barrier(2),
      steps: [step(1, wait), step(2, broken, returns(false)), step(2, abort), step(2, broken, returns(true))],
    },
  ),
  usedWhere(
    rule(
      'barrier.abort.after-trip-free',
      'Nothing to fix: who has not left when the barrier is aborted may pass or fail.',
      {
        title: 'the last to come aborts at once',
        objects: barrier(2),
        threads: [
          [wait, abort],
          [wait, abort],
        ],
      },
    ),
    passesInPart,
  ),
  rule(
    'barrier.reset.waiters-raise',
    'Look whether reset wakes everybody who waits, and what tells them that it was no passage.',
    {
      title: 'two wait, one reset sends both away',
      objects: barrier(3),
      steps: [step(1, wait), step(2, timed(60)), step(3, reset, thread(1, fails), thread(2, fails))],
    },
    {
      title: 'one waits, and is sent away by a reset or else by an abort',
      objects: barrierAndPauses(2),
      threads: [[wait], [before, reset, after, abort]],
    },
  ),
  rule('barrier.reset.empty', 'Look at the count of arrivals after a reset.', {
    title: 'who came before a reset does not count after it',
    objects: barrier(2),
    steps: [
      step(1, wait),
      step(3, reset, returns(undefined)),
      step(2, wait, blocks),
      step(3, nWaiting, returns(1), thread(2, blocks)),
      step(1, wait, passes, thread(2, passes)),
    ],
  }),
  rule(
    'barrier.reset.repairs',
    'Look whether reset takes back that the barrier is broken.',
    {
      title: 'a barrier that was aborted can be used after a reset',
      objects: barrier(2),
      steps: [
        step(1, abort),
        step(1, reset),
        step(1, broken, returns(false)),
        step(1, wait, blocks),
        step(2, wait, thread(1, passes), passes),
      ],
    },
    {
      title: 'so can one that a time-out has broken',
      objects: barrier(2),
      steps: [
        step(1, timed(1)),
        elapse(2),
        step(2, reset),
        step(2, broken, returns(false)),
        step(2, wait, blocks),
        step(1, wait, thread(2, passes)),
      ],
    },
  ),
  rule(
    'barrier.reset.leavers',
    'Look at an arrival while those who were sent away have not left: it is none of them.',
    {
      title: 'who resets looks at the barrier, and comes back while others have not left',
      objects: barrierAndPauses(2),
      threads: [
        [wait, wait],
        [before, reset, broken, nWaiting, wait, abort],
      ],
    },
  ),
  rule(
    'barrier.reset.after-trip',
    'Look at what a woken party compares: not whether the barrier is as new, but whether its passage was full.',
    {
      title: 'the last to come resets at once',
      objects: barrier(2),
      threads: [
        [wait, reset],
        [wait, reset],
      ],
    },
  ),
  rule(
    'barrier.broken.sticky',
    'Look for anything but reset that takes back that the barrier is broken: the last to leave, above all.',
    {
      title: 'a barrier stays broken when those who waited have left',
      objects: barrier(3),
      steps: [
        step(1, wait),
        step(2, wait),
        step(3, abort),
        step(1, wait, fails),
        step(2, broken, returns(true)),
        step(3, timed(0), fails),
      ],
    },
    {
      title: 'a barrier that a time-out has broken stays so',
      objects: barrier(2),
      steps: [
        step(1, timed(1)),
        elapse(2),
        step(2, wait, fails),
        step(1, wait, fails),
        step(1, broken, returns(true)),
      ],
    },
  ),
  rule(
    'barrier.n-waiting',
    'Look at what is counted: those that wait for more parties, not arrivals.',
    {
      title: 'it grows with each arrival, and is 0 again after a passage',
      objects: barrier(3),
      steps: [
        step(3, nWaiting, returns(0)),
        step(1, wait),
        step(3, nWaiting, returns(1)),
        step(2, wait),
        step(3, nWaiting, returns(2)),
        step(3, wait),
        step(3, nWaiting, returns(0)),
        step(1, wait),
        step(3, nWaiting, returns(1)),
      ],
    },
    {
      title: 'it is 0 when all have been sent away',
      objects: barrier(2),
      steps: [
        step(1, wait),
        step(2, abort),
        step(2, nWaiting, returns(0)),
        step(1, wait),
        step(2, nWaiting, returns(0)),
        step(2, reset),
        step(2, nWaiting, returns(0)),
      ],
    },
  ),
  rule('barrier.attributes-readonly', 'Look whether the attributes have setters, or are plain fields.', {
    title: 'no attribute can be set',
    objects: barrier(2),
    steps: [
      step(1, call('assign', { parties: 1 }), raises('TypeError')),
      step(1, call('assign', { nWaiting: 1 }), raises('TypeError')),
      step(1, call('assign', { broken: true }), raises('TypeError')),
      step(1, parties, returns(2)),
      step(1, nWaiting, returns(0)),
      step(1, broken, returns(false)),
    ],
  }),
];
