import {
  captures,
  complains,
  exits,
  inOrder,
  inRange,
  inside,
  integers,
  last,
  never,
  notBefore,
  once,
  only,
  tally,
  times,
} from '../../output/checks.ts';
import { like, numbered } from '../../output/lines.ts';
import type { ProgramExample } from '../../output.ts';
import { type Rule, rule } from '../../rule.ts';
import { program } from './program.ts';

const elements = 120;

/** A consumer that takes from an empty buffer: it complains, and the process ends all the same. */
const emptyBuffer: ProgramExample = {
  title: 'a consumer that never waits takes from an empty buffer, and dies with the lock held',
  program: 'emptyBuffer',
  shows: [
    never(like('consumed.*')),
    once('the lock stays held'),
    complains(like('Exception in thread .*')),
    exits(0),
  ],
};

const kinds = ['Lock', 'RLock', 'Semaphore', 'Condition'];
const ends = [
  ['returns', 'result'],
  ['throws', 'the body fails'],
] as const;
const forms = ['with', 'by hand'];

/** Programs of a page that describes the primitives one by one. */
export const primitivesRules: readonly Rule[] = [
  rule(
    'prog.s0.connection-per-thread',
    'Look at whether startNewThread returns while the new thread still runs.',
    program(
      'a second client is served while the thread of the first waits',
      'connectionPerThread',
      inOrder('first client: welcome', 'second client: welcome'),
      inOrder('second client: AM I SERVED?', 'first client: AND I?'),
    ),
  ),
  rule(
    'prog.s0.with-lock',
    'Look at who gets into a block while another is in one, and at the release at its end.',
    program(
      'blocks of three threads never overlap',
      'withLock',
      inside(like('([abc]) enters'), like('([abc]) leaves'), 1),
      ...['a', 'b', 'c'].map((name) => times(`${name} leaves`, 4)),
      once('sum 12, free'),
      last('sum 12, free'),
    ),
  ),
  rule(
    'prog.s1.local',
    'Look at where an attribute of a Local is kept: the thread has to be part of it.',
    program(
      'one thread sets it, another one and the main thread have none',
      'local',
      only('setter: 1', 'reader: no x', 'MainThread: no x'),
      inOrder('setter: 1', 'reader: no x', 'MainThread: no x'),
    ),
  ),
  rule(
    'prog.s1.producer-consumer',
    'Look at what wait() does with the lock, and at whom a notification reaches.',
    program(
      'three producers and two consumers of one buffer',
      'producerConsumer',
      tally(like('produced [0-9]+, size ([0-9]+)'), like('consumed [0-9]+, size ([0-9]+)')),
      inRange(like('(?:produced|consumed) [0-9]+, size ([0-9]+)'), 0, 101),
      captures(like('produced ([0-9]+), size [0-9]+'), integers(0, elements - 1)),
      captures(like('consumed ([0-9]+), size [0-9]+'), integers(0, elements - 1)),
      last('all have ended'),
    ),
    emptyBuffer,
  ),
  rule(
    'prog.s1.pool',
    'Look at how many a bounded semaphore lets in, and at what bounds its releases.',
    program(
      'eight workers, of whom five may be inside',
      'pool',
      inside(numbered('worker # enters'), numbered('worker # leaves'), 5),
      captures(numbered('worker # leaves'), integers(0, 7)),
      last('one release too many: ValueError'),
    ),
  ),
  rule(
    'prog.s1.timer-hello',
    'Look at when the function is called, and at whether the process waits for it.',
    program(
      'nothing but the timer keeps the process',
      'timerHello',
      once('hello, world'),
      notBefore(0.3, 'hello, world'),
      only('hello, world'),
    ),
  ),
  rule(
    'prog.s1.with-equivalence',
    'Look at what the with-statement does with what its body returns or throws.',
    program(
      'the same happens in both forms, however the body ends',
      'withEquivalence',
      inOrder(
        ...kinds.flatMap((kind) =>
          ends.flatMap(([end, result]) =>
            forms.map((form) => `${kind} ${end}, ${form}: acquired, body, released, ${result}`),
          ),
        ),
      ),
      times(like('.*'), kinds.length * ends.length * forms.length),
    ),
  ),
];
