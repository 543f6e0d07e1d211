import { blocks, elapse, ends, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { lock, acquire, tryAcquire, release, locked, timed } from './calls.ts';

/** The rules of releasing a lock, and of what it then is. */
export const releaseRules: readonly Rule[] = [
  rule('lock.release.unlocks', 'Look at what release writes when nobody waits.', {
    title: 'a released lock is unlocked',
    objects: lock,
    steps: [
      step(1, acquire),
      step(1, release),
      step(1, locked, returns(false)),
      step(2, tryAcquire, returns(true)),
    ],
  }),
  rule('lock.release.returns-none', 'Look at what release returns.', {
    title: 'release returns nothing, whether somebody waits or not',
    objects: lock,
    steps: [
      step(1, acquire),
      step(1, release, returns(undefined)),
      step(1, acquire),
      step(2, acquire),
      step(1, release, returns(undefined)),
    ],
  }),
  rule('lock.release.unlocked-raises', 'Look at what release does when it finds the lock free.', {
    title: 'a lock that is not locked cannot be released',
    objects: lock,
    steps: [
      step(1, release, raises('RuntimeError')),
      step(1, acquire),
      step(1, release),
      step(1, release, raises('RuntimeError')),
    ],
  }),
  rule(
    'lock.release.unlocked-no-effect',
    'Look at whether a refused release leaves anything behind.',
    {
      title: 'a refused release allows no second holder',
      objects: lock,
      steps: [
        step(1, release),
        step(1, release),
        step(1, locked, returns(false)),
        step(1, tryAcquire, returns(true)),
        step(2, tryAcquire, returns(false)),
      ],
    },
    {
      title: 'after a refused release one goes in, and the next one waits',
      objects: lock,
      steps: [step(1, release), step(1, acquire, returns(true)), step(2, acquire, blocks)],
    },
  ),
  rule(
    'lock.release.any-thread',
    'Look for a test of who releases: there must be none.',
    {
      title: 'another thread releases',
      objects: lock,
      steps: [step(1, acquire), step(2, release, returns(undefined)), step(2, locked, returns(false))],
    },
    {
      title: 'another thread releases, and a third one goes in',
      objects: lock,
      steps: [step(1, acquire), step(2, release, returns(undefined)), step(3, acquire, returns(true))],
    },
  ),
  rule(
    'lock.release.does-not-wait',
    'Look for anything in release that sleeps or spins until a waiter has gone on.',
    {
      title: 'release returns while another thread waits',
      objects: lock,
      steps: [
        step(1, acquire),
        step(2, acquire),
        step(1, release, returns(undefined)),
        step(1, locked, returns(true)),
      ],
    },
    {
      title: 'release returns after the thread that waited has given up',
      objects: lock,
      steps: [step(1, acquire), step(2, timed(0.5)), elapse(1), step(1, release, returns(undefined))],
    },
    {
      title: 'release returns whether or not the one that waits gives up',
      objects: lock,
      threads: [
        [acquire, release, acquire, release],
        [timed(1), release],
      ],
    },
  ),
  rule('lock.locked', 'Look at what locked compares: it must not depend on who asks.', {
    title: 'locked says so in every thread, and no longer after the release',
    objects: lock,
    steps: [
      step(1, locked, returns(false)),
      step(1, acquire),
      step(1, locked, returns(true)),
      step(2, locked, returns(true)),
      step(2, acquire),
      step(3, locked, returns(true)),
      step(1, release),
      step(3, locked, returns(true)),
      step(2, release),
      step(3, locked, returns(false)),
    ],
  }),
  rule('lock.locked.pure', 'Look for anything that locked writes, and for anything that it waits for.', {
    title: 'asking changes nothing and does not block',
    objects: lock,
    steps: [
      step(1, locked),
      step(1, tryAcquire, returns(true)),
      step(2, acquire),
      step(3, locked, returns(true)),
      step(1, release, thread(2, returns(true))),
      step(2, release),
      step(2, locked, returns(false)),
      step(3, tryAcquire, returns(true)),
    ],
  }),
  rule(
    'lock.dead-holder-keeps',
    'Look for anything that releases locks when a thread ends.',
    {
      title: 'the lock of a thread that ended stays locked until somebody releases it',
      objects: lock,
      steps: [
        step(1, acquire),
        ends(1),
        step(2, tryAcquire, returns(false)),
        step(2, locked, returns(true)),
        step(2, release, returns(undefined)),
        step(2, tryAcquire, returns(true)),
      ],
    },
    {
      title: 'who waits for a thread that ended waits on, until somebody releases the lock',
      objects: lock,
      steps: [
        step(1, acquire),
        ends(1),
        step(2, acquire, blocks),
        step(3, release, returns(undefined), thread(2, returns(true))),
      ],
    },
  ),
];
