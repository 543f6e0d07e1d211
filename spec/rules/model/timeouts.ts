import {
  blocks,
  call,
  elapse,
  type Expectation,
  object,
  type OrderedExample,
  raises,
  returns,
  step,
  thread,
} from '../../example.ts';
import { general, type Rule, rule, usedWhere } from '../../rule.ts';
import type { Args, Call, Family } from '../../program.ts';
import { acquire, release, timed, timedWait, tryAcquire } from './calls.ts';
import { expiresLate } from './uses.ts';

/** A call that has to wait for as long as it is told, on an object of this family. */
interface Waiting {
  readonly title: string;
  readonly family: Family;
  readonly args?: Args;
  /** What another thread, and what the one that waits, has to do before. */
  readonly before?: readonly Call[];
  readonly own?: readonly Call[];
  readonly waiting: (timeout: number | string) => Call;
  /** How the call gives up. */
  readonly givesUp?: Expectation;
}

const lock: Waiting = { title: 'of a lock', family: 'lock', before: [acquire], waiting: timed };
const rlock: Waiting = { title: 'of an RLock', family: 'rlock', before: [acquire], waiting: timed };
const sem: Waiting = { title: 'of a semaphore', family: 'sem', args: { value: 0 }, waiting: timed };
const event: Waiting = { title: 'of an event', family: 'event', waiting: timedWait };
const cond: Waiting = { title: 'of a condition', family: 'cond', own: [acquire], waiting: timedWait };
const barrier: Waiting = {
  title: 'of a barrier',
  family: 'barrier',
  args: { parties: 2 },
  waiting: timedWait,
  givesUp: raises('BrokenBarrierError'),
};
const queue: Waiting = {
  title: 'of a queue',
  family: 'queue',
  waiting: (timeout) => call('get', { timeout }),
  givesUp: raises('Empty'),
};

function prepared({ before = [], own = [] }: Waiting) {
  return [...before.map((made) => step(1, made)), ...own.map((made) => step(2, made))];
}

/** Time-outs with what passes before each must still wait; afterwards ample time passes, for it may be late. */
function expiring(
  waits: Waiting,
  timeouts: readonly (readonly [timeout: number, notYet: number])[],
): OrderedExample {
  const { title, family, args, waiting, givesUp = returns(false) } = waits;
  return {
    title: `${title}: ${timeouts.map(([timeout]) => `${timeout} s`).join(', ')}`,
    objects: [object(family, args)],
    steps: [
      ...prepared(waits),
      ...timeouts.flatMap(([timeout, notYet]) => [
        step(2, waiting(timeout), blocks),
        elapse(notYet, thread(2, blocks)),
        elapse(10, thread(2, givesUp)),
      ]),
    ],
  };
}

function refusing(waits: Waiting): OrderedExample {
  const { title, family, args, waiting } = waits;
  return {
    title: `${title}: a text is refused`,
    objects: [object(family, args)],
    steps: [...prepared(waits), step(2, waiting('1'), raises('TypeError'))],
  };
}

const inSeconds: readonly (readonly [number, number])[] = [
  [1.5, 1.4],
  [0.25, 0.2],
];

/** For what is waited for once. */
const quarter: readonly (readonly [number, number])[] = [[0.25, 0.2]];

/** Longer than a counter of 32 bits counts milliseconds. */
const months: readonly (readonly [number, number])[] = [[5_000_000, 4_999_995]];

const toTheEnd: readonly (readonly [number, number])[] = [
  [1, 0.9999],
  [0.5, 0.4999],
];

/** The rules of time-outs. */
export const timeoutsRules: readonly Rule[] = [
  rule(
    'model.timeouts-in-seconds',
    'Look at what is made of a time-out before it reaches Atomics.wait, which takes milliseconds.',
    expiring(lock, inSeconds),
    expiring(rlock, inSeconds),
    expiring(sem, inSeconds),
    expiring(event, inSeconds),
    expiring(cond, inSeconds),
    expiring(barrier, quarter),
    expiring(queue, inSeconds),
    expiring(lock, months),
    expiring(event, months),
  ),

  rule(
    'model.timeout-number-types',
    'Look at whether anything but a number is refused: JavaScript makes a number of almost everything.',
    refusing(lock),
    refusing(rlock),
    refusing(sem),
    refusing(event),
  ),
  general(
    rule(
      'model.timeout-lower-bound',
      'Look at what ends a timed wait: that its time is over on the clock, not that it was woken, or that it slept once.',
      expiring(lock, toTheEnd),
      expiring(sem, toTheEnd),
      expiring(event, toTheEnd),
      {
        title: 'a thread waits for a lock for a time, two others come and go',
        objects: [object('lock')],
        threads: [
          [acquire, release, acquire, release],
          [timed(4), release],
          [acquire, release],
        ],
      },
    ),
  ),
  usedWhere(
    rule(
      'model.timeout-upper-free',
      'Nothing to fix: a time-out may be late, only not early.',
      {
        title: 'two threads wait for an event that nobody sets',
        objects: [object('event')],
        threads: [[timedWait(1)], [timedWait(2)]],
      },
      {
        title: 'two threads wait for a lock that nobody releases',
        objects: [object('lock')],
        threads: [[tryAcquire, timed(1)], [timed(2)]],
      },
    ),
    expiresLate,
  ),
];
