import { blocks, call, elapse, object, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { objects, acquire, waiting, attempt, release, twice, contention } from './calls.ts';

/** What the documentation says of making and acquiring an RLock. */
export const acquireRules: readonly Rule[] = [
  rule(
    'rlock.new.unowned',
    'Look at the words that the constructor writes: no ident may be among them.',
    { title: 'any thread can take a new lock', objects, steps: [step(2, attempt, returns(true))] },
    { title: 'nobody waits for a new lock', objects, steps: [step(2, acquire, returns(true))] },
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
    {
      title: 'another thread waits while one owns it',
      objects,
      steps: [step(1, acquire), step(2, acquire, blocks), step(1, release, thread(2, returns(true)))],
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
];
