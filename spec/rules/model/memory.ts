import { object, on, returns, step } from '../../example.ts';
import { general, notApplicable, type NotApplicable, type Rule, rule, usedWhere } from '../../rule.ts';
import {
  acquire,
  increment,
  isSet,
  locked,
  notify,
  read,
  release,
  set,
  tryAcquire,
  wait,
  waitFor,
  write,
} from './calls.ts';
import { losesIncrement } from './uses.ts';

/** The rules of what threads share. */
export const memoryRules: readonly (Rule | NotApplicable)[] = [
  general(
    rule(
      'model.shared-memory',
      'Look at what is posted to a thread: shared memory, not a copy of what is in it.',
      {
        title: 'every thread sees what any thread did to a lock',
        objects: [object('lock')],
        steps: [
          step(1, acquire),
          step(2, locked, returns(true)),
          step(3, tryAcquire, returns(false)),
          step(2, release, returns(undefined)),
          step(1, locked, returns(false)),
          step(3, tryAcquire, returns(true)),
        ],
      },
      {
        title: 'every thread sees what any thread did to a semaphore',
        objects: [object('sem', { value: 1 })],
        steps: [
          step(1, tryAcquire, returns(true)),
          step(2, tryAcquire, returns(false)),
          step(1, release),
          step(2, tryAcquire, returns(true)),
        ],
      },
      {
        title: 'every thread sees that an event was set',
        objects: [object('event')],
        steps: [step(1, set), step(2, isSet, returns(true)), step(3, wait, returns(true))],
      },
      {
        title: 'what was written before an event was set is read after waiting for it',
        objects: [object('event'), object('cell')],
        threads: [
          [on(1, write(1)), set],
          [wait, on(1, read)],
          [wait, on(1, read)],
        ],
      },
      {
        title: 'what was written before a semaphore was released is read after acquiring it',
        objects: [object('sem', { value: 0 }), object('cell')],
        threads: [
          [on(1, write(1)), release],
          [acquire, on(1, read), on(1, write(2)), release],
          [acquire, on(1, read), release],
        ],
      },
      {
        title: 'what was written before a condition was notified is read after waiting for it',
        objects: [object('cond'), object('cell')],
        threads: [
          [acquire, on(1, write(1)), notify, release],
          [acquire, waitFor, on(1, read), release],
        ],
      },
      {
        title: 'what was written under a lock is read under it',
        objects: [object('lock'), object('cell')],
        threads: [
          [acquire, on(1, write(1)), on(1, read), release],
          [acquire, on(1, read), on(1, write(2)), release],
          [acquire, on(1, read), release],
        ],
      },
    ),
  ),
  usedWhere(
    general(
      rule(
        'model.compound-not-atomic',
        'Look at the lock: while it is held, nobody else may come between reading a number and writing it.',
        {
          title: 'two threads increment a counter under a lock',
          objects: [object('lock'), object('cell')],
          threads: [
            [acquire, on(1, increment), release, acquire, on(1, increment), release],
            [acquire, on(1, increment), on(1, increment), release],
          ],
        },
        {
          title: 'two threads increment a counter, each behind a lock of its own',
          objects: [object('lock'), object('lock'), object('cell')],
          threads: [
            [acquire, on(2, increment), release],
            [on(1, acquire), on(2, increment), on(1, release)],
          ],
        },
      ),
    ),
    losesIncrement,
  ),
  notApplicable(
    'model.builtin-containers',
    "JavaScript's arrays and maps belong to one thread: no other thread can reach them, and posting one makes a copy.",
  ),
];
