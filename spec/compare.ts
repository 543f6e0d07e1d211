import type { Beginning, Condition, Expectation, ExpectedExit } from './example.ts';
import { describeOutcome, describeValue, type Outcome, sameOutcome, sameValue } from './history.ts';
import type { Shown } from './shown.ts';

/** What was seen instead of what was expected, and of whom. */
export interface Mismatch {
  readonly thread: number;
  readonly expected: string;
  readonly seen: string;
}

/**
 * Compares what a step showed with what is expected of it.
 * @param own the thread that the step is about.
 * @returns undefined if it is as expected.
 */
export function compare(expectation: Expectation, own: number, shown: Shown): Mismatch | undefined {
  if ('oneOf' in expectation) return compareOneOf(expectation, shown);
  if ('callbacks' in expectation) return compareCallbacks(expectation, own, shown);
  if ('begins' in expectation) return compareBeginning(expectation, own, shown);
  if ('notBegun' in expectation) return compareAbsence(expectation.notBegun, shown);
  if ('exits' in expectation) return compareExit(expectation.exits, own, shown);
  const thread = expectation.thread ?? own;
  const mismatch = (expected: string): Mismatch => ({ thread, expected, seen: describeShown(shown, thread) });
  if ('blocks' in expectation) {
    const blocked = shown.pending.has(thread) && !shown.ended.has(thread);
    return blocked ? undefined : mismatch('stays blocked');
  }
  if ('enters' in expectation) {
    const right = shown.entered.has(thread) && sameValue(shown.entered.get(thread), expectation.enters);
    return right ? undefined : mismatch(`enters with ${describeValue(expectation.enters)}`);
  }
  const end = shown.ended.get(thread);
  if ('lasts' in expectation) {
    const lasted = end === undefined ? 0 : end.at - (shown.called.get(thread) ?? Infinity);
    if (end !== undefined && lasted >= expectation.lasts) return undefined;
    const expected = `returns after ${expectation.lasts} s or more`;
    return end === undefined ? mismatch(expected) : { thread, expected, seen: `returns after ${lasted} s` };
  }
  if ('value' in expectation) {
    const right = end !== undefined && satisfies(end.outcome, expectation.value, shown);
    return right ? undefined : mismatch(describeCondition(expectation.value, shown.labelled));
  }
  const wanted = 'oneOfOutcomes' in expectation ? expectation.oneOfOutcomes : [expectation.outcome];
  if (end !== undefined && wanted.some((one) => meets(end.outcome, one))) return undefined;
  return mismatch(wanted.map(describeWanted).join(' or '));
}

function compareOneOf(
  { oneOf, outcome }: Extract<Expectation, { oneOf: readonly number[] }>,
  shown: Shown,
): Mismatch | undefined {
  const went = oneOf.filter((thread) => shown.ended.has(thread));
  const [first] = went;
  const end = first === undefined ? undefined : shown.ended.get(first);
  if (went.length === 1 && end !== undefined && sameOutcome(end.outcome, outcome)) return undefined;
  const names = oneOf.map((thread) => `T${thread + 1}`);
  return {
    thread: first ?? (oneOf[0] as number),
    expected: `exactly one of ${names.join(', ')} ${describeOutcome(outcome)}`,
    seen: oneOf.map((thread) => `T${thread + 1} ${describeShown(shown, thread)}`).join(', '),
  };
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

function compareBeginning(
  { begins, ...how }: { readonly begins: number } & Beginning,
  own: number,
  shown: Shown,
): Mismatch | undefined {
  const beginnings = shown.begun.filter(({ thread }) => thread === begins);
  const [beginning] = beginnings;
  const expected = `thread ${begins + 1} begins once${describeBeginning(how)}`;
  const mismatch = (seen: string): Mismatch => ({ thread: begins, expected, seen });
  if (beginning === undefined) return mismatch(`thread ${begins + 1} does not begin`);
  if (beginnings.length > 1) return mismatch(`thread ${begins + 1} begins ${beginnings.length} times`);
  const given = how.given === undefined ? undefined : JSON.stringify(how.given.map(plain));
  if (given !== undefined && !sameValue(beginning.given, { json: given }))
    return mismatch(`it is given ${describeValue(beginning.given)}`);
  const later = beginning.at - shown.since;
  if (how.after !== undefined && later < how.after) return mismatch(`it begins after ${later} s`);
  const caller = shown.realms.get(own);
  if (how.in === 'a new thread' && beginning.realm === caller)
    return mismatch(`it begins in the thread of thread ${own + 1}`);
  if (typeof how.in === 'object' && beginning.realm !== shown.realms.get(how.in.threadOf))
    return mismatch('it begins in another thread');
  return undefined;
}

/** A value as it stands within the text of a list. */
function plain(value: Exclude<Beginning['given'], undefined>[number]): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(value.json) : value;
}

