import { blocks, elapse, object, type OrderedExample, raises, returns, step, thread } from '../../example.ts';
import { general, type Rule, rule, usedWhere } from '../../rule.ts';
import type { Call, Family } from '../../program.ts';
import { acquire, release, timed, timedWait, tryAcquire } from './calls.ts';
import { expiresLate } from './uses.ts';

/** A call that has to wait for as long as it is told, on an object of this family, and what has to happen before. */
interface Waiting {
  readonly title: string;
  readonly family: Family;
  readonly value?: number;
  readonly before: readonly Call[];
  readonly waiting: (timeout: number | string) => Call;
}

const waits: readonly [Waiting, Waiting, Waiting, Waiting] = [
  { title: 'of a lock', family: 'lock', before: [acquire], waiting: timed },
  { title: 'of an RLock', family: 'rlock', before: [acquire], waiting: timed },
  { title: 'of a semaphore', family: 'sem', value: 0, before: [], waiting: timed },
  { title: 'of an event', family: 'event', before: [], waiting: timedWait },
];

/** Time-outs with what passes before each must still wait; afterwards ample time passes, for it may be late. */
function expiring(
  { title, family, value, before, waiting }: Waiting,
  timeouts: readonly (readonly [timeout: number, notYet: number])[],
): OrderedExample {
  return {
    title: `${title}: ${timeouts.map(([timeout]) => `${timeout} s`).join(', ')}`,
    objects: [object(family, value === undefined ? {} : { value })],
    steps: [
      ...before.map((call) => step(1, call)),
      ...timeouts.flatMap(([timeout, notYet]) => [
        step(2, waiting(timeout), blocks),
        elapse(notYet, thread(2, blocks)),
        elapse(10, thread(2, returns(false))),
      ]),
    ],
  };
}

function refusing({ title, family, value, before, waiting }: Waiting): OrderedExample {
  const text = waiting('1');
  return {
    title: `${title}: a text is refused`,
    objects: [object(family, value === undefined ? {} : { value })],
    steps: [...before.map((call) => step(1, call)), step(2, text, raises('TypeError'))],
  };
}

const [lock, rlock, sem, event] = waits;

const inSeconds: readonly (readonly [number, number])[] = [
  [1.5, 1.4],
  [0.25, 0.2],
];

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
