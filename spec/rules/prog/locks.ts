import {
  atLeast,
  barred,
  before,
  captures,
  inOrder,
  inRange,
  inside,
  integers,
  last,
  never,
  once,
  only,
  paired,
  times,
} from '../../output/checks.ts';
import { like, numbered } from '../../output/lines.ts';
import { type Rule, rule } from '../../rule.ts';
import { program } from './program.ts';

const firstTry = like('First try : [Tt]rue');
const secondTry = (succeeds: boolean) => like(`Second try: ${succeeds ? '[Tt]rue' : '[Ff]alse'}`);
const isSet = (name: string) => like(`\\(${name}\\) event set: [Tt]rue`);
const acquired = numbered('(Worker) Iteration #: Acquired');
const done = numbered('(Worker) Done after # iterations');
const consumers = ['c1', 'c2'];
const workers = ['worker-0', 'worker-1', 'worker-2'];

/** Programs on locks, events, conditions and barriers. */
export const locksRules: readonly Rule[] = [
  rule(
    'prog.s4.event',
    'Look at whom set() wakes, and at what a wait with a time-out returns then.',
    program(
      'one waits for an event, another looks up again and again',
      'event',
      inOrder('(block) waiting', isSet('block')),
      before('about to set the event', like('\\([a-z]+\\) event set: .*')),
      inOrder('(nonblock) waiting', isSet('nonblock'), '(nonblock) processing event'),
      never('(nonblock) doing other work'),
      once('event is set'),
      before('about to set the event', 'event is set'),
    ),
  ),
  rule(
    'prog.s4.lock-counter',
    'Look at how many threads hold the lock at a time.',
    program(
      'two threads count on one counter',
      'lockCounter',
      inside(like('\\((.)\\) Acquired lock'), like('\\((.)\\) Releasing lock'), 1),
      paired(like('\\((.)\\) Waiting for lock'), like('\\((.)\\) Acquired lock')),
      captures(like('\\((.)\\) Acquired lock'), ['a', 'a', 'b', 'b']),
      captures(like('\\((.)\\) Done'), ['a', 'b']),
      once('(main) Waiting for worker threads'),
      last('(main) Counter: 4'),
    ),
  ),
  rule(
    'prog.s4.lock-noblock',
    'Look at what acquire(0) does while another thread holds the lock: it returns.',
    program(
      'a worker gets the lock in the pauses of another, who has it again and again',
      'lockNoblock',
      atLeast(numbered('(Worker) Iteration #: Not acquired'), 1),
      times(acquired, 3),
      paired(like('\\((Worker)\\) Trying to acquire'), like('\\((Worker)\\) Iteration .*')),
      once(done),
      inRange(done, 3),
      before(acquired, done),
      barred(acquired, '(LockHolder) Holding', '(LockHolder) Not holding'),
    ),
  ),
  rule(
    'prog.s4.lock-reacquire',
    'Look for a test of who holds the lock: there must be none.',
    program(
      'the second try of the same thread fails',
      'lockReacquire',
      only(firstTry, secondTry(false)),
      inOrder(firstTry, secondTry(false)),
    ),
  ),
  rule(
    'prog.s4.rlock',
    'Look at what the lock lets its owner do.',
    program(
      'the second try of the same thread succeeds',
      'rlock',
      only(firstTry, secondTry(true)),
      inOrder(firstTry, secondTry(true)),
    ),
  ),
  rule(
    'prog.s4.lock-with',
    'Look at the release at the end of the with-statement.',
    program(
      'one thread holds it by a with-statement, one directly',
      'lockWith',
      once('Lock acquired via with'),
      once('Lock acquired directly'),
      inside(like('Lock acquired (via with|directly)'), like('Lock to be released (via with|directly)'), 1),
      last('Lock acquired at last'),
    ),
  ),
  rule(
    'prog.s4.condition',
    'Look at how many waiters notifyAll() wakes.',
    program(
      'two consumers wait for what a producer makes',
      'condition',
      ...consumers.map((name) => once(`(${name}) Resource is available to consumer`)),
      once('(p) Making resource available'),
      before('(p) Making resource available', like('.*Resource is available to consumer')),
      captures(like('\\((.*)\\) Starting (?:consumer|producer) thread'), [...consumers, 'p']),
      times(like('.*'), 6),
    ),
  ),
  rule(
    'prog.s4.barrier',
    'Look at how many have to come before any goes on.',
    program(
      'three threads come one after the other',
      'barrier',
      before(like('worker-. waiting .*'), like('worker-. after barrier .*')),
      inOrder(...workers.map((name, others) => `${name} waiting for barrier with ${others} others`)),
      captures(like('(worker-.) starting'), workers),
      captures(like('(worker-.) after barrier [0-9]+'), workers),
      captures(like('worker-. after barrier ([0-9]+)'), integers(0, 2)),
    ),
  ),
  rule(
    'prog.s4.barrier-abort',
    'Look at whom abort() wakes: all that wait.',
    program(
      'three threads wait for a fourth that never comes',
      'barrierAbort',
      captures(like('([abc]) aborting'), ['a', 'b', 'c']),
      captures(like('([abc]) waiting'), ['a', 'b', 'c']),
      only(like('[abc] waiting'), like('[abc] aborting')),
    ),
  ),
];
