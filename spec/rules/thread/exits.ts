import { blocks, on, returns, step, thread } from '../../example.ts';
import { begins, comesBack, exits, finishes, leaves, notBegun, runsOn, threadOf } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { atExit, ofMain } from './asks.ts';
import { create, isAlive, join, start, threadFor } from './calls.ts';
import { cutsOff, refusesLateStart } from './endUses.ts';

const asDaemon = { daemon: true };

/** The rules of how the process ends, and whom it waits for. */
export const exitsRules: readonly Rule[] = [
  rule(
    'thread.exit.nondaemon-awaited',
    'Look at what keeps the process when main has nothing to do.',
    {
      title: 'a thread goes on after the main thread has ended',
      ownProcess: true,
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        finishes(1, runsOn),
        step(2, isAlive, returns(true)),
        finishes(2, exits(0)),
      ],
    },
    {
      title: 'so does one that another thread has started',
      ownProcess: true,
      objects: [threadFor(2), threadFor(3)],
      steps: [
        step(1, on(0, start), begins(2)),
        step(2, on(1, create)),
        step(2, on(1, start), begins(3)),
        finishes(1, runsOn),
        finishes(2, runsOn),
        finishes(3, exits(0)),
      ],
    },
  ),
  rule(
    'thread.exit.daemon-not-awaited',
    'Look at which threads keep the process.',
    {
      title: 'the process ends, though a daemon is at work',
      ownProcess: true,
      objects: [threadFor(2, asDaemon)],
      steps: [step(1, start, begins(2)), finishes(1, exits(0))],
    },
    {
      title: 'the process ends with the last thread that is no daemon',
      ownProcess: true,
      objects: [threadFor(2, asDaemon), threadFor(3)],
      steps: [
        step(1, on(0, start), begins(2)),
        step(1, on(1, start), begins(3)),
        finishes(1),
        finishes(3, exits(0)),
      ],
    },
  ),
  usedWhere(
    rule(
      'thread.exit.daemon-abrupt',
      'Look at what a daemon still does at the end of the process: nothing, perhaps.',
      {
        title: 'a daemon that has more to do is at work when the process ends',
        ownProcess: true,
        objects: [threadFor(2, asDaemon)],
        steps: [step(1, start, begins(2)), step(2, isAlive, returns(true)), finishes(1, exits(0))],
      },
    ),
    cutsOff,
  ),
  rule(
    'thread.exit.error-still-waits',
    'Look at what ends the process when main ends by an error, and at its exit code.',
    {
      title: 'main ends by SystemExit',
      ownProcess: true,
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        leaves(1, { raises: 'SystemExit', value: 3 }, runsOn),
        finishes(2, exits(3)),
      ],
    },
    {
      title: 'main ends by an error that nobody has caught',
      ownProcess: true,
      objects: [threadFor()],
      steps: [step(1, start, begins(2)), leaves(1, { raises: 'Error' }, runsOn), finishes(2, exits(1))],
    },
  ),
  rule('thread.exit.status-unaffected', 'Look at what an error of a thread does to the exit code.', {
    title: 'the exit code is 0, though an error has ended a thread',
    ownProcess: true,
    objects: [threadFor()],
    steps: [step(1, start, begins(2)), leaves(2, { raises: 'Error' }), step(1, join), finishes(1, exits(0))],
  }),
  rule(
    'thread.exit.atexit-after-threads',
    'Look at when what was registered for the end of the process is called.',
    {
      title: 'what the process does at its end, it does when its threads have ended',
      ownProcess: true,
      objects: [threadFor()],
      steps: [
        step(1, atExit(3)),
        step(1, start, begins(2)),
        finishes(1, notBegun(3)),
        finishes(2, begins(3, { in: threadOf(1) })),
        finishes(3),
      ],
    },
  ),
  rule('thread.main.join', 'Look at when those go on who have joined the main thread.', {
    title: 'a thread joins the main thread, and goes on before the process waits for the rest',
    ownProcess: true,
    objects: [threadFor(2), threadFor(3)],
    steps: [
      step(1, on(0, start), begins(2)),
      step(1, on(1, start), begins(3)),
      step(2, ofMain(join), blocks),
      finishes(1, thread(2, comesBack), runsOn),
      finishes(2),
      finishes(3, exits(0)),
    ],
  }),
  usedWhere(
    rule('thread.exit.late-start-free', 'Look at what start() does when the main thread has ended.', {
      title: 'a thread starts another one when the main thread has ended',
      ownProcess: true,
      objects: [threadFor(2), threadFor(3)],
      steps: [
        step(1, on(0, start), begins(2)),
        finishes(1, runsOn),
        step(2, on(1, create)),
        step(2, on(1, start), {
          oneOfOutcomes: [{ returns: undefined }, { raises: 'RuntimeError' }],
        }),
        finishes(2),
      ],
    }),
    refusesLateStart,
  ),
];
