import {
  apart,
  captures,
  capturesInOrder,
  equal,
  inRange,
  integers,
  last,
  never,
  once,
  only,
  times,
} from '../../output/checks.ts';
import { like, numbered } from '../../output/lines.ts';
import { type NotApplicable, notApplicable, type Rule, rule, usedWhere } from '../../rule.ts';
import { program } from './program.ts';
import { repeatsValues, takesOtherTime } from './uses.ts';

const saysTime = (name: string) => like(`${name}: ([0-9.]+)`);
const names = integers(0, 9).map((number) => `Thread-${number}`);
const value = like('Thread-[0-9]: ([0-9]+)');

/** What clocks of different make may differ by: the program sleeps by one and says the time by another. */
const rounding = 0.005;

/** Programs on raw threads, shared globals and the speed of two threads. */
export const globalsRules: readonly (Rule | NotApplicable)[] = [
  rule(
    'prog.s2.print-time',
    'Look at what exit() ends: the thread that calls it, and nothing else.',
    program(
      'one thread leaves after its second line, the other says the time five times',
      'printTime',
      times(saysTime('Thread-1'), 2),
      apart(saysTime('Thread-1'), 0.1 - rounding),
      inRange(saysTime('Thread-1'), 0.1 - rounding),
      times(saysTime('Thread-2'), 5),
      apart(saysTime('Thread-2'), 0.2 - rounding),
      inRange(saysTime('Thread-2'), 0.2 - rounding),
      only(saysTime('Thread-1'), saysTime('Thread-2')),
    ),
  ),
  usedWhere(
    rule(
      'prog.s2.globals-unlocked',
      'Look for threads that run twice, or not at all.',
      program(
        'ten threads add to a global, with no lock',
        'globalsUnlocked',
        captures(like('(Thread-[0-9]): [0-9]+'), names),
        inRange(value, 0, 9),
        inRange(numbered('at last: #'), 1, 10),
        last(numbered('at last: #')),
        times(like('.*'), 11),
      ),
    ),
    repeatsValues,
  ),
  rule(
    'prog.s2.globals-locked',
    'Look at how many threads the lock lets in.',
    program(
      'ten threads add to a global, one after the other',
      'globalsLocked',
      capturesInOrder(value, integers(0, 9)),
      captures(like('(Thread-[0-9]): [0-9]+'), names),
      last('at last: 10'),
    ),
  ),
  rule(
    'prog.s2.doubler',
    'Look at which thread currentThread() finds, and at the default names.',
    program(
      'five threads say their names and what they were given, doubled',
      'doubler',
      captures(like('Thread-([0-9]+)(?: \\(.*\\))?'), integers(1, 5)),
      captures(like('([0-9]+)'), [0, 2, 4, 6, 8]),
      times('', 5),
      times(like('.*'), 15),
    ),
  ),
  usedWhere(
    rule(
      'prog.s2.countdown',
      'Look at when join() returns: not before the thread has counted to the end.',
      program(
        'all is counted, alone and in two threads',
        'countdown',
        once(like('alone: counted [0-9]+ in [0-9.]+ s')),
        once(like('in two threads: counted [0-9]+ in [0-9.]+ s')),
        once(like('ratio [0-9.]+')),
        never(like('.*counted 0 in.*')),
        equal(like('(?:alone|in two threads): counted ([0-9]+) in [0-9.]+ s')),
      ),
    ),
    takesOtherTime,
  ),
  notApplicable(
    'prog.s2.getrefcount',
    'Reference counts are internals of one interpreter, and JavaScript has none that a program could see.',
  ),
];
