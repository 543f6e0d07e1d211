import { call, oneOf, returns, step } from '../../example.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { objects, acquire, waiting, attempt, release, once, twice, contention } from './calls.ts';
import { overtakes } from '../overtaking.ts';

/** What the documentation says of an RLock that several threads want at once. */
export const contentionRules: readonly Rule[] = [
  rule(
    'rlock.release.wakes-one',
    'Look how many sleepers the last release wakes, and at which level the woken one begins.',
    {
      title: 'exactly one of two waiters goes on',
      objects,
      steps: [step(1, acquire), step(2, waiting), step(3, waiting), step(1, release, oneOf([2, 3], true))],
    },
    {
      title: 'the new owner begins at level one',
      objects,
      steps: [
        step(1, acquire),
        step(1, acquire),
        step(2, waiting),
        step(1, release),
        step(1, release),
        step(2, release),
        step(3, attempt, returns(true)),
      ],
    },
    contention('three threads wait for one another', twice, twice, [...once, ...once]),
  ),
  usedWhere(
    rule(
      'rlock.choice-free',
      'Nothing has to be changed: any order is right, and a newcomer may be faster.',
      contention(
        'three threads acquire again and again',
        [...once, ...once],
        [...once, ...once],
        [...once, ...once],
      ),
    ),
    overtakes(),
  ),
  rule(
    'rlock.mutual-exclusion',
    'Look for a gap between reading that the lock is free and writing the owner.',
    contention(
      'three threads acquire again and again',
      [...once, ...once],
      [...once, ...once],
      [...once, ...once],
    ),
    contention('two threads go in twice', [...twice, ...once], [...twice, ...once]),
    contention('tries meet waiters', [attempt, release, acquire, release], twice, [
      attempt,
      acquire,
      release,
      release,
    ]),
  ),
  rule(
    'rlock.no-lost-wakeup',
    'Look for a sleeper that the last release does not see, or a woken one that does not pass it on.',
    contention('owners at level two keep others waiting', twice, twice, once),
    contention(
      'three threads acquire again and again',
      [...once, ...once],
      [...once, ...once],
      [...once, ...once],
    ),
    contention(
      'the lock comes free for one whose time is nearly over, while others wait',
      once,
      [call('acquire', { timeout: 1 }), release],
      [call('acquire', { timeout: 1 }), release],
      once,
    ),
    contention(
      'some give up while others wait',
      twice,
      [call('acquire', { timeout: 1 }), release, ...once],
      once,
    ),
  ),
];
