import { call, object, on, oneOf, step } from '../../example.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { lock, acquire, tryAcquire, release, locked, timed, twice } from './calls.ts';
import { overtakes } from '../overtaking.ts';

/** The rules of several threads at one lock. */
export const contentionRules: readonly Rule[] = [
  rule(
    'lock.release.one-proceeds',
    'Look at how many waiters a release wakes, and whether each of them takes the lock atomically.',
    {
      title: 'one of two waiters goes on at each release',
      objects: lock,
      steps: [
        step(1, acquire),
        step(2, acquire),
        step(3, acquire),
        step(1, release, oneOf([2, 3], true)),
        step(1, release, oneOf([2, 3], true)),
      ],
    },
    {
      title: 'three threads contend, two rounds each',
      objects: lock,
      threads: [twice, twice, twice],
    },
  ),
  usedWhere(
    rule(
      'lock.release.choice-free',
      'Nothing to fix: any order of the waiters is allowed.',
      {
        title: 'either waiter may go on',
        objects: lock,
        steps: [step(1, acquire), step(2, acquire), step(3, acquire), step(1, release, oneOf([2, 3], true))],
      },
      { title: 'three threads contend, two rounds each', objects: lock, threads: [twice, twice, twice] },
    ),
    overtakes('asleep'),
  ),
  usedWhere(
    rule(
      'lock.release.barging-free',
      'Nothing to fix: a newcomer may be faster than those who wait.',
      {
        title: 'the one that releases takes it again while others wait',
        objects: lock,
        threads: [twice, twice, twice],
      },
      {
        title: 'a newcomer that only tries, while others wait',
        objects: lock,
        threads: [twice, twice, [tryAcquire, release, tryAcquire, release]],
      },
    ),
    overtakes('awake'),
  ),
  rule(
    'lock.mutual-exclusion',
    'Look for a test of the lock and a write to it that are two steps.',
    { title: 'three threads contend, two rounds each', objects: lock, threads: [twice, twice, twice] },
    {
      title: 'attempts against waits',
      objects: lock,
      threads: [
        [timed(1), release],
        [tryAcquire, locked, tryAcquire],
        [timed(1), locked],
      ],
    },
    {
      title: 'a counter that is only changed under the lock counts every change',
      objects: [...lock, object('cell')],
      threads: [
        [acquire, on(1, call('write', { value: 1 })), on(1, call('read')), release],
        [acquire, on(1, call('write', { value: 2 })), on(1, call('read')), release],
      ],
    },
  ),
  rule(
    'lock.no-lost-wakeup',
    'Look at the moment between finding the lock held and falling asleep: a release in between has to be noticed.',
    {
      title: 'the time of one ends as the lock comes free, and another waits on',
      objects: lock,
      threads: [[tryAcquire, release], [timed(1)], [timed(4)]],
    },
    { title: 'three threads contend, two rounds each', objects: lock, threads: [twice, twice, twice] },
    {
      title: 'some give up while others wait on',
      objects: lock,
      threads: [twice, [timed(1), release, timed(0.5), release], twice],
    },
    {
      title: 'a release as the time of a waiter ends',
      objects: lock,
      threads: [[timed(0.5), release, timed(0.5)], [timed(1)]],
    },
  ),
  rule(
    'lock.publishes',
    'Look at how release writes the word: with an operation of Atomics, after everything before it.',
    {
      title: 'what was written under the lock is read under it',
      objects: [...lock, object('cell')],
      threads: [
        [acquire, on(1, call('write', { value: 1 })), release, acquire, on(1, call('read')), release],
        [acquire, on(1, call('write', { value: 2 })), release, acquire, on(1, call('read')), release],
        [acquire, on(1, call('read')), release, acquire, on(1, call('read')), release],
      ],
    },
  ),
];
