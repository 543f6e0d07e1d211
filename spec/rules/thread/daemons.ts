import { object, on, raises, returns, step } from '../../example.ts';
import { begins, body, exits, finishes, runsOn } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import { ofMain } from './asks.ts';
import { assign, create, daemon, isAlive, join, start, threadFor } from './calls.ts';

const asDaemon = assign({ daemon: true });
const asNone = assign({ daemon: false });

/** The rules of which threads are daemons, and of the main thread, which is none. */
export const daemonsRules: readonly Rule[] = [
  rule(
    'thread.daemon.inherited',
    'Look at what a thread is that nothing was said of, and at what null says.',
    {
      title: 'threads that a daemon makes are daemons',
      objects: [
        threadFor(2, { daemon: true }),
        threadFor(3),
        object('thread', { target: body(3), daemon: null }),
      ],
      steps: [
        step(1, start, begins(2)),
        step(2, on(1, create)),
        step(2, on(1, daemon), returns(true)),
        step(2, on(2, create)),
        step(2, on(2, daemon), returns(true)),
        finishes(2),
      ],
    },
    {
      title: 'threads that main makes are none, nor are those that these make',
      objects: [threadFor(2), threadFor(3, { daemon: null }), threadFor(3)],
      steps: [
        step(1, on(0, daemon), returns(false)),
        step(1, on(1, daemon), returns(false)),
        step(1, start, begins(2)),
        step(2, on(2, create)),
        step(2, on(2, daemon), returns(false)),
        finishes(2),
      ],
    },
  ),
  rule('thread.daemon.inherited-at-construction', 'Look at whose flag is copied, and when.', {
    title: 'a thread that a daemon has made is one before anybody starts it',
    objects: [threadFor(2, { daemon: true }), threadFor(3)],
    steps: [
      step(1, start, begins(2)),
      step(2, on(1, create)),
      step(1, on(1, daemon), returns(true)),
      step(2, on(1, daemon), returns(true)),
      finishes(2),
    ],
  }),
  rule('thread.daemon.ctor-overrides', 'Look at whether the constructor tells false from nothing.', {
    title: 'what is said goes before what would be inherited',
    objects: [threadFor(2, { daemon: true }), threadFor(3, { daemon: false })],
    steps: [
      step(1, daemon, returns(true)),
      step(1, start, begins(2)),
      step(2, on(1, create)),
      step(2, on(1, daemon), returns(false)),
      finishes(2),
    ],
  }),
  rule(
    'thread.daemon.settable-before-start',
    'Look at what start() takes for the thread: what the attribute says then.',
    {
      title: 'the attribute can be set, and set back',
      objects: [threadFor()],
      steps: [
        step(1, asDaemon, returns(undefined)),
        step(1, daemon, returns(true)),
        step(1, asNone, returns(undefined)),
        step(1, daemon, returns(false)),
      ],
    },
    {
      title: 'the process does not wait for a thread that was made a daemon',
      ownProcess: true,
      objects: [threadFor()],
      steps: [step(1, asDaemon), step(1, start, begins(2)), finishes(1, exits(0))],
    },
    {
      title: 'the process waits for a thread that is a daemon no more',
      ownProcess: true,
      objects: [threadFor(2, { daemon: true })],
      steps: [step(1, asNone), step(1, start, begins(2)), finishes(1, runsOn), finishes(2, exits(0))],
    },
  ),
  rule(
    'thread.daemon.set-after-start-raises',
    'Look at what the attribute asks before it is set: whether the thread was ever started.',
    {
      title: 'the attribute of a thread that was started',
      objects: [threadFor()],
      steps: [
        step(1, start, begins(2)),
        step(1, asDaemon, raises('RuntimeError')),
        step(1, asNone, raises('RuntimeError')),
        step(1, daemon, returns(false)),
        finishes(2),
        step(1, join),
        step(1, asDaemon, raises('RuntimeError')),
      ],
    },
    {
      title: "the main thread's attribute",
      objects: [threadFor()],
      steps: [
        step(1, ofMain(asDaemon), raises('RuntimeError')),
        step(1, ofMain(asNone), raises('RuntimeError')),
      ],
    },
  ),
  rule('thread.main.not-daemon', 'Look at what the record of the main thread is made with.', {
    title: 'the main thread as itself and another thread see it',
    objects: [threadFor()],
    steps: [
      step(1, ofMain(daemon), returns(false)),
      step(1, ofMain(isAlive), returns(true)),
      step(1, ofMain(start), raises('RuntimeError')),
      step(1, start, begins(2)),
      step(2, ofMain(daemon), returns(false)),
      step(2, ofMain(isAlive), returns(true)),
      step(2, ofMain(start), raises('RuntimeError')),
      finishes(2),
    ],
  }),
];
