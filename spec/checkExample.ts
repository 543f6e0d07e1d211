import { catalogue, type CatalogueRow } from './catalogue.ts';
import { compare } from './compare.ts';
import { type Example, isExplored, isOrdered, object, type OrderedExample } from './example.ts';
import type { ExampleEvent } from './exampleEvents.ts';
import { describeOutcome, sameOutcome } from './history.ts';
import type { Call, Program } from './program.ts';
import { shownIn } from './shown.ts';
import type { Refused, Verdict } from './judge/verdict.ts';

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

/** What is known of the rule with this id; undefined if there is none. */
export type RuleOf = (id: string) => Pick<CatalogueRow, 'observe'> | undefined;

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

/** The program of any example; of one that is a program of its own, as much as there is to say. */
export function programIn(example: Example): Program {
  if (isOrdered(example)) return programOf(example);
  if (isExplored(example)) return example;
  return { objects: [object('prog', { name: example.program })], threads: [[]] };
}

function closed(calls: readonly Call[]): readonly Call[] {
  const open: Call[] = [];
  for (const call of calls) {
    if (call.method === 'with') open.unshift({ ...call, method: 'leave', args: { by: 'end' } });
    if (call.method === 'leave') open.shift();
  }
  return [...calls, ...open];
}

/**
 * Compares an execution of an ordered example with what it must show.
 * @param events in order, with the beginnings of the steps.
 * @param verdict the judge's, on the events without the steps' beginnings.
 * @param ruleOf what is known of a rule; default what the catalogue has.
 */
export function checkExample(
  example: OrderedExample,
  events: readonly ExampleEvent[],
  verdict: Verdict,
  ruleOf: RuleOf = rowOf,
): ExampleResult {
  const refusedIn = verdict.kind === 'allowed' ? Infinity : stepOfEvent(events, verdict.event);
  const created = events.find(isFirstObject);
  const refutedCreation = created && checkCreation(example, created);
  if (refutedCreation !== undefined) return refutedCreation;
  const reached = events.filter((event) => event.type === 'step').length;
  for (const [position, step] of example.steps.entries()) {
    if (position > refusedIn || position >= reached) break;
    const shown = shownIn(example, events, position);
    const own = 'thread' in step ? step.thread : 0;
    for (const expectation of step.shows) {
      const mismatch = compare(expectation, own, shown);
      if (mismatch === undefined) continue;
      if (isLostWakeup(verdict, ruleOf)) break;
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
  return checkStderr(example, events) ?? { kind: 'shown' };
}

function checkStderr(
  { stderr, steps }: OrderedExample,
  events: readonly ExampleEvent[],
): ExampleResult | undefined {
  if (stderr === undefined) return undefined;
  const text = events
    .map((event) => (event.type === 'prints' && event.to === 'stderr' ? event.text : ''))
    .join('');
  const wanted = new RegExp(stderr.length === 0 ? '^$' : stderr.join('[^]*'), 'u');
  if (wanted.test(text)) return undefined;
  return {
    kind: 'refuted',
    step: steps.length - 1,
    thread: 0,
    expected: stderr.length === 0 ? 'nothing is written to stderr' : `stderr: ${stderr.join(' … ')}`,
    seen: text === '' ? 'nothing is written to stderr' : `stderr: ${text}`,
  };
}

/** A call that is not let go on breaks the rule that says so, not every rule whose example has to wait. */
function isLostWakeup(verdict: Verdict, ruleOf: RuleOf): boolean {
  return verdict.kind === 'stuck' && verdict.rules.some((rule) => ruleOf(rule)?.observe === 'liveness');
}

function rowOf(id: string): CatalogueRow | undefined {
  return catalogue.find((row) => row.id === id);
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
