import { describeBeginning, describeCondition, describeExit } from '../../spec/compare.ts';
import type { ExampleStep, Expectation, ExpectedExit, OrderedExample } from '../../spec/example.ts';
import { describeOutcome } from '../../spec/history.ts';
import { describeCall, describeShortly } from '../calls.ts';
import { count, list } from '../text.ts';
import type { Drawing, Row } from './rows.ts';

/** An example whose calls have an order, as lanes: what is done, and what must be seen. */
export function exampleLanes({ objects, steps, creation }: OrderedExample): Drawing {
  const rows: Row[] = [];
  let threads = 1;
  if (creation !== undefined) {
    const must = creation === 'an object' ? 'succeeds' : describeOutcome(creation);
    rows.push({ kind: 'note', text: `the constructor ${must}` });
  }
  for (const [position, step] of steps.entries()) {
    const caller = callerOf(step);
    threads = Math.max(threads, caller + 1);
    if ('elapse' in step) rows.push({ kind: 'note', text: `${count(step.elapse, 'second')} later` });
    else if ('ends' in step) rows.push({ kind: 'within', thread: caller, text: describeEnd(step) });
    else {
      const open = step.call.method === 'with' || isAwaited(steps.slice(position), caller);
      const kind = open && step.call.method !== 'leave' ? 'opens' : 'within';
      rows.push({ kind, thread: caller, text: describeCall(objects, step.call) });
    }
    // What the caller shows comes first, so that a call that returns at once is told in one line.
    const shows = [...step.shows].sort((a, b) => Number(isOthers(a, caller)) - Number(isOthers(b, caller)));
    for (const expectation of shows) rows.push(expected(expectation, caller));
  }
  return { threads, rows };
}

function describeEnd({ by }: Extract<ExampleStep, { ends: number }>): string {
  if (by === undefined) return '(the thread ends)';
  return `(the thread's function ${describeOutcome(by)})`;
}

function callerOf(step: ExampleStep): number {
  if ('elapse' in step) return 0;
  return 'ends' in step ? step.ends : step.thread;
}

/** Says whether the example looks at what becomes of the first step's call. */
function isAwaited([first, ...later]: readonly ExampleStep[], caller: number): boolean {
  const next = later.findIndex((step) => 'call' in step && step.thread === caller);
  const until = next < 0 ? later : later.slice(0, next);
  const concerns = (step: ExampleStep, own: number) =>
    step.shows.some((expectation) => {
      if (!isAboutThread(expectation)) return false;
      if ('oneOf' in expectation) return expectation.oneOf.includes(caller);
      return (expectation.thread ?? own) === caller;
    });
  return (
    (first !== undefined && concerns(first, caller)) || until.some((step) => concerns(step, callerOf(step)))
  );
}

function isOthers(expectation: Expectation, caller: number): boolean {
  if (!isAboutThread(expectation) || 'oneOf' in expectation) return true;
  return (expectation.thread ?? caller) !== caller;
}

type AboutWhole = Extract<
  Expectation,
  | { readonly callbacks: number }
  | { readonly begins: number }
  | { readonly notBegun: number }
  | { readonly exits: ExpectedExit }
>;

/** Whether it says what becomes of threads' calls, and not of something else. */
function isAboutThread(expectation: Expectation): expectation is Exclude<Expectation, AboutWhole> {
  return !['callbacks', 'begins', 'notBegun', 'exits'].some((key) => key in expectation);
}

function expected(expectation: Expectation, caller: number): Row {
  if ('oneOf' in expectation) {
    const threads = list(
      expectation.oneOf.map((thread) => `${thread + 1}`),
      'or',
    );
    return {
      kind: 'note',
      text: `one of thread ${threads} ${describeOutcome(expectation.outcome)}, the others stay blocked`,
    };
  }
  if ('begins' in expectation) {
    const { begins, ...how } = expectation;
    return { kind: 'note', text: `thread ${begins + 1} begins${describeBeginning(how)}` };
  }
  if ('notBegun' in expectation) {
    return { kind: 'note', text: `thread ${expectation.notBegun + 1} has not begun` };
  }
  if ('exits' in expectation) return { kind: 'note', text: describeExit(expectation.exits) };
  if ('callbacks' in expectation) {
    const { callbacks, orMore } = expectation;
    const times =
      callbacks === 0 ? 'not called' : `called ${count(callbacks, 'time')}${orMore ? ' or more' : ''}`;
    return { kind: 'note', text: `what was handed over is ${times}` };
  }
  const thread = expectation.thread ?? caller;
  if ('blocks' in expectation) return { kind: 'sleeps', thread, text: 'blocks' };
  if ('enters' in expectation) {
    return {
      kind: 'within',
      thread,
      text: `enters with ${describeShortly({ returns: expectation.enters })}`,
    };
  }
  if ('value' in expectation) return { kind: 'closes', thread, text: describeCondition(expectation.value) };
  if ('lasts' in expectation) {
    return { kind: 'closes', thread, text: `after ${count(expectation.lasts, 'second')} or more` };
  }
  const outcomes = 'oneOfOutcomes' in expectation ? expectation.oneOfOutcomes : [expectation.outcome];
  return { kind: 'closes', thread, text: list(outcomes.map(describeShortly), 'or') };
}
