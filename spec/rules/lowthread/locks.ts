import { raises, returns, step } from '../../example.ts';
import { begins, comesBack, finishes, listOf } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import {
  exitThread,
  getIdent,
  lockTypes,
  lowthread,
  newLocks,
  newLocksByOldName,
  results,
  startNew,
  startNewThread,
} from './calls.ts';

const objects = [lowthread] as const;
const tries = { blocking: false };

/** The rules of low-level locks, and of old names. */
export const locksRules: readonly Rule[] = [
  rule(
    'lowthread.allocate-lock',
    'Look at what two locks have in common: nothing.',
    {
      title: 'one of two new locks is taken, and let go',
      objects,
      steps: [
        step(
          1,
          newLocks(
            [0, 'locked'],
            [1, 'locked'],
            [0, 'acquire', tries],
            [1, 'locked'],
            [1, 'acquire', tries],
            [0, 'release'],
            [0, 'locked'],
            [1, 'locked'],
          ),
          returns(results(false, false, true, false, true, null, false, true)),
        ),
      ],
    },
    {
      title: 'locks are allocated in another thread',
      objects,
      steps: [
        step(1, startNewThread(), begins(2)),
        step(2, newLocks([0, 'acquire', tries], [1, 'locked']), returns(results(true, false))),
        finishes(2),
      ],
    },
  ),
  rule('lowthread.locktype', 'Look at the classes of locks.', {
    title: 'locks from both modules are of the type',
    objects,
    steps: [step(1, lockTypes, returns(results(true, true)))],
  }),
  rule(
    'lowthread.lock.parameter-names',
    'Look at which named arguments acquire() takes, and what it does with others.',
    {
      title: 'the old name of an argument',
      objects,
      steps: [step(1, newLocks([0, 'acquire', { waitflag: 0 }]), raises('TypeError'))],
    },
    {
      title: 'the names of today',
      objects,
      steps: [
        step(
          1,
          newLocks(
            [0, 'acquire', { blocking: true, timeout: 1 }],
            [0, 'acquire', { blocking: false }],
            [0, 'acquire', { timeout: 0.01 }],
          ),
          returns(results(true, false, false)),
        ),
      ],
    },
  ),
  rule(
    'lowthread.old-names',
    'Look at what old names stand for.',
    {
      title: 'the old names of locks and their methods',
      objects,
      steps: [
        step(
          1,
          newLocksByOldName(
            [0, 'acquireLock', false],
            [0, 'lockedLock'],
            [0, 'acquireLock', false],
            [0, 'acquireLock', { timeout: 0.01 }],
            [0, 'releaseLock'],
            [0, 'lockedLock'],
            [0, 'acquireLock'],
          ),
          returns(results(true, true, false, false, null, false, true)),
        ),
      ],
    },
    {
      title: 'the old name of a release that has nothing to let go',
      objects,
      steps: [step(1, newLocksByOldName([0, 'releaseLock']), raises('RuntimeError'))],
    },
    {
      title: 'the old names of what starts a thread, and of what ends one',
      objects,
      steps: [
        step(
          1,
          startNew(2, { args: listOf(1), kwargs: { json: '{"a":1}' } }),
          comesBack,
          begins(2, { in: 'a new thread', given: [1, { json: '{"a":1}' }] }),
        ),
        step(2, getIdent, comesBack),
        finishes(2),
        step(1, exitThread, raises('SystemExit')),
      ],
    },
  ),
];
