import {
  blocks,
  call,
  type Expectation,
  object,
  on,
  type OrderedExample,
  raises,
  returns,
  step,
  thread,
} from '../../example.ts';
import { begins, finishes } from '../../lifecycle.ts';
import type { Args, Call, Family, Value } from '../../program.ts';
import { type Rule, rule } from '../../rule.ts';
import { module, start, threadFor } from './calls.ts';

const maximum = call('TIMEOUT_MAX');

/** A call of the object at this position (from 0), with so many times the longest time-out. */
function withMaximum(position: number, method: string, times = 1): Call {
  return call('withMaximum', { object: position, method, times });
}

/** A call that may wait, on an object of this family. */
interface Waiting {
  readonly title: string;
  readonly family: Family;
  readonly args?: Args;
  /** What another thread, and what the one that waits, does before. */
  readonly before?: readonly Call[];
  readonly own?: readonly Call[];
  readonly waiting: (timeout: number) => Call;
}

const acquire = call('acquire');
const timedAcquire = (timeout: number) => call('acquire', { timeout });
const timedWait = (timeout: number) => call('wait', { timeout });
const timedGet = (timeout: number) => call('get', { timeout });
const timedPut = (timeout: number) => call('put', { item: 2, timeout });

const lock: Waiting = {
  title: 'a lock that is held',
  family: 'lock',
  before: [acquire],
  waiting: timedAcquire,
};
const rlock: Waiting = { ...lock, title: 'an RLock that is held', family: 'rlock' };
const event: Waiting = { title: 'an event that is not set', family: 'event', waiting: timedWait };
const queue: Waiting = { title: 'an empty queue', family: 'queue', waiting: timedGet };

/** Where the call has to wait. */
const waits: readonly Waiting[] = [
  lock,
  rlock,
  event,
  { title: 'a semaphore at 0', family: 'sem', args: { value: 0 }, waiting: timedAcquire },
  { title: 'a condition', family: 'cond', own: [acquire], waiting: timedWait },
  { title: 'a barrier', family: 'barrier', args: { parties: 2 }, waiting: timedWait },
  queue,
  {
    title: 'a full queue',
    family: 'queue',
    args: { maxsize: 1 },
    before: [call('put', { item: 1 })],
    waiting: timedPut,
  },
];

/** Calls that look at their time-out even if there is nothing to wait for. */
const looks: readonly Waiting[] = [
  { title: 'a lock that is free', family: 'lock', waiting: timedAcquire },
  { title: 'an RLock that is free', family: 'rlock', waiting: timedAcquire },
];

function refusing({ title, family, args, before = [], own = [], waiting }: Waiting): OrderedExample {
  return {
    title,
    objects: [object(family, args)],
    steps: [
      ...before.map((made) => step(1, made)),
      ...own.map((made) => step(2, made)),
      step(2, waiting(Infinity), raises('OverflowError')),
    ],
  };
}

/** There is nothing to wait for: the call does what it has to, or refuses its time-out. */
function goingOn(waiting: Waiting, value: Value): OrderedExample {
  const { title, family, args, before = [] } = waiting;
  const either: Expectation = { oneOfOutcomes: [{ returns: value }, { raises: 'OverflowError' }] };
  return {
    title,
    objects: [object(family, args)],
    steps: [...before.map((made) => step(1, made)), step(2, waiting.waiting(Infinity), either)],
  };
}

/** The rules of the longest time-out. */
export const timeoutRules: readonly Rule[] = [
  rule(
    'mod.timeout-max.constant',
    'Look at what the constant is compared with: a time-out that is no longer than it is accepted.',
    {
      title: 'it is a number of seconds, the same for the low-level functions',
      objects: [module, object('lowthread')],
      steps: [
        step(1, maximum),
        step(1, call('hasFiniteMaximum'), returns(true)),
        step(1, call('hasSameMaximum'), returns(true)),
      ],
    },
    {
      title: 'a lock that is free is acquired within that time',
      objects: [module, object('lock')],
      steps: [step(1, maximum), step(1, withMaximum(1, 'acquire'), returns(true))],
    },
    {
      title: 'a thread may wait for so long',
      objects: [module, threadFor(), object('event')],
      steps: [
        step(1, maximum),
        step(1, start(), begins(2)),
        step(2, withMaximum(2, 'wait'), blocks),
        step(1, on(2, call('set')), thread(2, returns(true))),
        finishes(2),
      ],
    },
  ),
  rule(
    'mod.timeout-max.overflow',
    'Look at what becomes of a time-out that is too long: it must not be cut, or taken for no limit.',
    ...(waits.map(refusing) as [OrderedExample, ...OrderedExample[]]),
    ...looks.map(refusing),
    {
      title: 'a thread that runs',
      objects: [module, threadFor()],
      steps: [
        step(1, start(), begins(2)),
        step(1, on(1, call('join', { timeout: Infinity })), raises('OverflowError')),
        finishes(2),
      ],
    },
    {
      title: 'twice the longest time-out',
      objects: [module, object('lock'), object('event')],
      steps: [
        step(1, maximum),
        step(1, withMaximum(1, 'acquire', 2), raises('OverflowError')),
        step(1, withMaximum(2, 'wait', 2), raises('OverflowError')),
      ],
    },
  ),
  rule(
    'mod.timeout-max.lazy-check',
    'Look at what a time-out that is too long does where there is nothing to wait for.',
    goingOn({ ...event, title: 'an event that is set', before: [call('set')] }, true),
    goingOn({ title: 'a semaphore above 0', family: 'sem', waiting: timedAcquire }, true),
    goingOn({ ...queue, title: 'a queue with an item', before: [call('put', { item: 1 })] }, 1),
    goingOn({ ...queue, title: 'a queue with room', waiting: timedPut }, undefined),
    goingOn(
      {
        title: 'a barrier that nobody else is awaited at',
        family: 'barrier',
        args: { parties: 1 },
        waiting: timedWait,
      },
      0,
    ),
  ),
];
