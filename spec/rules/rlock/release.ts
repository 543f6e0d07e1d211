import { blocks, call, elapse, ends, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { objects, acquire, waiting, attempt, release, locked } from './calls.ts';

/** What the documentation says of releasing an RLock, and of asking whether it is owned. */
export const releaseRules: readonly Rule[] = [
  rule(
    'rlock.release.counts',
    'Look whether release lowers the level by one, and frees the lock only at zero.',
    {
      title: 'it takes as many releases as acquires',
      objects,
      steps: [step(1, acquire), step(1, acquire), step(1, release), step(1, release, returns(undefined))],
    },
    {
      title: 'after as many releases the lock is free',
      objects,
      steps: [
        step(1, acquire),
        step(1, acquire),
        step(1, acquire),
        step(1, release),
        step(1, release),
        step(1, release),
        step(2, attempt, returns(true)),
      ],
    },
  ),
  rule(
    'rlock.release.held-until-zero',
    'Look at the level at which release frees the lock: zero, not one.',
    {
      title: 'at level one after a release the lock is still owned',
      objects,
      steps: [step(1, acquire), step(1, acquire), step(1, release), step(2, attempt, returns(false))],
    },
    {
      title: 'a waiter waits on while the owner has a level left',
      objects,
      steps: [step(1, acquire), step(1, acquire), step(2, waiting), step(1, release, thread(2, blocks))],
    },
  ),
  rule(
    'rlock.release.owner-only',
    'Look whether release compares the owner with its own thread.',
    {
      title: 'another thread must not release it',
      objects,
      steps: [step(1, acquire), step(2, release, raises('RuntimeError'))],
    },
    {
      title: 'a waiter must not release it once it has given up',
      objects,
      steps: [
        step(1, acquire),
        step(2, call('acquire', { timeout: 1 })),
        elapse(2),
        step(2, release, raises('RuntimeError')),
      ],
    },
  ),
  rule(
    'rlock.release.unlocked-raises',
    'Look what release does when nobody owns the lock.',
    { title: 'nothing was acquired', objects, steps: [step(1, release, raises('RuntimeError'))] },
    {
      title: 'everything was released',
      objects,
      steps: [step(1, acquire), step(1, release), step(1, release, raises('RuntimeError'))],
    },
  ),
  rule(
    'rlock.release.error-no-effect',
    'Look whether release checks the owner before it lowers the level.',
    {
      title: 'a refused release takes no level away',
      objects,
      steps: [
        step(1, acquire),
        step(1, acquire),
        step(2, release),
        step(1, release),
        step(2, attempt, returns(false)),
      ],
    },
    {
      title: 'a refused release of a free lock leaves it free',
      objects,
      steps: [step(1, release), step(1, acquire), step(1, release), step(2, attempt, returns(true))],
    },
  ),
  rule('rlock.release.returns-none', 'Look at every way out of release: none returns anything.', {
    title: 'release returns nothing, at any level',
    objects,
    steps: [
      step(1, acquire),
      step(1, acquire),
      step(1, release, returns(undefined)),
      step(1, release, returns(undefined)),
    ],
  }),
  rule('rlock.locked', 'Look whether locked() asks for any owner, not for its own thread.', {
    title: 'every thread sees whether the lock is owned',
    objects,
    steps: [
      step(1, locked, returns(false)),
      step(1, acquire),
      step(1, locked, returns(true)),
      step(2, locked, returns(true)),
      step(1, release),
      step(2, locked, returns(false)),
    ],
  }),
  rule('rlock.dead-owner-stuck', 'Look for something that frees locks when a thread ends.', {
    title: 'the lock of a thread that ended stays owned',
    objects,
    steps: [
      step(1, acquire),
      ends(1),
      step(2, attempt, returns(false)),
      step(2, release, raises('RuntimeError')),
    ],
  }),
];
