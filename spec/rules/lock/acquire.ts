import { blocks, call, elapse, object, raises, returns, step, thread } from '../../example.ts';
import { notApplicable, type NotApplicable, type Rule, rule } from '../../rule.ts';
import { lock, acquire, tryAcquire, release, locked, timed } from './calls.ts';

/** The rules of acquiring a lock, and of what a new one is. */
export const acquireRules: readonly (Rule | NotApplicable)[] = [
  rule(
    'lock.new.unlocked',
    'Look at what the constructor writes into the lock.',
    {
      title: 'the first attempt on a new lock succeeds',
      objects: lock,
      steps: [step(1, tryAcquire, returns(true))],
    },
    {
      title: 'a new lock is not locked',
      objects: lock,
      steps: [step(1, locked, returns(false))],
    },
    {
      title: 'nobody waits for a new lock',
      objects: lock,
      steps: [step(1, acquire, returns(true))],
    },
  ),
  rule('lock.new.class', 'Look at whether the constructor refuses arguments.', {
    title: 'a lock takes no initial state',
    objects: [object('lock', { locked: true })],
    creation: { raises: 'TypeError' },
    steps: [],
  }),
  rule('lock.acquire.free', 'Look at what acquire does to a free lock before it returns.', {
    title: 'an acquire of a free lock returns and leaves it locked',
    objects: lock,
    steps: [
      step(1, acquire, returns(true)),
      step(2, tryAcquire, returns(false)),
      step(1, locked, returns(true)),
    ],
  }),
  rule(
    'lock.acquire.returns-true',
    'Look at what each way out of acquire returns: at once, after waiting, without blocking, in time.',
    {
      title: 'at once, and again after a release',
      objects: lock,
      steps: [
        step(1, acquire, returns(true)),
        step(1, release),
        step(1, tryAcquire, returns(true)),
        step(1, release),
        step(1, timed(1), returns(true)),
      ],
    },
    {
      title: 'after waiting',
      objects: lock,
      steps: [step(1, acquire), step(2, acquire), step(1, release, thread(2, returns(true)))],
    },
  ),
  rule('lock.acquire.default-blocks', 'Look at the default of blocking: it is true.', {
    title: 'an acquire without arguments waits for the release',
    objects: lock,
    steps: [step(1, acquire), step(2, acquire, blocks), step(1, release, thread(2, returns(true)))],
  }),
  rule('lock.acquire.nonblocking-fails', 'Look at what a non-blocking acquire does when the lock is held.', {
    title: 'an attempt on a locked lock fails and changes nothing',
    objects: lock,
    steps: [
      step(1, acquire),
      step(2, tryAcquire, returns(false)),
      step(1, tryAcquire, returns(false)),
      step(1, locked, returns(true)),
    ],
  }),
  rule(
    'lock.acquire.nonblocking-succeeds',
    'Look at whether a non-blocking acquire locks the free lock it finds.',
    {
      title: 'an attempt on an unlocked lock locks it',
      objects: lock,
      steps: [step(1, tryAcquire, returns(true)), step(2, tryAcquire, returns(false))],
    },
  ),
  rule(
    'lock.acquire.zero-is-nonblocking',
    'Look at how the first argument is read: 0 counts as false, any other integer as true.',
    {
      title: '0 does not block',
      objects: lock,
      steps: [step(1, acquire), step(2, call('acquire', { blocking: 0 }), returns(false))],
    },
    {
      title: '1 and 2 block',
      objects: lock,
      steps: [
        step(1, acquire),
        step(2, call('acquire', { blocking: 1 }), blocks),
        step(1, release, thread(2, returns(true))),
        step(1, call('acquire', { blocking: 2 }), blocks),
      ],
    },
  ),
  rule(
    'lock.acquire.not-reentrant',
    'Look for a test of who holds the lock: there must be none.',
    {
      title: 'the thread that locked it cannot lock it again',
      objects: lock,
      steps: [
        step(1, acquire),
        step(1, tryAcquire, returns(false)),
        step(1, timed(0.5), blocks),
        elapse(1, thread(1, returns(false))),
      ],
    },
    {
      title: 'the thread that locked it waits like any other',
      objects: lock,
      steps: [step(1, acquire), step(1, acquire, blocks)],
    },
  ),
  rule(
    'lock.acquire.self-wait-released-by-other',
    'Look for a test of who releases, or a wait that only its own thread could end.',
    {
      title: 'another thread lets the one go on that waits for itself',
      objects: lock,
      steps: [
        step(1, acquire),
        step(1, acquire, blocks),
        step(2, release, returns(undefined), thread(1, returns(true))),
        step(2, locked, returns(true)),
      ],
    },
    {
      title: 'any other thread does',
      objects: lock,
      steps: [step(1, acquire), step(1, acquire), step(3, release, thread(1, returns(true)))],
    },
  ),
  rule(
    'lock.acquire.timeout-expires',
    'Look at what acquire returns, and leaves behind, when its time is over.',
    {
      title: 'it gives up when the time is over, not before, and has not locked',
      objects: lock,
      steps: [
        step(1, acquire),
        step(2, timed(1), blocks),
        elapse(0.5, thread(2, blocks)),
        elapse(1, thread(2, returns(false))),
        step(1, release),
        step(1, locked, returns(false)),
      ],
    },
  ),
  rule(
    'lock.acquire.timeout-succeeds',
    'Look at whether a timed wait ends as soon as the lock is released.',
    {
      title: 'a timed acquire gets the lock when it is released',
      objects: lock,
      steps: [
        step(1, acquire),
        step(2, timed(60)),
        step(1, release, thread(2, returns(true))),
        step(1, tryAcquire, returns(false)),
      ],
    },
    {
      title: 'a timed acquire of a free lock does not wait',
      objects: lock,
      steps: [step(1, timed(60), returns(true))],
    },
  ),
  rule('lock.acquire.timeout-minus-one', 'Look at how a time-out of -1 is read: as none.', {
    title: 'a time-out of -1 waits without limit',
    objects: lock,
    steps: [
      step(1, acquire),
      step(2, timed(-1), blocks),
      elapse(1_000_000, thread(2, blocks)),
      step(1, release, thread(2, returns(true))),
    ],
  }),
  rule('lock.acquire.timeout-negative-raises', 'Look at negative time-outs other than -1.', {
    title: 'a time-out of -2 is refused, on a free lock and on a held one',
    objects: lock,
    steps: [
      step(1, timed(-2), raises('ValueError')),
      step(1, acquire),
      step(2, timed(-2), raises('ValueError')),
      step(2, timed(-0.5), raises('ValueError')),
    ],
  }),
  rule('lock.acquire.timeout-zero', 'Look at a time-out of 0: it does not wait, and is not "no time-out".', {
    title: 'a time-out of 0 only tries',
    objects: lock,
    steps: [step(1, timed(0), returns(true)), step(2, timed(0), returns(false))],
  }),
  rule('lock.acquire.nonblocking-timeout-raises', 'Look at whether both arguments are checked together.', {
    title: 'a time-out is refused where there is no blocking',
    objects: lock,
    steps: [
      step(1, call('acquire', { blocking: false, timeout: 1 }), raises('ValueError')),
      step(1, call('acquire', { blocking: false, timeout: 0 }), raises('ValueError')),
      step(1, acquire),
      step(2, call('acquire', { blocking: false, timeout: 1 }), raises('ValueError')),
    ],
  }),
  rule('lock.acquire.nonblocking-minus-one', 'Look at -1 together with blocking false: it is no time-out.', {
    title: 'a time-out of -1 goes with a call that does not block',
    objects: lock,
    steps: [
      step(1, call('acquire', { blocking: false, timeout: -1 }), returns(true)),
      step(2, call('acquire', { blocking: false, timeout: -1 }), returns(false)),
    ],
  }),
  rule(
    'lock.acquire.nan-raises',
    'Look at whether NaN is refused before it reaches Atomics.wait, for which it is no limit.',
    {
      title: 'a time-out that is not a number is refused',
      objects: lock,
      steps: [
        step(1, timed(Number.NaN), raises('ValueError')),
        step(1, acquire),
        step(2, timed(Number.NaN), raises('ValueError')),
      ],
    },
  ),
  rule(
    'lock.acquire.bad-argument-no-effect',
    'Look at the order: arguments are checked before the lock is touched.',
    {
      title: 'a refused acquire leaves the lock free, or held',
      objects: lock,
      steps: [
        step(1, timed(-2)),
        step(1, call('acquire', { blocking: false, timeout: 1 })),
        step(1, timed(Number.NaN)),
        step(2, locked, returns(false)),
        step(2, tryAcquire, returns(true)),
        step(1, timed(-2)),
        step(1, locked, returns(true)),
      ],
    },
  ),
  rule(
    'lock.acquire.after-timeout-consistent',
    'Look at what a waiter that gave up leaves in the lock: a waiter count, a place in a queue.',
    {
      title: 'the lock can be had after an expired wait and a release',
      objects: lock,
      steps: [
        step(1, acquire),
        step(2, timed(0.5)),
        elapse(1),
        step(1, release),
        step(1, locked, returns(false)),
        step(2, acquire, returns(true)),
        step(1, acquire, blocks),
        step(2, release, thread(1, returns(true))),
      ],
    },
  ),
  notApplicable(
    'lock.acquire.interruptible',
    'No signal handler runs in a worker, and none in a thread that sleeps in Atomics.wait, so nothing can interrupt a wait.',
  ),
];
