import { blocks, call, elapse, ends, object, on, oneOf, raises, returns, step, thread } from '../example.ts';
import { notApplicable, type NotApplicable, type Rule, rule } from '../rule.ts';

const lock = [object('lock')];
const acquire = call('acquire');
const tryAcquire = call('acquire', { blocking: false });
const release = call('release');
const locked = call('locked');
const timed = (timeout: number) => call('acquire', { timeout });
const pair = [acquire, release];
const twice = [...pair, ...pair];

/** The rules of Lock. */
export const rules: readonly (Rule | NotApplicable)[] = [
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
  rule('lock.acquire.not-reentrant', 'Look for a test of who holds the lock: there must be none.', {
    title: 'the thread that locked it cannot lock it again',
    objects: lock,
    steps: [
      step(1, acquire),
      step(1, tryAcquire, returns(false)),
      step(1, timed(0.5), blocks),
      elapse(1, thread(1, returns(false))),
    ],
  }),
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
  rule('lock.release.unlocked-no-effect', 'Look at whether a refused release leaves anything behind.', {
    title: 'a refused release allows no second holder',
    objects: lock,
    steps: [
      step(1, release),
      step(1, release),
      step(1, locked, returns(false)),
      step(1, tryAcquire, returns(true)),
      step(2, tryAcquire, returns(false)),
    ],
  }),
  rule('lock.release.any-thread', 'Look for a test of who releases: there must be none.', {
    title: 'another thread releases',
    objects: lock,
    steps: [step(1, acquire), step(2, release, returns(undefined)), step(2, locked, returns(false))],
  }),
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
  rule('lock.dead-holder-keeps', 'Look for anything that releases locks when a thread ends.', {
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
  }),
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
