import { blocks, call, elapse, object, on, raises, returns, step, thread } from '../../example.ts';
import { general, type Rule, rule, usedWhere } from '../../rule.ts';
import {
  acquire,
  clear,
  isSet,
  locked,
  poll,
  release,
  set,
  timed,
  timedWait,
  tryAcquire,
  wait,
} from './calls.ts';
import { comesBetween, overlaps } from './uses.ts';

const twoLocks = [object('lock'), object('lock')];
const several = call('release', { n: 2 });

/** The rules of how threads go on beside each other. */
export const threadsRules: readonly Rule[] = [
  usedWhere(
    rule(
      'model.parallelism-free',
      'Look for what takes it for granted that calls overlap, or that they do not.',
      {
        title: 'two threads at two events',
        objects: [object('event'), object('event')],
        threads: [
          [set, clear, set, isSet],
          [on(1, set), on(1, clear), on(1, set), on(1, isSet)],
        ],
      },
      {
        title: 'two threads at two locks',
        objects: twoLocks,
        threads: [
          [acquire, release, acquire, release],
          [on(1, acquire), on(1, release), on(1, acquire), on(1, release)],
        ],
      },
    ),
    overlaps,
  ),
  usedWhere(
    rule(
      'model.interleaving-free',
      'Look for what takes it for granted that a thread makes two calls in a row.',
      {
        title: 'a thread sets and clears while another one looks',
        objects: [object('event')],
        threads: [
          [set, clear, set],
          [isSet, isSet, isSet],
        ],
      },
      {
        title: 'two threads try to get a lock',
        objects: [object('lock')],
        threads: [
          [tryAcquire, locked, locked],
          [locked, tryAcquire, locked],
        ],
      },
    ),
    comesBetween,
  ),
  general(
    rule(
      'model.blocked-does-not-stall',
      'Look at what a thread holds while it sleeps: nothing that another call needs.',
      {
        title: 'while a thread waits for a lock, others use it and another one',
        objects: twoLocks,
        steps: [
          step(1, acquire),
          step(2, acquire, blocks),
          step(3, on(1, acquire), returns(true)),
          step(3, on(1, locked), returns(true)),
          step(3, locked, returns(true)),
          step(3, tryAcquire, returns(false)),
          step(3, on(1, release), returns(undefined)),
          step(1, on(1, tryAcquire), returns(true)),
        ],
      },
      {
        title: 'while a thread waits for an event, others use it and another one',
        objects: [object('event'), object('event')],
        steps: [
          step(1, wait, blocks),
          step(2, isSet, returns(false)),
          step(2, clear, returns(undefined)),
          step(2, on(1, set), returns(undefined)),
          step(3, on(1, wait), returns(true)),
          step(3, poll, returns(false)),
        ],
      },
      {
        title: 'while a thread waits for a semaphore, others try to acquire it',
        objects: [object('sem', { value: 0 }), object('sem')],
        steps: [
          step(1, acquire, blocks),
          step(2, tryAcquire, returns(false)),
          step(2, on(1, acquire), returns(true)),
          step(2, on(1, release), returns(undefined)),
          step(2, tryAcquire, returns(false)),
        ],
      },
      {
        title: 'while a thread waits for a condition, others have its lock',
        objects: [object('cond')],
        steps: [
          step(1, acquire),
          step(1, wait, blocks),
          step(2, acquire, returns(true)),
          step(2, release, returns(undefined)),
          step(3, tryAcquire, returns(true)),
          step(3, release, returns(undefined)),
        ],
      },
      {
        title: 'a thread waits for its own lock for a time, two others go on',
        objects: twoLocks,
        threads: [
          [tryAcquire, timed(5)],
          [on(1, acquire), locked, on(1, release)],
          [tryAcquire, on(1, locked), locked],
        ],
      },
      {
        title: 'two threads wait for an event for a time, one goes on',
        objects: [object('event'), object('event')],
        threads: [[timedWait(5)], [timedWait(3), isSet], [isSet, on(1, set), clear, on(1, wait), isSet]],
      },
    ),
  ),
  general(
    rule(
      'model.methods-atomic',
      'Look for a method that writes in two steps what another one reads, with nothing that keeps others out between them.',
      {
        title: 'three threads try, release and look at a lock',
        objects: [object('lock')],
        threads: [
          [tryAcquire, release],
          [locked, release, locked],
          [tryAcquire, locked],
        ],
      },
      {
        title: 'three threads try and release an RLock',
        objects: [object('rlock')],
        threads: [
          [tryAcquire, tryAcquire, release, release],
          [tryAcquire, locked, tryAcquire],
          [locked, tryAcquire],
        ],
      },
      {
        title: 'units are released by twos and acquired one by one',
        objects: [object('sem', { value: 0 })],
        threads: [
          [several, tryAcquire],
          [tryAcquire, tryAcquire, tryAcquire],
        ],
      },
      {
        title: 'an event is set and cleared while others look at it in two ways',
        objects: [object('event')],
        threads: [
          [set, clear, set],
          [isSet, poll, isSet],
        ],
      },
    ),
  ),

  rule(
    'model.no-thread-control',
    'Look for a call that ends, holds up or goes on in the place of another thread that is in a call of its own.',
    {
      title: 'a wait that expires and one that is refused leave the waits of others alone',
      objects: [object('lock')],
      steps: [
        step(1, acquire),
        step(2, acquire, blocks),
        step(3, timed(1)),
        elapse(5, thread(2, blocks)),
        step(3, timed(-2), thread(2, blocks)),
        step(3, tryAcquire, thread(2, blocks)),
        step(3, locked, returns(true)),
      ],
    },
    {
      title: 'waiting for an event is ended by setting it, by nothing else',
      objects: [object('event')],
      steps: [
        step(1, wait),
        step(2, timedWait(1)),
        elapse(5, thread(1, blocks)),
        step(2, clear, thread(1, blocks)),
        step(2, poll, thread(1, blocks)),
      ],
    },
    {
      title: 'a refused release leaves the waits of others alone',
      objects: [object('rlock')],
      steps: [
        step(1, acquire),
        step(2, acquire, blocks),
        step(3, release, raises('RuntimeError'), thread(2, blocks)),
        step(3, timed(1)),
        elapse(5, thread(2, blocks)),
        step(3, locked, returns(true)),
      ],
    },
  ),
];
