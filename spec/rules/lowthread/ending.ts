import { on, raises, returns, step } from '../../example.ts';
import {
  begins,
  comesBack,
  exits,
  finishes,
  leaves,
  mayExit,
  notBegun,
  runsOn,
  threadOf,
} from '../../lifecycle.ts';
import { call, object } from '../../example.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { cutsOff } from '../thread/endUses.ts';
import {
  countWhenAlone,
  exit,
  exitWithFinally,
  getIdent,
  lowthread,
  setUnraisablehook,
  setUnraisablehookHere,
  startNewThread,
  sysExit,
} from './calls.ts';

const readCell = on(1, call('read'));

/** The rules of how a thread that has no object ends, and what others notice of that. */
export const endingRules: readonly Rule[] = [
  rule('lowthread.start.return-ignored', 'Look at what becomes of the value that the function returns.', {
    title: 'the function returns a number, and nobody hears of it',
    ownProcess: true,
    stderr: [],
    objects: [lowthread],
    steps: [
      step(1, startNewThread(), begins(2)),
      leaves(2, { returns: 7 }, runsOn),
      step(1, countWhenAlone),
      finishes(1, exits(0)),
    ],
  }),
  rule('lowthread.start.exception-isolated', 'Look at whom an error ends, and at what is printed.', {
    title: 'an error ends its thread, and is printed; another thread and main go on',
    ownProcess: true,
    stderr: ['thrown by the program'],
    objects: [lowthread],
    steps: [
      step(1, startNewThread(2), begins(2)),
      step(1, startNewThread(3), begins(3)),
      leaves(2, { raises: 'Error' }, runsOn),
      step(3, getIdent, comesBack),
      finishes(3),
      step(1, countWhenAlone, comesBack),
      finishes(1, exits(0)),
    ],
  }),
  rule(
    'lowthread.start.unraisablehook',
    'Look at which hook is told of the error, and what of it.',
    {
      title: 'the hook of raw threads is called, in the thread that fails, and no other',
      objects: [lowthread],
      steps: [
        step(1, setUnraisablehook(3)),
        step(1, startNewThread(), begins(2)),
        leaves(2, { raises: 'Error' }, begins(3, { in: threadOf(2) })),
        finishes(3, notBegun(3)),
        step(1, setUnraisablehook(null)),
      ],
    },
    {
      title: 'the hook is told which function has failed',
      objects: [lowthread],
      steps: [
        step(1, startNewThread(), begins(2)),
        step(2, setUnraisablehookHere(3)),
        leaves(
          2,
          { raises: 'Error' },
          begins(3, { given: [{ json: '{"error":"Error"}' }, { json: '{"function":"body2"}' }] }),
        ),
        finishes(3),
      ],
    },
  ),
  rule('lowthread.start.systemexit-silent', 'Look at what is printed of SystemExit.', {
    title: 'SystemExit ends the thread, and nobody hears of it',
    ownProcess: true,
    stderr: [],
    objects: [lowthread],
    steps: [
      step(1, startNewThread(), begins(2)),
      leaves(2, { raises: 'SystemExit' }, runsOn),
      step(1, countWhenAlone),
      finishes(1, exits(0)),
    ],
  }),
  usedWhere(
    rule('lowthread.start.exit-not-awaited', 'Look at what becomes of raw threads when the process ends.', {
      title: 'main ends while a raw thread is at work',
      ownProcess: true,
      objects: [lowthread],
      steps: [step(1, startNewThread(), begins(2)), step(2, getIdent, comesBack), finishes(1, mayExit)],
    }),
    cutsOff,
  ),
  rule('lowthread.exit.raises-systemexit', 'Look at how exit() leaves the function: by an error.', {
    title: 'exit() in main and in another thread, where it is caught',
    ownProcess: true,
    objects: [lowthread],
    steps: [
      step(1, exit, raises('SystemExit')),
      step(1, startNewThread(), begins(2)),
      step(2, exit, raises('SystemExit')),
      step(2, getIdent, comesBack),
      finishes(2),
    ],
  }),
  rule('lowthread.exit.only-own-thread', 'Look at what ends with exit(): one thread.', {
    title: 'a thread exits, and nobody notices',
    ownProcess: true,
    stderr: [],
    objects: [lowthread],
    steps: [
      step(1, startNewThread(2), begins(2)),
      step(1, startNewThread(3), begins(3)),
      step(2, exit, runsOn),
      leaves(2, { raises: 'SystemExit' }, runsOn),
      step(3, getIdent, comesBack),
      finishes(3),
      step(1, countWhenAlone),
      finishes(1, exits(0)),
    ],
  }),
  rule(
    'lowthread.exit.finally-runs',
    'Look at what happens on the way from exit() to the end of the thread.',
    {
      title: 'exit() with a finally clause around it',
      ownProcess: true,
      objects: [lowthread, object('cell')],
      steps: [
        step(1, startNewThread(), begins(2)),
        step(2, exitWithFinally(1)),
        step(1, readCell, returns(1)),
        leaves(2, { raises: 'SystemExit' }),
      ],
    },
  ),
  rule(
    'lowthread.exit.sys-exit-equivalent',
    'Look at what becomes of the code with which a thread exits.',
    {
      title: 'a thread raises SystemExit with a code',
      ownProcess: true,
      objects: [lowthread],
      steps: [
        step(1, startNewThread(), begins(2)),
        leaves(2, { raises: 'SystemExit', value: 5 }, runsOn),
        step(1, countWhenAlone, comesBack),
        finishes(1, exits(0)),
      ],
    },
    {
      title: 'a thread leaves as the language does that, with a code',
      ownProcess: true,
      objects: [lowthread],
      steps: [
        step(1, startNewThread(), begins(2)),
        step(2, sysExit(5), runsOn),
        step(1, countWhenAlone, comesBack),
        finishes(1, exits(0)),
      ],
    },
  ),
];
