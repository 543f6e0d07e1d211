import { blocks, call, on, raises, returns, returnsOneOf, step, thread } from '../../example.ts';
import { general, type Rule, rule, usedWhere } from '../../rule.ts';
import { barrier, nWaiting, parties, timed, wait } from './calls.ts';
import { numbersOutOfOrder } from './uses.ts';

const mine = call('write', { value: 1 });
const read = call('read');

/** What the documentation says of making a barrier, and of parties that pass it. */
export const passageRules: readonly Rule[] = [
  rule('barrier.new.parties', 'Look at what the attribute reads: the number that was given, not a count.', {
    title: 'the number of parties is the one that was given, whoever waits',
    objects: barrier(3),
    steps: [
      step(1, parties, returns(3)),
      step(2, wait),
      step(1, parties, returns(3)),
      step(3, wait),
      step(1, wait),
      step(1, parties, returns(3)),
    ],
  }),
  rule(
    'barrier.new.positive',
    'Look whether the constructor checks the number of parties.',
    {
      title: 'there is no barrier for nobody',
      objects: barrier(0),
      steps: [],
      creation: { raises: 'ValueError' },
    },
    {
      title: 'there is no barrier for less than nobody',
      objects: barrier(-1),
      steps: [],
      creation: { raises: 'ValueError' },
    },
  ),
  rule(
    'barrier.wait.blocks',
    'Look at the number of arrivals at which wait lets anybody go: all parties, not one less.',
    {
      title: 'two of three parties wait for the third',
      objects: barrier(3),
      steps: [
        step(1, wait, blocks),
        step(2, timed(60), blocks, thread(1, blocks)),
        step(3, wait, thread(1, returnsOneOf(0, 1, 2))),
      ],
    },
    {
      title: 'a thread that does something else is no party',
      objects: barrier(2),
      steps: [step(1, wait, blocks), step(2, nWaiting, thread(1, blocks)), step(2, wait)],
    },
  ),
  rule(
    'barrier.wait.releases-all',
    'Look at how many sleepers the last arrival notifies, and at one that is about to fall asleep.',
    {
      title: 'the last of three parties lets both others go',
      objects: barrier(3),
      steps: [
        step(1, wait),
        step(2, wait),
        step(
          3,
          wait,
          thread(1, returnsOneOf(0, 1, 2)),
          thread(2, returnsOneOf(0, 1, 2)),
          returnsOneOf(0, 1, 2),
        ),
      ],
    },
    {
      title: 'three parties, two rounds',
      objects: barrier(3),
      threads: [
        [wait, wait],
        [wait, wait],
        [wait, wait],
      ],
    },
  ),
  rule(
    'barrier.wait.id-range',
    'Look at where wait takes its number from: places counted from 0.',
    {
      title: 'the numbers begin at 0 and end below the number of parties',
      objects: barrier(2),
      steps: [
        step(1, wait),
        step(2, wait, returnsOneOf(0, 1), thread(1, returnsOneOf(0, 1))),
        step(2, wait),
        step(1, wait, returnsOneOf(0, 1), thread(2, returnsOneOf(0, 1))),
      ],
    },
    { title: 'three parties', objects: barrier(3), threads: [[wait], [wait], [wait]] },
  ),
  rule(
    'barrier.wait.id-distinct',
    'Look whether each party keeps the place that it took when it arrived, while others arrive.',
    {
      title: 'three parties, two rounds',
      objects: barrier(3),
      threads: [
        [wait, wait],
        [wait, wait],
        [wait, wait],
      ],
    },
  ),
  usedWhere(
    rule('barrier.wait.id-assignment-free', 'Nothing to fix: any party may have any number.', {
      title: 'three parties',
      objects: barrier(3),
      threads: [[wait], [wait], [wait]],
    }),
    numbersOutOfOrder,
  ),
  rule('barrier.wait.single-party', 'Look whether the first arrival can be the last.', {
    title: 'the only party passes at once, with number 0',
    objects: barrier(1),
    steps: [step(1, wait, returns(0)), step(2, wait, returns(0)), step(1, timed(0), returns(0))],
  }),
  rule(
    'barrier.reusable',
    'Look at what is left of a passage when it is over: no arrivals, and no way through.',
    {
      title: 'after a passage the barrier is closed, and opens again',
      objects: barrier(2),
      steps: [
        step(1, wait),
        step(2, wait),
        step(1, wait, blocks),
        step(2, wait, thread(1, returnsOneOf(0, 1)), returnsOneOf(0, 1)),
        step(2, wait, blocks),
        step(1, wait, thread(2, returnsOneOf(0, 1)), returnsOneOf(0, 1)),
      ],
    },
  ),
  rule(
    'barrier.generations-separate',
    'Look at what a woken party compares, and what one that comes round meanwhile has changed of it.',
    {
      title: 'two parties, three rounds',
      objects: barrier(2),
      threads: [
        [wait, wait, wait],
        [wait, wait, wait],
      ],
    },
    {
      title: 'three parties, two rounds',
      objects: barrier(3),
      threads: [
        [wait, wait],
        [wait, wait],
        [wait, wait],
      ],
    },
  ),
  general(
    rule(
      'barrier.lockstep',
      'Look at the order in the last arrival: it counts itself first, then lets the others go.',
      {
        title: 'each of two parties sees what the other has written',
        objects: [...barrier(2), { family: 'cell', args: {} }, { family: 'cell', args: {} }],
        threads: [
          [on(1, mine), wait, on(2, read), wait],
          [on(2, mine), wait, on(1, read), wait],
        ],
      },
    ),
  ),
  rule(
    'barrier.surplus-threads',
    'Look at an arrival while parties of a full passage have not left: it has to begin the next.',
    {
      title: 'the third of two waits for a fourth',
      objects: barrier(2),
      steps: [
        step(1, wait),
        step(2, wait),
        step(3, wait, blocks),
        step(4, wait, thread(3, returnsOneOf(0, 1)), returnsOneOf(0, 1)),
      ],
    },
    { title: 'four threads, two by two', objects: barrier(2), threads: [[wait], [wait], [wait], [wait]] },
    {
      title: 'the third of two gives up',
      objects: barrier(2),
      threads: [[timed(1)], [timed(1)], [timed(1)]],
    },
  ),
  rule('barrier.error-class', 'Look at what the class of the error extends.', {
    title: 'the error of a broken barrier is a RuntimeError, too',
    objects: barrier(2),
    steps: [step(1, timed(0), raises('BrokenBarrierError', 'RuntimeError'))],
  }),
];
