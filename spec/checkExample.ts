import { catalogueRow } from './catalogue.ts';
import type { Expectation, OrderedExample } from './example.ts';
import {
  describeOutcome,
  describeValue,
  type HistoryEvent,
  type Outcome,
  sameOutcome,
  sameValue,
} from './history.ts';
import type { Call, Program, Value } from './program.ts';
import type { Refused, Verdict } from './judge/verdict.ts';

/** An event of an ordered example's execution; `step` says where a step of the example begins. */
export type ExampleEvent =
  | HistoryEvent
  | { readonly type: 'step'; readonly step: number; readonly at: number };

/** What an ordered example says of an implementation. */
export type ExampleResult =
  /** Everything the rule asks for was seen. */
  | { readonly kind: 'shown' }
  /** The rule is broken. */
  | {
      readonly kind: 'refuted';
      /** The step after which it was seen; -1: the constructor. */
      readonly step: number;
      readonly thread: number;
      readonly expected: string;
      readonly seen: string;
    }
  /** Something else went wrong before the rule had its say: it is another rule that is broken. */
  | { readonly kind: 'masked'; readonly by: Refused | undefined; readonly reason: string };

/**
 * The program of an ordered example: each thread's calls, in the order of the steps. A with-statement that
 * the example does not leave, because it is about how one begins, gets an end that is never reached.
 */
export function programOf({ objects, steps }: OrderedExample): Program {
  const threads: Program['threads'][number][] = [];
  for (const step of steps) {
    if ('elapse' in step) continue;
    const thread = 'ends' in step ? step.ends : step.thread;
    while (threads.length <= thread) threads.push([]);
    if ('call' in step) threads[thread] = [...(threads[thread] ?? []), step.call];
  }
  return { objects, threads: threads.length === 0 ? [[]] : threads.map(closed) };
}

function closed(calls: readonly Call[]): readonly Call[] {
  const open: Call[] = [];
  for (const call of calls) {
    if (call.method === 'with') open.unshift({ ...call, method: 'leave', args: { by: 'end' } });
    if (call.method === 'leave') open.shift();
  }
  return [...calls, ...open];
}

/** What a thread showed between the beginning of a step and the beginning of the next. */
interface Shown {
  readonly ended: ReadonlyMap<number, Outcome>;
  readonly entered: ReadonlyMap<number, Value>;
  readonly pending: ReadonlySet<number>;
  /** The threads that called what was handed over, a call each. */
  readonly callbacks: readonly number[];
}

/**
 * Compares an execution of an ordered example with what it must show.
 * @param events in order, with the beginnings of the steps.
 * @param verdict the judge's, on the events without the steps' beginnings.
 */
export function checkExample(
  example: OrderedExample,
  events: readonly ExampleEvent[],
  verdict: Verdict,
): ExampleResult {
  const refusedIn = verdict.kind === 'allowed' ? Infinity : stepOfEvent(events, verdict.event);
  const created = events.find(isFirstObject);
  const refutedCreation = created && checkCreation(example, created);
  if (refutedCreation !== undefined) return refutedCreation;
  const reached = events.filter((event) => event.type === 'step').length;
  for (const [position, step] of example.steps.entries()) {
    if (position > refusedIn || position >= reached) break;
    const shown = shownIn(events, position);
    const own = 'thread' in step ? step.thread : 0;
    for (const expectation of step.shows) {
      const mismatch = compare(expectation, own, shown);
      if (mismatch === undefined) continue;
      if (isLostWakeup(verdict)) break;
      return { kind: 'refuted', step: position, ...mismatch };
    }
  }
  if (verdict.kind !== 'allowed')
    return { kind: 'masked', by: verdict, reason: verdict.rules[0] ?? verdict.seen };
  const unmade = example.creation !== undefined && created === undefined;
  if (unmade || (reached < example.steps.length && events.some(raised))) {
    return { kind: 'masked', by: undefined, reason: 'its object cannot be made' };
  }
  if (reached < example.steps.length) {
    return { kind: 'masked', by: undefined, reason: `it came no further than step ${reached}` };
  }
  return { kind: 'shown' };
}

/** A call that is not let go on breaks the rule that says so, not every rule whose example has to wait. */
function isLostWakeup(verdict: Verdict): boolean {
  return verdict.kind === 'stuck' && verdict.rules.some((rule) => catalogueRow(rule).observe === 'liveness');
}

type Created = Extract<ExampleEvent, { type: 'created' }>;

/** Objects are made in the order in which they need each other: the first need not be made first. */
function isFirstObject(event: ExampleEvent): event is Created {
  return event.type === 'created' && event.object === 0;
}

function raised(event: ExampleEvent): boolean {
  return event.type === 'created' && 'raises' in event.outcome;
}

