import fc from 'fast-check';
import type { ExampleEvent } from '../spec/exampleEvents.ts';
import type { ExampleResult } from '../spec/checkExample.ts';
import { programOf } from '../spec/checkExample.ts';
import type { OrderedExample } from '../spec/example.ts';
import type { Evidence } from '../spec/judge/evidence.ts';
import type { Refused } from '../spec/judge/verdict.ts';
import type { Program } from '../spec/program.ts';
import type { Rule } from '../spec/rule.ts';
import { type Effort, schedulesEach } from './budget.ts';
import type { Stopped } from './engines/controlled/batch.ts';
import type { BatonEngine } from './engines/baton/engine.ts';
import type { ControlledEngine } from './engines/controlled/batches.ts';
import type { Surface } from './engines/baton/thread.ts';
import { type ExampleRun, runInLockstep } from './engines/lockstep.ts';
import type { Schedule } from './engines/controlled/schedule.ts';
import type { Source } from './engines/source.ts';
import { explore, type Failure, type Subject } from './explore.ts';
import { Interleavings } from './interleavings.ts';
import type { Judges } from './judges.ts';
import { type ExampleUnit, fitted, nameOf, type ProcessUnit, type Unit } from './plan.ts';
import { programsFor } from './programs/index.ts';
import { schedulesFor, seedFor } from './seeds.ts';
import { Tally } from './tally.ts';

/** What the parts of a run have in common. */
export interface Context {
  readonly source: Source;
  readonly surface: Surface;
  readonly seed: number;
  readonly effort: Effort;
  readonly judges: Judges;
  readonly interleavings: Interleavings;
  readonly signal: AbortSignal;
  /** Seconds that a whole program may take; undefined: as long as it may usually. */
  readonly patience?: number | undefined;
}

/** An ordered example that a rule's implementation does not show. */
export interface Refutation {
  readonly run: ExampleRun;
  readonly result: Extract<ExampleResult, { kind: 'refuted' }>;
}

/** What one part of a run came to. */
export interface UnitResult {
  readonly unit: Unit;
  readonly tally: Tally;
  readonly refutation?: Refutation;
  readonly failure?: Failure;
  /** A thread hung, crashed or ended the process, and its workers were replaced. */
  readonly stopped?: Stopped;
  /** Some execution ended with threads asleep or spinning for good, as it may. */
  readonly blocked?: boolean;
  /** Nothing can be said of the rule from this part, for this reason; other rules may be to blame. */
  readonly inconclusive?: { readonly reason: string; readonly blamed: readonly string[] };
}

const chunk = 250;

/**
 * Runs one part of a run on an engine.
 * @param quick runs in its place what needs no more than schedules.
 */
export async function runUnit(
  context: Context,
  engine: BatonEngine,
  unit: Exclude<Unit, ExampleUnit<'free'> | ProcessUnit>,
  quick?: ControlledEngine,
): Promise<UnitResult> {
  switch (unit.kind) {
    case 'ordered':
      return runOrdered(context, engine, unit);
    case 'explored':
      return runExplored(context, engine, unit, quick);
    case 'programs':
      return runPrograms(context, engine, unit, quick);
  }
}

async function runOrdered(
  { source, judges }: Context,
  engine: BatonEngine,
  unit: Extract<Unit, { kind: 'ordered' }>,
): Promise<UnitResult> {
  const { example, form, rule } = unit;
  const ruleOf = (id: string) => judges.rulebook.rule(id);
  const run = await runInLockstep(engine, judges.for(programOf(example)), source, form, example, ruleOf);
  const tally = new Tally();
  const stop = run.stopped && { stopped: run.stopped };
  switch (run.result.kind) {
    case 'shown':
      tally.add([...run.evidence, { rules: rule.level === 'may' ? [] : [rule.id], labels: [] }], true, false);
      return { unit, tally, ...stop };
    case 'refuted':
      tally.add([], true, false);
      return { unit, tally, refutation: { run, result: run.result }, ...stop };
    case 'masked': {
      tally.add(run.evidence, true, false);
      const { by, reason } = run.result;
      const because = run.stopped === undefined ? reason : describeStop(run.stopped);
      const masked = { unit, tally, ...stop, inconclusive: { reason: because, blamed: by?.rules ?? [] } };
      return by === undefined ? masked : { ...masked, failure: failureOf(example, run, by) };
    }
  }
}

function failureOf(example: OrderedExample, run: ExampleRun, verdict: Refused): Failure {
  const schedule: Schedule = { kind: 'script', script: scriptOf(run.execution.events, example) };
  return { program: programOf(example), schedule, execution: run.execution, verdict, evidence: run.evidence };
}

function scriptOf(events: readonly ExampleEvent[], example: OrderedExample) {
  const reached = events.filter((event) => event.type === 'step').length;
  return example.steps.slice(0, reached).map((step) => {
    if ('elapse' in step) return { elapse: step.elapse };
    return 'ends' in step ? { ends: step.ends } : { thread: step.thread };
  });
}

