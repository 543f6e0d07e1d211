import { blocks, object, raises, returns, step, thread } from '../../example.ts';
import { begins, comesBack, finishes, notBegun, runsOn, threadOf } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import {
  acquire,
  acquireAndLook,
  interruptAndLook,
  interruptAndRelease,
  interruptMain,
  look,
  lowthread,
  release,
  sendSignal,
  signal,
  startNewThread,
} from './calls.ts';
import { interruptsLater } from './uses.ts';

/** The numbers of the user's interrupt, and of a signal for which nothing is done at first. */
const interrupt = 2;
const termination = 15;

/** Seconds in which what must not happen has time to. */
const brief = 0.1;

/** The low-level functions, and a lock for which the main thread waits. */
const objects = [lowthread, object('lock')] as const;

/** The rules of how the main thread is interrupted, and who else is. */
export const interruptsRules: readonly Rule[] = [
  rule(
    'lowthread.interrupt-main.delivers',
    'Look at who looks for interrupts, and when: the main thread, when it makes calls.',
    {
      title: 'a thread interrupts main, and lets the lock go that main waits for',
      objects,
      steps: [
        step(1, acquire(1)),
        step(1, startNewThread(), begins(2)),
        step(1, acquireAndLook(1), blocks),
        step(2, interruptAndRelease(1), thread(1, raises('KeyboardInterrupt'))),
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
      title: 'a thread interrupts main while that waits for a lock, and then lets the lock go',
      objects,
      steps: [
        step(1, acquire(1)),
        step(1, startNewThread(), begins(2)),
        step(1, acquireAndLook(1), blocks),
        step(2, interruptMain(), comesBack),
        step(2, release(1)),
        finishes(2),
      ],
    }),
    interruptsLater,
  ),
  rule('lowthread.interrupt-main.signum', 'Look at which signal is simulated, and where its handler runs.', {
    title: 'a handler for another signal runs in main',
    ownProcess: true,
    objects,
    steps: [
      step(1, signal(termination, 3)),
      step(1, acquire(1)),
      step(1, startNewThread(), begins(2)),
      step(1, acquireAndLook(1, 3), blocks),
      step(2, interruptAndRelease(1, termination), begins(3, { in: threadOf(1) })),
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
        step(1, look(brief), returns(undefined)),
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
      objects,
      steps: [
        step(1, acquire(1)),
        step(1, startNewThread(2), begins(2)),
        step(1, startNewThread(3), begins(3)),
        step(1, acquireAndLook(1), blocks),
        step(2, interruptAndRelease(1), comesBack),
        step(2, look(brief), returns(undefined)),
        step(3, look(brief), returns(undefined)),
        finishes(2),
        finishes(3),
      ],
    },
  ),
];
