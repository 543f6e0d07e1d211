import { call, object, raises, returns, step, thread } from '../../example.ts';
import {
  begins,
  body,
  comesBack,
  exits,
  finishes,
  leaves,
  listOf,
  notBegun,
  threadOf,
} from '../../lifecycle.ts';
import type { Args, Call } from '../../program.ts';
import { type Rule, rule } from '../../rule.ts';

const objects = [object('dummy')];
const inMain = { in: threadOf(1) } as const;

/** Starts a Thread that runs this one of the program (counted from 1). */
function start(runs: number, args: Args = {}): Call {
  return call('start', { target: body(runs), ...args });
}

/** The same by the low-level module. */
function startNew(runs: number): Call {
  return call('startNew', { function: body(runs) });
}

const interruptMain = call('interruptMain');
const waitForEvent = call('waitForEvent');

/** The rules of how threads run that are none. */
export const runningRules: readonly Rule[] = [
  rule(
    'dummy.synchronous',
    'Look at when start() returns, and at where the errors of a target go: they are printed, but for SystemExit.',
    {
      title: 'the target runs in the thread that starts it, and start() returns after it',
      objects,
      steps: [
        step(1, start(2, { args: listOf(1, 'x') }), begins(2, { ...inMain, given: [1, 'x'] })),
        step(2, start(3), begins(3, inMain)),
        finishes(3, thread(2, returns(undefined))),
        finishes(2, thread(1, returns(undefined))),
      ],
    },
    {
      title: 'an error is printed',
      objects,
      ownProcess: true,
      stderr: ['Error'],
      steps: [
        step(1, start(2), begins(2)),
        leaves(2, { raises: 'Error' }, thread(1, returns(undefined))),
        finishes(1, exits(0)),
      ],
    },
    {
      title: 'SystemExit is ignored',
      objects,
      ownProcess: true,
      stderr: [],
      steps: [step(1, call('startExiting'), returns(undefined)), finishes(1, exits(0))],
    },
    {
      title: 'what the low-level module starts runs likewise',
      objects,
      steps: [step(1, startNew(2), begins(2, inMain)), finishes(2, thread(1, returns(undefined)))],
    },
  ),
  rule(
    'dummy.never-blocks',
    'Look at calls that would wait for another thread: there is none that could end the wait.',
    {
      title: 'a lock that is held',
      objects,
      steps: [
        step(1, call('acquireHeld'), returns(true)),
        step(1, call('acquireHeld', { blocking: false }), returns(false)),
        step(1, call('acquireHeld', { timeout: 0.05 }), returns(true)),
      ],
    },
    {
      title: 'an event that is not set',
      objects,
      steps: [step(1, call('newEvent')), step(1, waitForEvent, comesBack)],
    },
    {
      title: 'a condition that nobody notifies',
      objects,
      steps: [step(1, call('waitForNotification'), comesBack)],
    },
  ),
  rule(
    'dummy.not-for-coordination',
    'Look at a program that waits for what it starts later: it goes on in vain, and everything comes after it.',
    {
      title: 'a thread waits for an event that the next one sets',
      objects,
      steps: [
        step(1, call('newEvent')),
        step(1, start(2), begins(2, inMain)),
        step(2, waitForEvent, comesBack, notBegun(3)),
        finishes(2, thread(1, returns(undefined)), notBegun(3)),
        step(1, start(3), begins(3, inMain)),
        step(3, call('setEvent')),
        finishes(3, thread(1, returns(undefined))),
      ],
    },
  ),
  rule(
    'dummy.interrupt-main',
    'Look at who gets the KeyboardInterrupt, and when: the starter, from start().',
    {
      title: 'a thread interrupts main',
      objects,
      steps: [
        step(1, start(2), begins(2)),
        step(2, interruptMain, returns(undefined)),
        finishes(2, thread(1, raises('KeyboardInterrupt'))),
        step(1, startNew(3), begins(3)),
        step(3, interruptMain, returns(undefined)),
        finishes(3, thread(1, raises('KeyboardInterrupt'))),
        step(1, startNew(4), begins(4)),
        finishes(4, thread(1, returns(undefined))),
      ],
    },
  ),
];