async function runExplored(
  context: Context,
  engine: BatonEngine,
  unit: Extract<Unit, { kind: 'explored' }>,
  quick: ControlledEngine | undefined,
): Promise<UnitResult> {
  const { random, pct } = schedulesEach(context.effort, unit.rule);
  const schedules = schedulesFor(seedFor(context.seed, nameOf(unit)), random, pct);
  const { objects, threads } = unit.example;
  const program: Program = { objects, threads };
  const subject = subjectOf(context, engine, unit, quick);
  const tally = new Tally();
  let blocked = false;
  for (let start = 0; start < schedules.length && !context.signal.aborted; start += chunk) {
    const part = await exploreCounting(
      context,
      subject,
      program,
      schedules.slice(start, start + chunk),
      tally,
      unit.rule,
    );
    if (part.failure !== undefined) return { unit, tally, ...failed(part.failure) };
    if (part.stopped !== undefined) return { unit, tally, ...gaveUp(part.stopped) };
    blocked ||= part.blocked;
  }
  return { unit, tally, blocked };
}

async function runPrograms(
  context: Context,
  engine: BatonEngine,
  unit: Extract<Unit, { kind: 'programs' }>,
  quick: ControlledEngine | undefined,
): Promise<UnitResult> {
  // What is generated for one family may be generated for another: whoever comes first must not matter.
  const own: Context = { ...context, interleavings: new Interleavings() };
  const seed = seedFor(context.seed, nameOf(unit));
  const arbitrary = programsFor(unit.family, context.surface.families, context.judges.rulebook);
  const tally = new Tally();
  if (arbitrary === undefined) return { unit, tally };
  let failure: Failure | undefined;
  let stopped: Stopped | undefined;
  const half = context.effort.schedules / 2;
  const property = fc.asyncProperty(arbitrary, fc.integer(), async (generated, salt) => {
    const program = fitted(generated, context.surface);
    if (context.signal.aborted || program.threads.every((calls) => calls.length === 0)) return true;
    const subject = subjectOf(context, engine, unit, quick);
    const schedules = schedulesFor(salt, half, half);
    ({ failure, stopped } = await exploreCounting(own, subject, program, schedules, tally));
    return failure === undefined && stopped === undefined;
  });
  // What is found is made smaller afterwards, program and schedule together.
  await fc.check(property, { seed, numRuns: context.effort.programs, endOnFailure: true });
  if (failure !== undefined) return { unit, tally, ...failed(failure) };
  return { unit, tally, ...(stopped && gaveUp(stopped)) };
}

function failed(failure: Failure): Pick<UnitResult, 'failure' | 'stopped'> {
  return { failure, ...(failure.stopped && { stopped: failure.stopped }) };
}

function gaveUp(stopped: Stopped): Pick<UnitResult, 'inconclusive' | 'stopped'> {
  return { stopped, inconclusive: { reason: describeStop(stopped), blamed: [] } };
}

/** The subject of a part of a run. @param quick runs it, and `engine` confirms what it finds. */
export function subjectOf(
  { source, judges }: Context,
  engine: ControlledEngine,
  unit: Unit,
  quick?: ControlledEngine,
): Subject {
  const { form } = unit;
  return {
    source,
    form,
    engine: quick ?? engine,
    judges,
    ...(quick !== undefined && { confirming: engine }),
    ...('rule' in unit && { rule: unit.rule }),
  };
}

async function exploreCounting(
  context: Context,
  subject: Subject,
  program: Program,
  schedules: readonly Schedule[],
  tally: Tally,
  rule?: Rule,
): Promise<{ failure: Failure | undefined; stopped: Stopped | undefined; blocked: boolean }> {
  const { judged, failure, stopped } = await explore(subject, program, schedules);
  for (const { execution, evidence, verdict, schedule } of judged) {
    const fresh = context.interleavings.add(program, execution.interleaving);
    if (verdict.kind !== 'allowed') {
      tally.add([], fresh, false);
      continue;
    }
    const random = schedule.kind === 'random';
    tally.add(evidence, fresh, random);
    if (rule === undefined || isSeen(rule, evidence)) continue;
    // To run as the rule's example allows is evidence for it, whatever the steps rest on.
    tally.note(rule.id, context.interleavings.add(program, execution.interleaving, rule.id), random);
  }
  const blocked = judged.some(
    ({ execution }) => execution.ending === 'blocked' || execution.ending === 'livelock',
  );
  return { failure, stopped, blocked };
}

/**
 * Whether the evidence says already what there is to say of the rule. Of a freedom it says all: that an
 * example ran does not mean that it was made use of.
 */
function isSeen({ id, level }: Rule, evidence: readonly Evidence[]): boolean {
  return level === 'may' || evidence.some(({ rules }) => rules.includes(id));
}

/** A stop in a few words. */
export function describeStop(stopped: Stopped): string {
  if (stopped.kind === 'unusable') return stopped.reason;
  return `thread ${stopped.thread + 1} ${stopped.kind}: ${stopped.reason}`;
}