function checkCreation(example: OrderedExample, { outcome }: Created): ExampleResult | undefined {
  const expected = example.creation;
  if (expected === undefined) return undefined;
  const agrees =
    expected === 'an object'
      ? !('raises' in outcome)
      : 'raises' in expected
        ? sameOutcome(expected, outcome)
        : !('raises' in outcome);
  if (agrees) return undefined;
  return {
    kind: 'refuted',
    step: -1,
    thread: 0,
    expected: typeof expected === 'string' ? expected : describeOutcome(expected),
    seen: 'raises' in outcome ? describeOutcome(outcome) : 'an object',
  };
}

/** The step in which the event at this position of the history (steps' beginnings not counted) happened. */
function stepOfEvent(events: readonly ExampleEvent[], position: number): number {
  let step = -1;
  let passed = 0;
  for (const event of events) {
    if (event.type === 'step') step = event.step;
    else if (passed++ === position) break;
  }
  return step;
}

function shownIn(events: readonly ExampleEvent[], position: number): Shown {
  const ended = new Map<number, Outcome>();
  const entered = new Map<number, Value>();
  const pending = new Set<number>();
  const callbacks: number[] = [];
  let step = -1;
  for (const event of events) {
    if (event.type === 'step') step = event.step;
    if (step > position) break;
    if (event.type === 'call') pending.add(event.thread);
    if (event.type === 'end' || event.type === 'enter') pending.delete(event.thread);
    if (step !== position) continue;
    if (event.type === 'end') ended.set(event.thread, event.outcome);
    if (event.type === 'enter') entered.set(event.thread, event.value);
    if (event.type === 'callback') callbacks.push(event.thread);
  }
  return { ended, entered, pending, callbacks };
}

interface Mismatch {
  readonly thread: number;
  readonly expected: string;
  readonly seen: string;
}

function compare(expectation: Expectation, own: number, shown: Shown): Mismatch | undefined {
  if ('oneOf' in expectation) {
    const { oneOf, outcome } = expectation;
    const went = oneOf.filter((thread) => shown.ended.has(thread));
    const right = went.length === 1 && sameOutcome(shown.ended.get(went[0] as number) as Outcome, outcome);
    if (right) return undefined;
    const names = oneOf.map((thread) => `T${thread + 1}`);
    return {
      thread: went[0] ?? (oneOf[0] as number),
      expected: `exactly one of ${names.join(', ')} ${describeOutcome(outcome)}`,
      seen: oneOf.map((thread) => `T${thread + 1} ${describeShown(shown, thread)}`).join(', '),
    };
  }
  if ('callbacks' in expectation) return compareCallbacks(expectation, own, shown);
  const thread = expectation.thread ?? own;
  const seen = describeShown(shown, thread);
  if ('blocks' in expectation) {
    const blocked = shown.pending.has(thread) && !shown.ended.has(thread);
    return blocked ? undefined : { thread, expected: 'stays blocked', seen };
  }
  if ('enters' in expectation) {
    const right = shown.entered.has(thread) && sameValue(shown.entered.get(thread), expectation.enters);
    return right ? undefined : { thread, expected: `enters with ${describeValue(expectation.enters)}`, seen };
  }
  const wanted = 'oneOfOutcomes' in expectation ? expectation.oneOfOutcomes : [expectation.outcome];
  const outcome = shown.ended.get(thread);
  if (outcome !== undefined && wanted.some((one) => meets(outcome, one))) return undefined;
  return { thread, expected: wanted.map(describeWanted).join(' or '), seen };
}

/** Whether the outcome is the wanted one; an error has to be of the other kinds, too, that are asked for. */
function meets(outcome: Outcome, wanted: Outcome): boolean {
  if (!sameOutcome(wanted, outcome)) return false;
  const also = 'raises' in outcome ? (outcome.also ?? []) : [];
  return kindsAskedFor(wanted).every((kind) => also.includes(kind));
}

function describeWanted(wanted: Outcome): string {
  const also = kindsAskedFor(wanted);
  return [describeOutcome(wanted), ...also.map((kind) => `which is a ${kind}`)].join(', ');
}

function kindsAskedFor(wanted: Outcome): readonly string[] {
  return 'raises' in wanted ? (wanted.also ?? []) : [];
}

function compareCallbacks(
  { callbacks, orMore }: Extract<Expectation, { callbacks: number }>,
  own: number,
  shown: Shown,
): Mismatch | undefined {
  const made = shown.callbacks.length;
  if (orMore ? made >= callbacks : made === callbacks) return undefined;
  return {
    thread: shown.callbacks[callbacks] ?? own,
    expected: `${describeCallbacks(callbacks)}${orMore ? ' or more' : ''}`,
    seen: describeCallbacks(made),
  };
}

function describeCallbacks(times: number): string {
  if (times === 0) return 'calls nothing that it was given';
  return `calls what it was given ${times === 1 ? 'once' : `${times} times`}`;
}

function describeShown(shown: Shown, thread: number): string {
  const outcome = shown.ended.get(thread);
  if (outcome !== undefined) return describeOutcome(outcome);
  if (shown.entered.has(thread)) return `enters with ${describeValue(shown.entered.get(thread))}`;
  return shown.pending.has(thread) ? 'stays blocked' : 'shows nothing';
}
