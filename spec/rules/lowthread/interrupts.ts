import { raises, returns, step, thread } from '../../example.ts';
import { begins, comesBack, finishes, notBegun, runsOn, threadOf } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import {
  getIdent,
  interruptAndLook,
  interruptMain,
  look,
  lookFor,
  lookUntil,
  lowthread,
  sendSignal,
  signal,
  startNewThread,
  waitAndLook,
} from './calls.ts';
import { interruptsLater } from './uses.ts';

/** The numbers of the user's interrupt, and of a signal for which nothing is done at first. */
const interrupt = 2;
const termination = 15;

/** Seconds in which what must not happen has time to. */
const brief = 0.1;

/** The rules of how the main thread is interrupted, and who else is. */
export const interruptsRules: readonly Rule[] = [
  rule(
    'lowthread.interrupt-main.delivers',
    'Look at who looks for interrupts, and when: the main thread, when it makes calls.',
    {
      title: 'a thread interrupts main, which makes calls',
      objects: [lowthread],
      steps: [
        step(1, startNewThread(), begins(2)),
        step(1, look),
        step(2, interruptMain(), thread(1, raises('KeyboardInterrupt'))),
        finishes(2),
      ],
    },
    {
      title: 'main interrupts itself',
      objects: [lowthread],
      steps: [step(1, interruptAndLook(), raises('KeyboardInterrupt'))],
    },
  ),
  usedWhere(
    rule('lowthread.interrupt-main.delay-free', 'Look at what has to happen before main is interrupted.', {
      title: 'a thread interrupts main while that waits, and makes another call',
      objects: [lowthread],
      steps: [
        step(1, startNewThread(), begins(2)),
        step(1, waitAndLook(0.3)),
        step(2, interruptMain(), comesBack),
        step(2, getIdent, comesBack),
        finishes(2),
      ],
    }),
    interruptsLater,
  ),
  rule('lowthread.interrupt-main.signum', 'Look at which signal is simulated, and where its handler runs.', {
    title: 'a handler for another signal runs in main',
    ownProcess: true,
    objects: [lowthread],
    steps: [
      step(1, signal(termination, 3)),
      step(1, startNewThread(), begins(2)),
      step(1, lookUntil(3)),
      step(2, interruptMain(termination), begins(3, { in: threadOf(1) })),
      finishes(3, thread(1, comesBack)),
      finishes(2),
    ],
  }),
  rule('lowthread.interrupt-main.invalid-signum', 'Look at how the number of the signal is checked.', {
    title: 'numbers that no signal has',
    objects: [lowthread],
    steps: [
      step(1, interruptMain(0), raises('ValueError')),
      step(1, interruptMain(-1), raises('ValueError')),
      step(1, interruptMain(1_000_000), raises('ValueError')),
    ],
  }),
  rule(
    'lowthread.interrupt-main.unhandled-noop',
    'Look at what interrupts do that nobody handles.',
    {
      title: 'interrupts are ignored',
      ownProcess: true,
      objects: [lowthread],
      steps: [
        step(1, signal(interrupt, 'ignore')),
        step(1, interruptAndLook(undefined, brief), returns(undefined)),
        step(1, startNewThread(), begins(2)),
        step(2, interruptMain(), returns(undefined), runsOn),
        step(1, lookFor(brief), returns(undefined)),
      ],
    },
    {
      title: 'interrupts are left to the system',
      ownProcess: true,
      objects: [lowthread],
      steps: [
        step(1, signal(interrupt, 'default')),
        step(1, interruptAndLook(undefined, brief), returns(undefined), runsOn),
      ],
    },
    {
      title: 'another signal is left to the system, as all are at first',
      ownProcess: true,
      objects: [lowthread],
      steps: [step(1, interruptAndLook(termination, brief), returns(undefined), runsOn)],
    },
  ),
  rule(
    'lowthread.interrupts-to-main',
    'Look at which thread an interrupt reaches.',
    {
      title: 'a real interrupt is handled in main',
      ownProcess: true,
      objects: [lowthread],
      steps: [
        step(1, signal(interrupt, 3)),
        step(1, startNewThread(), begins(2)),
        step(2, sendSignal(interrupt), begins(3, { in: threadOf(1) })),
        finishes(3, notBegun(3)),
        finishes(2),
      ],
    },
    {
      title: 'who interrupts main, and who is beside, goes on',
      objects: [lowthread],
      steps: [
        step(1, startNewThread(2), begins(2)),
        step(1, startNewThread(3), begins(3)),
        step(1, look),
        step(2, interruptMain(), comesBack),
        step(2, lookFor(brief), returns(undefined)),
        step(3, lookFor(brief), returns(undefined)),
        finishes(2),
        finishes(3),
      ],
    },
  ),
];
