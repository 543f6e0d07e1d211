import { blocks, call, elapse, object, on, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { acquire, attempt, locked, ofLock, ofRLock, own, release, sharing } from './calls.ts';

const refusal = { raises: 'TypeError' } as const;

/** What the documentation says of making a condition, and of its lock. */
export const lockRules: readonly Rule[] = [
  rule(
    'cond.new.default-rlock',
    'Look at the lock that the constructor makes where it is given none.',
    {
      title: 'one thread acquires it twice',
      objects: own,
      steps: [
        step(1, acquire),
        step(1, acquire, returns(true)),
        step(1, release),
        step(2, attempt, returns(false)),
        step(1, release, returns(undefined)),
        step(2, attempt, returns(true)),
      ],
    },
    {
      title: 'null is no lock',
      objects: [object('cond', { lock: null })],
      steps: [step(1, acquire), step(1, acquire, returns(true))],
    },
  ),
  rule(
    'cond.new.given-lock',
    'Look whether every method uses the lock that was given, and none makes another.',
    {
      title: 'to lock the condition is to lock its Lock',
      objects: ofLock,
      steps: [
        step(1, on(1, acquire)),
        step(2, attempt, returns(false)),
        step(2, on(1, release)),
        step(2, acquire, returns(true)),
        step(1, on(1, attempt), returns(false)),
      ],
    },
    {
      title: 'to lock the condition is to lock its RLock',
      objects: ofRLock,
      steps: [
        step(1, acquire),
        step(1, on(1, acquire), returns(true)),
        step(1, release),
        step(2, on(1, attempt), returns(false)),
        step(1, on(1, release), returns(undefined)),
        step(2, attempt, returns(true)),
      ],
    },
    {
      title: 'two conditions share a lock',
      objects: sharing,
      steps: [
        step(1, acquire),
        step(2, on(1, attempt), returns(false)),
        step(1, on(1, release), returns(undefined)),
        step(2, on(1, attempt), returns(true)),
        step(1, attempt, returns(false)),
      ],
    },
  ),
  rule(
    'cond.new.lock-type',
    'Look whether the constructor looks at what it is given, or the first wait does.',
    {
      title: 'an object without acquire is no lock',
      objects: [object('cond', { lock: { json: '{}' } })],
      steps: [],
      creation: refusal,
    },
    {
      title: 'true is no lock',
      objects: [object('cond', { lock: true })],
      steps: [],
      creation: refusal,
    },
  ),
  rule('cond.acquire.delegates', 'Look whether acquire hands its arguments on, and the result back.', {
    title: 'a try fails, a timed acquire gives up, and both succeed on a free lock',
    objects: own,
    steps: [
      step(1, acquire, returns(true)),
      step(2, attempt, returns(false)),
      step(2, call('acquire', { timeout: 1 }), blocks),
      elapse(2, thread(2, returns(false))),
      step(1, release),
      step(2, attempt, returns(true)),
      step(2, call('acquire', { timeout: 1 }), returns(true)),
    ],
  }),
  rule(
    'cond.release.delegates',
    'Look whether release hands on the errors of the lock.',
    {
      title: 'a lock that is free, or owned by another, is not released',
      objects: own,
      steps: [
        step(1, release, raises('RuntimeError')),
        step(1, acquire),
        step(2, release, raises('RuntimeError')),
        step(1, release, returns(undefined)),
        step(2, attempt, returns(true)),
      ],
    },
    {
      title: 'a Lock that is free is not released',
      objects: ofLock,
      steps: [
        step(1, release, raises('RuntimeError')),
        step(1, acquire),
        step(2, release, returns(undefined)),
      ],
    },
  ),
  rule('cond.locked', 'Look whether locked asks the lock, not the waiters.', {
    title: 'it tells whether anybody has the lock',
    objects: own,
    steps: [
      step(1, locked, returns(false)),
      step(1, acquire),
      step(1, locked, returns(true)),
      step(2, locked, returns(true)),
      step(1, release),
      step(2, locked, returns(false)),
    ],
  }),
];
