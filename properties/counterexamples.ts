import type { HistoryEvent } from '../spec/history.ts';
import { programIn } from '../spec/checkExample.ts';
import { type Decision, historyOf } from './engines/controlled/execution.ts';
import { isSpinning, spins } from './engines/livelock.ts';
import type { TraceStep } from './engines/trace.ts';
import type { Failure } from './explore.ts';
import { isProcessExample, type ProcessExampleUnit, type Unit } from './plan.ts';
import type { Counterexample } from './run.ts';
import { type Context, describeStop, type Refutation, type UnitResult } from './runUnit.ts';
import { encodeToken } from './token.ts';

type Draft = Omit<Counterexample, 'number'>;

/** The smallest program and schedule that fails, as far as that was looked for. */
export interface Minimal {
  readonly failure: Failure;
  readonly preemptions: number;
  /** What was tried to make it smaller, in a sentence. */
  readonly minimality: string;
}

/**
 * One counterexample for each rule that is broken, the smallest there is: the rule's own example
 * where that fails, otherwise the first failure that was found, made smaller.
 * @param minimized makes a failure smaller that was not found where nobody decides.
 */
export async function counterexamplesOf(
  { signal }: Pick<Context, 'signal'>,
  results: readonly UnitResult[],
  minimized: (unit: Unit, failure: Failure) => Promise<Minimal>,
): Promise<readonly Counterexample[]> {
  const drafts: Draft[] = [];
  const known = new Set<string>();
  const add = (draft: Draft) => {
    for (const rule of draft.rules) known.add(rule);
    drafts.push(draft);
  };
  let before = 0;
  const foundAfter = results.map(({ tally }) => (before += tally.executions));
  for (const [position, { unit, refutation }] of results.entries()) {
    if (refutation === undefined || !isExampleOfRule(unit) || known.has(unit.rule.id)) continue;
    add(refuted(unit, refutation, foundAfter[position] as number));
  }
  for (const [position, { unit, failure }] of results.entries()) {
    // Where a known rule is among those that are broken it is most likely the same fault.
    if (failure === undefined || failure.verdict.rules.some((rule) => known.has(rule))) continue;
    if (signal.aborted) break;
    const found = foundAfter[position] as number;
    const own = failure.schedule.kind === 'free' || failure.stopped !== undefined;
    const minimal = own
      ? { failure, preemptions: 0, minimality: 'as it was found' }
      : await minimized(unit, failure);
    add(refusedDraft(minimal.failure, unit.form, found, minimal.preemptions, minimal.minimality));
  }
  return drafts.map((draft, position) => ({ ...draft, number: position + 1 }));
}

/** A part of a run that is one example, with a result of its own. */
type RuleExampleUnit = ProcessExampleUnit | Extract<Unit, { kind: 'ordered' }>;

function isExampleOfRule(unit: Unit): unit is RuleExampleUnit {
  return unit.kind === 'ordered' || isProcessExample(unit);
}

/** What an example that was not shown is told as. */
export function refuted(unit: RuleExampleUnit, { run, result }: Refutation, foundAfter: number): Draft {
  const { example, rule, position, form } = unit;
  // What sleeps because its thread is gone does not sleep.
  const gone = result.seen === 'stays blocked' ? run.stopped : undefined;
  const isStuck = gone === undefined && result.seen === 'stays blocked';
  const isLivelock = isStuck && isSpinning(run.execution, result.thread);
  const seen = isLivelock ? spins : gone === undefined ? result.seen : describeStop(gone);
  return {
    record: 'counterexample',
    rules: [rule.id],
    engine: unit.kind === 'ordered' ? 'lockstep' : 'process',
    kind: isLivelock ? 'livelock' : isStuck ? 'stuck' : 'broken',
    program: programIn(example),
    history: historyOf(run.execution),
    event: eventOf(run.execution.events, result.step, result.thread),
    thread: result.thread,
    expected: [result.expected],
    seen,
    trace: run.execution.records.map(traceStep),
    preemptions: 0,
    token: encodeToken({ rule: rule.id, example: position, form }),
    minimality: `the rule's own example: ${example.title}`,
    foundAfter,
  };
}

/** Position in the history of the last event of a step that a thread had part in. */
function eventOf(events: Refutation['run']['execution']['events'], step: number, thread: number): number {
  let position = -1;
  let last = 0;
  let current = -1;
  for (const event of events) {
    if (event.type === 'step') {
      if (event.step > step) break;
      current = event.step;
      continue;
    }
    position++;
    if (current <= step && (!('thread' in event) || event.thread === thread)) last = position;
  }
  return last;
}

/** What a failure that the judge refused is told as. */
export function refusedDraft(
  { verdict, execution, program, schedule }: Failure,
  form: Parameters<typeof encodeToken>[0]['form'],
  foundAfter: number,
  preemptions: number,
  minimality: string,
): Draft {
  const history: readonly HistoryEvent[] = historyOf(execution);
  return {
    record: 'counterexample',
    rules: verdict.rules,
    engine: engineOf(schedule),
    kind: verdict.kind,
    program,
    history: history.slice(0, verdict.event + 1),
    event: Math.max(0, Math.min(verdict.event, history.length - 1)),
    thread: verdict.thread,
    expected: verdict.expected,
    seen: verdict.seen,
    trace: execution.records.map(traceStep),
    preemptions,
    ...(schedule.kind !== 'free' && { token: encodeToken({ program, schedule, form }) }),
    minimality,
    foundAfter,
  };
}

function engineOf({ kind }: Failure['schedule']): Counterexample['engine'] {
  if (kind === 'free') return 'free';
  return kind === 'script' ? 'lockstep' : 'baton';
}

function traceStep({ thread, operation, memory, index }: Decision): TraceStep {
  return { thread, operation, memory, index };
}
