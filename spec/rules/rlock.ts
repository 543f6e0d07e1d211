import {
  blocks,
  call,
  elapse,
  ends,
  type ExploredExample,
  object,
  oneOf,
  raises,
  returns,
  step,
  thread,
} from '../example.ts';
import { type NotApplicable, type Rule, rule } from '../rule.ts';

const objects = [object('rlock')];
const acquire = call('acquire');
/** An acquire without a limit that says so. */
const waiting = call('acquire', { blocking: true });
const attempt = call('acquire', { blocking: false });
const release = call('release');
const locked = call('locked');

const once = [acquire, release];
const twice = [acquire, acquire, release, release];

function contention(title: string, ...threads: ExploredExample['threads']): ExploredExample {
  return { title, objects, threads };
}

/** What the documentation says of RLock. */
export const rules: readonly (Rule | NotApplicable)[] = [
  rule(
    'rlock.new.unowned',
    'Look at the words that the constructor writes: no ident may be among them.',
    { title: 'any thread can take a new lock', objects, steps: [step(2, attempt, returns(true))] },
    {
      title: 'its creator does not own it',
      objects,
      steps: [step(1, attempt), step(1, release), step(2, attempt, returns(true))],
    },
  ),
  rule('rlock.new.args', 'Look whether the constructor counts its arguments: it takes none.', {
    title: 'an argument is refused',
    objects: [object('rlock', { value: 1 })],
    steps: [],
    creation: { raises: 'TypeError' },
  }),
  rule('rlock.acquire.free', 'Look at the level that the first acquire sets: one release has to undo it.', {
    title: 'a free lock is had at once, at level one',
    objects,
    steps: [step(1, waiting, returns(true)), step(1, release), step(2, attempt, returns(true))],
  }),
  rule(
    'rlock.acquire.reentrant',
    'Look whether acquire compares the owner with its own thread before it waits.',
    {
      title: 'the owner acquires again, and the level rises',
      objects,
      steps: [
        step(1, acquire),
        step(1, waiting, returns(true)),
        step(1, release),
        step(1, release, returns(undefined)),
      ],
    },
  ),
  rule(
    'rlock.acquire.reentrant-forms',
    'Look whether a try and a timed acquire take the same way for the owner as a plain one.',
    {
      title: 'the owner succeeds with a try and with a time-out',
      objects,
      steps: [
        step(1, acquire),
        step(1, attempt, returns(true)),
        step(1, call('acquire', { timeout: 1 }), returns(true)),
        step(1, call('acquire', { timeout: 0 }), returns(true)),
      ],
    },
    {
      title: 'a try and a timed acquire count as levels',
      objects,
      steps: [
        step(1, acquire),
        step(1, attempt),
        step(1, call('acquire', { timeout: 1 })),
        step(1, release),
        step(1, release, returns(undefined)),
        step(1, release, returns(undefined)),
      ],
    },
  ),
  rule(
    'rlock.acquire.returns-true',
    'Look at every way out of acquire that has the lock: each returns true.',
    {
      title: 'a plain acquire returns true',
      objects,
      steps: [step(1, acquire, returns(true))],
    },
    {
      title: 'an acquire that had to wait returns true',
      objects,
      steps: [step(1, attempt), step(2, acquire), step(1, release, thread(2, returns(true)))],
    },
  ),
  rule(
    'rlock.acquire.blocks-others',
    'Look whether acquire raises the level before it has made sure of the owner.',
    {
      title: 'another thread waits until the level is zero again',
      objects,
      steps: [
        step(1, acquire),
        step(1, acquire),
        step(2, waiting, blocks),
        step(1, release, thread(2, blocks)),
        step(1, release, thread(2, returns(true))),
      ],
    },
  ),
  rule(
    'rlock.acquire.nonblocking-other',
    'Look whether a try of another thread returns before it waits, and leaves owner and level alone.',
    {
      title: 'another thread tries in vain, and changes nothing',
      objects,
      steps: [
        step(1, acquire),
        step(2, attempt, returns(false)),
        step(2, attempt, returns(false)),
        step(1, release),
        step(2, attempt, returns(true)),
      ],
    },
  ),
  rule(
    'rlock.acquire.timeout-other',
    'Look whether the time that is left reaches the wait, and what acquire returns when it is over.',
    {
      title: 'a timed acquire gives up when its time is over',
      objects,
      steps: [
        step(1, acquire),
        step(2, call('acquire', { timeout: 1 }), blocks),
        elapse(0.5, thread(2, blocks)),
        elapse(1, thread(2, returns(false))),
      ],
    },
    {
      title: 'a timed acquire succeeds as soon as the lock is free',
      objects,
      steps: [
        step(1, acquire),
        step(2, call('acquire', { timeout: 5 }), blocks),
        step(1, release, thread(2, returns(true))),
      ],
    },
    contention(
      'time runs out while the owner gives the lock back',
      twice,
      [call('acquire', { timeout: 1 }), release],
      [call('acquire', { timeout: 2 }), release],
    ),
  ),
  rule(
    'rlock.acquire.argument-errors',
    'Look whether the arguments are checked first, before the owner is compared.',
    {
      title: 'bad arguments are refused, on a free lock',
      objects,
      steps: [
        step(1, call('acquire', { blocking: false, timeout: 1 }), raises('ValueError')),
        step(1, call('acquire', { timeout: -2 }), raises('ValueError')),
        step(1, call('acquire', { timeout: Number.NaN }), raises('ValueError')),
        step(1, call('acquire', { timeout: 1e12 }), raises('OverflowError')),
      ],
    },
    {
      title: 'bad arguments are refused, to the owner and to others',
      objects,
      steps: [
        step(1, acquire),
        step(1, call('acquire', { blocking: false, timeout: 1 }), raises('ValueError')),
        step(1, call('acquire', { timeout: 1e12 }), raises('OverflowError')),
        step(2, call('acquire', { blocking: false, timeout: 1 }), raises('ValueError')),
        step(2, call('acquire', { timeout: -2 }), raises('ValueError')),
      ],
    },
  ),
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
