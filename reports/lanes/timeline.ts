import type { TraceStep } from '../../properties/engines/trace.ts';
import type { History, HistoryEvent } from '../../spec/history.ts';

/** What happened, call events and atomic steps in one order. */
export type Happening =
  | { readonly step: TraceStep; readonly preempted?: number }
  | { readonly event: HistoryEvent; readonly position: number };

/**
 * Puts the trace's steps between the history's events.
 *
 * A step is a decision, and what its thread does up to the next decision follows it: so a thread's
 * first call follows its `begin`, any other the step that is named `call`, falling asleep follows the
 * last step before `wake`, spinning anything up to what is known to come next, a call of a function that was handed over the step `callback`, and an end
 * follows the thread's last step before its next `call`.
 */
export function timeline(history: History, trace: readonly TraceStep[]): readonly Happening[] {
  const happenings: Happening[] = [];
  const after = stepsBefore(history, trace);
  let next = 0;
  history.forEach((event, position) => {
    const until = after[position] as number;
    for (; next <= until; next++) happenings.push(stepAt(trace, next));
    happenings.push({ event, position });
  });
  return happenings;
}

/** For each event the position of the last step before it; -1 before all steps. */
function stepsBefore(history: History, trace: readonly TraceStep[]): readonly number[] {
  const calls = new Map<number, number>();
  const callbacks = new Map<number, number>();
  const after = history.map((event) => {
    if (!('thread' in event)) return undefined;
    const { thread } = event;
    if (event.type === 'call') calls.set(thread, (calls.get(thread) ?? 0) + 1);
    if (event.type === 'callback') {
      callbacks.set(thread, (callbacks.get(thread) ?? 0) + 1);
      return nthStep(trace, thread, ['callback'], callbacks.get(thread) ?? 0);
    }
    const began = nthStep(trace, thread, ['begin', 'call'], calls.get(thread) ?? 0);
    if (event.type === 'call') return began;
    if (event.type !== 'blocked') return lastBefore(trace, thread, ['call'], began);
    const last = lastBefore(trace, thread, ['call', 'wake'], began);
    return fallsAsleep(trace[last]) ? last : undefined;
  });
  let latest = -1;
  return after.map((step, position) => {
    latest = Math.max(latest, step ?? beforeWake(trace, latest, after.slice(position + 1)));
    return latest;
  });
}

/** The thread's n-th step that is one of these operations. */
function nthStep(
  trace: readonly TraceStep[],
  thread: number,
  operations: readonly string[],
  count: number,
): number {
  let seen = 0;
  return trace.findIndex(
    (step) => step.thread === thread && operations.includes(step.operation) && ++seen === count,
  );
}

/** Whether it can be the last step of a thread that sleeps: a call's first atomic step is part of its beginning. */
function fallsAsleep(step: TraceStep | undefined): boolean {
  return step === undefined || ['begin', 'call', 'callback', 'wait', 'waitAsync'].includes(step.operation);
}

/** The thread's last step after `from` and before its next one of these operations. */
function lastBefore(
  trace: readonly TraceStep[],
  thread: number,
  operations: readonly string[],
  from: number,
): number {
  let last = from;
  for (let position = Math.max(0, from + 1); position < trace.length; position++) {
    if (trace[position]?.thread !== thread) continue;
    if (operations.includes(trace[position]?.operation as string)) break;
    last = position;
  }
  return last;
}

/** All is quiet, or a thread spins: what can follow is that a sleeper's time is over. */
function beforeWake(
  trace: readonly TraceStep[],
  from: number,
  later: readonly (number | undefined)[],
): number {
  const known = later.find((step) => step !== undefined);
  const until = known === undefined ? trace.length - 1 : known - 1;
  const wake = trace.findIndex((step, position) => position > from && step.operation === 'wake');
  return wake >= 0 && wake <= until ? wake - 1 : until;
}

/** A step, and the thread that could have gone on but had to let this one go first. */
function stepAt(trace: readonly TraceStep[], position: number): Happening {
  const step = trace[position] as TraceStep;
  const before = trace[position - 1];
  if (before === undefined || before.thread === step.thread) return { step };
  const resumes = trace.slice(position).find(({ thread }) => thread === before.thread);
  if (resumes === undefined || resumes.operation === 'wake') return { step };
  return { step, preempted: before.thread };
}