/** How a thread has to begin, in words that follow what begins. */
export function describeBeginning({ given, in: place, after }: Beginning): string {
  const parts = [
    ...(given === undefined ? [] : [`with (${given.map(describeValue).join(', ')})`]),
    ...(after === undefined ? [] : [`after ${after} s or more`]),
    ...(place === undefined
      ? []
      : [place === 'a new thread' ? 'in a thread of its own' : `in that of thread ${place.threadOf + 1}`]),
  ];
  return parts.map((part) => ` ${part}`).join('');
}

function compareAbsence(thread: number, shown: Shown): Mismatch | undefined {
  if (!shown.begun.some((event) => event.thread === thread)) return undefined;
  return {
    thread,
    expected: `thread ${thread + 1} does not begin`,
    seen: `thread ${thread + 1} begins`,
  };
}

function compareExit(wanted: ExpectedExit, thread: number, { exit }: Shown): Mismatch | undefined {
  if (wanted === 'perhaps') return undefined;
  if (wanted === 'not yet' ? exit === undefined : exit === wanted) return undefined;
  return { thread, expected: describeExit(wanted), seen: describeExit(exit ?? 'not yet') };
}

/** Whether and how the process ends, in words. */
export function describeExit(code: number | string): string {
  if (code === 'perhaps') return 'the process may end';
  return code === 'not yet' ? 'the process goes on' : `the process ends with ${code}`;
}

function satisfies(outcome: Outcome, condition: Condition, { labelled }: Shown): boolean {
  if ('raises' in outcome) return false;
  const value = outcome.returns;
  if ('anything' in condition) return true;
  if ('matches' in condition)
    return typeof value === 'string' && new RegExp(condition.matches, 'u').test(value);
  if ('integerFrom' in condition)
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= condition.integerFrom;
  if ('same' in condition) {
    const other = labelled.get(condition.same);
    return other !== undefined && sameOutcome(outcome, other);
  }
  const others = condition.unlike.map((label) => labelled.get(label));
  return others.every((other) => other !== undefined && !sameOutcome(outcome, other));
}

/**
 * What is asked of a returned value, in words.
 * @param labelled what the calls that it is compared with have shown, as far as they have.
 */
export function describeCondition(condition: Condition, labelled: Shown['labelled'] = new Map()): string {
  if ('anything' in condition) return 'returns';
  if ('matches' in condition) return `returns a text like ${condition.matches}`;
  if ('integerFrom' in condition) return `returns a whole number from ${condition.integerFrom} on`;
  const labels = 'same' in condition ? [condition.same] : condition.unlike;
  const named = labels.map((label) => {
    const other = labelled.get(label);
    return `${label}${other === undefined ? '' : ` (${describeOutcome(other)})`}`;
  });
  return `returns ${'same' in condition ? 'the same as' : 'something else than'} ${named.join(', ')}`;
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

function describeCallbacks(times: number): string {
  if (times === 0) return 'calls nothing that it was given';
  return `calls what it was given ${times === 1 ? 'once' : `${times} times`}`;
}

function describeShown(shown: Shown, thread: number): string {
  const end = shown.ended.get(thread);
  if (end !== undefined) return describeOutcome(end.outcome);
  if (shown.entered.has(thread)) return `enters with ${describeValue(shown.entered.get(thread))}`;
  return shown.pending.has(thread) ? 'stays blocked' : 'shows nothing';
}
