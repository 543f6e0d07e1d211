import {
  blocks,
  call,
  enters,
  object,
  on,
  type OrderedExample,
  raises,
  reference,
  returns,
  step,
  thread,
  withBody,
} from '../example.ts';
import { bodyError, bodyValue, type Call, type Exit, type Family } from '../program.ts';
import type { NotApplicable, Rule } from '../rule.ts';
import { rule } from '../rule.ts';

const lock = [object('lock')];
const begin = call('with');
const leave = (by: Exit): Call => call('leave', { by });
const acquire = call('acquire');
const tryAcquire = call('acquire', { blocking: false });
const release = call('release');
const locked = call('locked');

/** What leaving a body by each way out shows. */
const ways = [
  { by: 'return', shows: returns(bodyValue) },
  { by: 'break', shows: returns(undefined) },
  { by: 'continue', shows: returns(undefined) },
] as const;

function supports(family: Family): OrderedExample {
  return {
    title: `${family} can be used in a with-statement`,
    objects: [object(family)],
    steps: [
      step(1, begin, enters(true)),
      step(2, tryAcquire, returns(false)),
      step(1, leave('end'), returns(undefined)),
      step(2, tryAcquire, returns(true)),
    ],
  };
}

/** The rules of the with-statement. */
export const rules: readonly (Rule | NotApplicable)[] = [
  rule(
    'with.acquires',
    'Look at whether the object is acquired, with waiting, before the body begins.',
    {
      title: 'the lock is held in the body',
      objects: lock,
      steps: [
        step(1, begin),
        step(2, tryAcquire, returns(false)),
        step(2, locked, returns(true)),
        step(1, leave('end')),
      ],
    },
    {
      title: 'the body waits until the lock can be had',
      objects: lock,
      steps: [
        step(1, acquire),
        step(2, begin, blocks),
        step(1, release, thread(2, enters(true))),
        step(2, leave('end')),
      ],
    },
    {
      title: 'bodies in three threads exclude each other',
      objects: lock,
      threads: [
        [...withBody([locked]), ...withBody()],
        [...withBody(), ...withBody()],
        [acquire, release, ...withBody()],
      ],
    },
  ),
  rule(
    'with.releases',
    'Look at what happens when the body falls off its end.',
    {
      title: 'the lock is free after the body',
      objects: lock,
      steps: [
        step(1, begin),
        step(1, leave('end'), returns(undefined)),
        step(1, locked, returns(false)),
        step(2, tryAcquire, returns(true)),
      ],
    },
    {
      title: 'a thread that waits goes on after the body',
      objects: lock,
      steps: [step(1, begin), step(2, acquire), step(1, leave('end'), thread(2, returns(true)))],
    },
  ),
  rule(
    'with.releases-on-throw',
    'Look for a release that is not in a finally.',
    {
      title: 'the lock is free after the body threw',
      objects: lock,
      steps: [
        step(1, begin),
        step(1, leave('throw')),
        step(1, locked, returns(false)),
        step(2, tryAcquire, returns(true)),
      ],
    },
    {
      title: 'a thread that waits goes on after the body threw',
      objects: lock,
      steps: [
        step(1, begin),
        step(2, begin),
        step(1, leave('throw'), thread(2, enters(true))),
        step(2, leave('end')),
      ],
    },
  ),
  rule(
    'with.releases-on-early-exit',
    'Look for a release that is not in a finally.',
    {
      title: 'the lock is free after the body was left early',
      objects: lock,
      steps: ways.flatMap(({ by }) => [step(1, begin), step(1, leave(by)), step(2, locked, returns(false))]),
    },
    {
      title: 'leaving early gives what the body gives',
      objects: lock,
      steps: ways.flatMap(({ by, shows }) => [step(1, begin), step(1, leave(by), shows)]),
    },
  ),
  rule('with.propagates', 'Look for a catch, and for a finally that returns.', {
    title: 'what the body throws comes out of the statement',
    objects: lock,
    steps: [step(1, begin), step(1, leave('throw'), raises(bodyError))],
  }),
  rule('with.no-release-if-acquire-fails', 'Look at where the acquire stands: before the try, not in it.', {
    title: 'where the acquire raises, the body does not run',
    objects: [object('event')],
    steps: [step(1, begin, raises('TypeError')), step(2, call('isSet'), returns(false))],
  }),
  rule('with.value', 'Look at what the body is given: the result of the acquire.', {
    title: 'the value of entering is true',
    objects: lock,
    steps: [step(1, begin, enters(true)), step(1, leave('end'))],
  }),
  rule(
    'with.supported',
    'Look at what the with-statement asks of its object: acquire and release, nothing else.',
    supports('lock'),
    supports('rlock'),
    supports('sem'),
    supports('bsem'),
    supports('cond'),
    {
      title: 'a condition is used through the lock that it was given',
      objects: [object('cond', { lock: reference(1) }), object('lock')],
      steps: [
        step(1, begin, enters(true)),
        step(2, on(1, tryAcquire), returns(false)),
        step(1, leave('end'), returns(undefined)),
        step(2, on(1, tryAcquire), returns(true)),
      ],
    },
  ),
  rule(
    'with.unsupported',
    'Look at what the with-statement does with an object that has no acquire and no release.',
    {
      title: 'an event, set or not, cannot be used in a with-statement',
      objects: [object('event')],
      steps: [step(2, call('set')), step(1, begin, raises('TypeError'))],
    },
    {
      title: 'a barrier cannot be used in a with-statement, and nobody has come to it',
      objects: [object('barrier', { parties: 1 })],
      steps: [step(1, begin, raises('TypeError')), step(2, call('nWaiting'), returns(0))],
    },
  ),
  rule(
    'with.nesting',
    'Look at what the inner statement gives back: one acquire, not all of them.',
    {
      title: 'statements on one RLock nest, and the inner one does not free it',
      objects: [object('rlock')],
      steps: [
        step(1, begin),
        step(1, begin, enters(true)),
        step(1, leave('end'), returns(undefined)),
        step(2, tryAcquire, returns(false)),
        step(1, leave('end'), returns(undefined)),
        step(2, tryAcquire, returns(true)),
      ],
    },
    {
      title: 'statements on one semaphore nest as often as it has units',
      objects: [object('sem', { value: 2 })],
      steps: [
        step(1, begin),
        step(1, begin, enters(true)),
        step(2, tryAcquire, returns(false)),
        step(1, leave('end')),
        step(2, tryAcquire, returns(true)),
        step(1, leave('end')),
      ],
    },
    {
      title: 'statements on one Lock block for ever',
      objects: lock,
      steps: [step(1, begin), step(1, begin, blocks), step(2, locked, thread(1, blocks))],
    },
    {
      title: 'statements on two locks nest',
      objects: [object('lock'), object('lock')],
      steps: [
        step(1, begin),
        step(1, on(1, begin), enters(true)),
        step(1, on(1, leave('end'))),
        step(2, locked, returns(true)),
        step(2, on(1, locked), returns(false)),
        step(1, leave('end')),
      ],
    },
  ),
  rule(
    'with.released-inside',
    'Look at whether leaving asks first if there is anything to release: it must not.',
    {
      title: 'a body that released the lock is left with an error',
      objects: lock,
      steps: [
        step(1, begin),
        step(1, release),
        step(1, leave('end'), raises('RuntimeError')),
        step(1, locked, returns(false)),
      ],
    },
  ),
];
