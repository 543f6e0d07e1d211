import { call, type OrderedExample, returns, step } from '../../example.ts';
import { begins, body, comesBack, finishes, notBegun, threadOf } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import type { Call, ObjectSpec } from '../../program.ts';
import { join, lowthread, module, setprofile, settrace, start, startRaw, threadFor } from './calls.ts';

/** How a hook is installed. */
type Setting = (thread: number | null) => Call;

const visit = call('visit');

function isTrace(thread: number | null): Call {
  return call('gettrace', { it: thread === null ? null : body(thread) });
}

function isProfile(thread: number | null): Call {
  return call('getprofile', { it: thread === null ? null : body(thread) });
}

/** An example that leaves a hook behind. */
function leaving(
  title: string,
  objects: readonly ObjectSpec[],
  steps: OrderedExample['steps'],
): OrderedExample {
  return { title, ownProcess: true, objects: [module, ...objects], steps };
}

/** The hook runs in the new thread, before what the thread is to run. */
function laterThreads(title: string, set: Setting): OrderedExample {
  return leaving(
    title,
    [threadFor(3), threadFor(4)],
    [
      step(1, set(2)),
      step(1, start(1), begins(2, { in: 'a new thread' }), notBegun(3)),
      finishes(2, begins(3, { in: threadOf(2) })),
      finishes(3),
    ],
  );
}

/**
 * The body of thread 3 has run before. Whoever runs it once more comes back at once: so whichever of two hooks is
 * called first, it does not keep the other one.
 */
const spendThird = [step(1, start(2), begins(3)), finishes(3), step(1, join(2), comesBack)];

function existingThreads(title: string, set: Setting): OrderedExample {
  return leaving(
    title,
    [threadFor(2)],
    [
      step(1, start(1), begins(2)),
      step(1, set(3), notBegun(3)),
      step(2, visit),
      step(1, visit, notBegun(3)),
      finishes(2),
    ],
  );
}

function clearing(title: string, set: Setting): OrderedExample {
  return leaving(
    title,
    [threadFor(3)],
    [step(1, set(2)), step(1, set(null)), step(1, start(1), notBegun(2), begins(3)), finishes(3)],
  );
}

function allThreads(title: string, set: Setting): OrderedExample {
  return leaving(
    title,
    [threadFor(2), threadFor(3), threadFor(4)],
    [
      ...spendThird,
      step(1, start(1), begins(2)),
      step(1, set(3)),
      step(2, visit, returns(undefined), begins(3, { in: threadOf(2) })),
      step(1, start(3), begins(3, { in: 'a new thread' }), begins(4)),
      finishes(4),
      finishes(2),
    ],
  );
}

function forAll(name: string): Setting {
  return (thread) => call(name, { to: thread === null ? null : body(thread) });
}

/** The rules of trace and profile functions. */
export const hookRules: readonly Rule[] = [
  rule(
    'mod.settrace.later-threads',
    'Look at what a new thread does first: it calls the hook, then it runs.',
    laterThreads('a thread is traced before it runs', settrace),
  ),
  rule(
    'mod.settrace.not-existing-threads',
    'Look at whom the hook is for: only for threads that are started afterwards.',
    existingThreads('neither the caller nor a thread that runs is traced', settrace),
    existingThreads('neither is profiled', setprofile),
  ),
  rule('mod.settrace.not-raw-threads', 'Look at whether threads without an object are given the hooks.', {
    title: 'a thread that the low-level function starts is neither traced nor profiled',
    ownProcess: true,
    objects: [module, lowthread],
    steps: [
      step(1, settrace(2)),
      step(1, setprofile(3)),
      step(1, startRaw(4), notBegun(2), notBegun(3), begins(4)),
      finishes(4),
    ],
  }),
  rule(
    'mod.settrace.none-clears',
    'Look at whether null replaces the hook, or nothing does.',
    clearing('a hook that was taken back is not called: trace', settrace),
    clearing('a hook that was taken back is not called: profile', setprofile),
  ),
  rule(
    'mod.setprofile.later-threads',
    'Look at what a new thread does first, and at whether both hooks have a place of their own.',
    laterThreads('a thread is profiled before it runs', setprofile),
    leaving(
      'a profile function does not replace the trace function',
      [threadFor(2), threadFor(3), threadFor(4)],
      [
        ...spendThird,
        step(1, settrace(4)),
        step(1, setprofile(3)),
        step(1, start(1), begins(4, { in: 'a new thread' }), notBegun(2)),
        finishes(4, begins(2, { in: threadOf(4) })),
        finishes(2),
      ],
    ),
    leaving(
      'a trace function does not replace the profile function',
      [threadFor(2), threadFor(3), threadFor(4)],
      [
        ...spendThird,
        step(1, setprofile(4)),
        step(1, settrace(3)),
        step(1, start(1), begins(4, { in: 'a new thread' }), notBegun(2)),
        finishes(4, begins(2, { in: threadOf(4) })),
        finishes(2),
      ],
    ),
  ),
  rule(
    'mod.gettrace-getprofile',
    'Look at which of the two hooks is given back.',
    leaving(
      'what was set last is given back, each by its own function',
      [],
      [
        step(1, isTrace(null), returns(true)),
        step(1, isProfile(null), returns(true)),
        step(1, settrace(2)),
        step(1, isTrace(2), returns(true)),
        step(1, isProfile(null), returns(true)),
        step(1, setprofile(3)),
        step(1, isTrace(2), returns(true)),
        step(1, isProfile(3), returns(true)),
        step(1, settrace(4)),
        step(1, isTrace(4), returns(true)),
        step(1, settrace(null)),
        step(1, isTrace(null), returns(true)),
        step(1, isProfile(3), returns(true)),
      ],
    ),
  ),
  rule(
    'mod.settrace-all-threads',
    'Look at how threads that run come to know of the hook.',
    allThreads('a thread that runs is traced, and so are later ones', forAll('settraceAllThreads')),
    allThreads('a thread that runs is profiled, and so are later ones', forAll('setprofileAllThreads')),
  ),
];
