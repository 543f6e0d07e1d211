import type { Level } from '../../spec/catalogue.ts';
import type { Family } from '../../spec/program.ts';
import { documented } from '../../spec/rulebook.ts';
import { efforts } from '../budget.ts';
import { concludeRule, concludeRun, type Findings } from '../conclude.ts';
import { counterexamplesOf } from '../counterexamples.ts';
import { runProcess } from '../engines/programs/process.ts';
import { Judges } from '../judges.ts';
import { inLanes } from '../lanes.ts';
import { describeUnit, planOf, type ProcessExampleUnit, type Unit } from '../plan.ts';
import type { Budget, Counterexample, Notice, RuleResult, RunRecord } from '../run.ts';
import { judgedOutput, resultOf } from '../runInProcess.ts';
import type { UnitResult } from '../runUnit.ts';
import { Tally } from '../tally.ts';
import { chooseRules, type Progress } from '../verify.ts';
import { version } from '../version.ts';
import { ForeignEngine } from './engine.ts';
import type { HarnessCommand } from './harnessProcess.ts';
import { type ForeignResult, runExample } from './runExample.ts';
import { type ForeignContext, runExplored, runPrograms } from './runFreely.ts';
import { surfaceOf } from './surface.ts';

/** An implementation in another language. */
export interface ForeignSource extends HarnessCommand {
  /** How the programs of the catalogue are run, if there are any in its language. */
  readonly programs?: (name: string) => readonly [program: string, ...args: readonly string[]];
}

/** What is judged, and by what; see `VerifyOptions`. */
export interface ForeignOptions {
  readonly source: ForeignSource;
  /** What to type to name it again. */
  readonly argument: string;
  readonly families?: readonly Family[];
  readonly rules?: readonly string[];
  readonly level: Level;
  readonly seed: number;
  readonly budget: Budget;
  readonly shard?: { readonly index: number; readonly of: number };
  readonly signal?: AbortSignal;
}

/** Processes that run beside each other: most of the time theirs wait. */
const lanes = 6;

/**
 * Judges an implementation behind a harness by the rules: their examples step by step and freely, and generated
 * programs.
 * @throws HarnessError if the harness is not in order, UsageError if the choice of rules is empty.
 */
export async function* verifyForeign(options: ForeignOptions): AsyncGenerator<RunRecord | Progress> {
  const begun = performance.now();
  const startedAt = new Date().toISOString();
  const { source, seed, budget, level, rules: globs = [] } = options;
  const { index, of } = options.shard ?? { index: 1, of: 1 };
  const inShard = (_: unknown, position: number) => position % of === index - 1;
  const engines = Array.from({ length: lanes }, () => new ForeignEngine(source));
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, ...(options.signal ? [options.signal] : [])]);
  const kill = () => void Promise.all(engines.map((engine) => engine.kill()));
  signal.addEventListener('abort', kill);
  try {
    const [first] = engines as [ForeignEngine];
    const surface = surfaceOf(await first.describe(), source.programs !== undefined);
    const families = options.families ?? documented.families;
    const rules = chooseRules(documented, families, globs).filter(inShard);
    yield {
      record: 'run',
      format: 1,
      lockproof: version,
      implementation: surface.name,
      module: options.argument,
      seed,
      budget,
      level,
      families,
      rules: globs,
      startedAt,
    };
    const generating = globs.length === 0 ? families.filter(inShard) : [];
    const plan = planOf(rules, generating, surface, ['lockstep', 'baton', 'free', 'process'])
      // Nobody decides here which thread goes on.
      .filter(({ kind }) => kind !== 'explored')
      // What takes long goes first, or the other processes would have nothing to do at the end.
      .toSorted((one, other) => weight(other) - weight(one));
    const context: ForeignContext = {
      surface,
      seed,
      effort: efforts[budget],
      judges: new Judges(surface),
      signal,
      deviating: new Set(),
    };
    const results: UnitResult[] = [];
    const inexpressible = new Map<string, string[]>();
    const started = inLanes(engines, plan, signal, (engine, unit) => runUnit(context, engine, unit, source));
    for (const [position, result] of started.entries()) {
      const doing = describeUnit(plan[position] as Unit);
      yield { record: 'progress', done: position, total: plan.length, doing };
      const run = await result;
      if (!('inexpressible' in run)) results.push(run);
      else if ('rule' in run.unit) {
        const place = `${run.unit.rule.id}, example ${run.unit.position + 1}`;
        const places = inexpressible.get(run.inexpressible) ?? [];
        inexpressible.set(run.inexpressible, [...places, place]);
      }
    }
    signal.throwIfAborted();
    const tally = new Tally();
    for (const result of results) tally.merge(result.tally);
    const counterexamples = (
      await counterexamplesOf(context, results, (_, failure) =>
        Promise.resolve({ failure, preemptions: 0, minimality: 'as it was found' }),
      )
    ).map(asForeign);
    yield* counterexamples;
    yield* noticesOf(inexpressible);
    const findings: Findings = { surface, results, tally, counterexamples, races: [] };
    const ruleResults = rules.map((rule) => withoutExamples(concludeRule(rule, findings), inexpressible));
    for (const { rule, verdict } of ruleResults) {
      const declared = surface.deviations.find((deviation) => deviation.rule === rule);
      if (verdict !== 'kept' || declared === undefined) continue;
      yield { record: 'notice', text: `Declared, but not seen in this run: ${rule}. ${declared.reason}.` };
    }
    yield* ruleResults;
    const conclusion = concludeRun(ruleResults, [], level, findings, false);
    const seconds = (performance.now() - begun) / 1000;
    yield { record: 'end', ...conclusion, executions: tally.executions, seconds };
  } finally {
    ended.abort();
    signal.removeEventListener('abort', kill);
    await Promise.all(engines.map((engine) => engine.kill()));
  }
}

function runUnit(
  context: ForeignContext,
  engine: ForeignEngine,
  unit: Unit,
  source: ForeignSource,
): Promise<ForeignResult> {
  switch (unit.kind) {
    case 'ordered':
    case 'lifecycle':
      return runExample(context, engine, unit);
    case 'free':
    case 'concurrent':
      return runExplored(context, engine, unit);
    case 'programs':
    case 'thread programs':
      return runPrograms(context, engine, unit);
    case 'program':
      return runProgram(context, unit, source);
    case 'explored':
      throw new RangeError('Nobody decides in a foreign implementation which thread goes on.');
  }
}

async function runProgram(
  { signal }: ForeignContext,
  unit: Extract<ProcessExampleUnit, { kind: 'program' }>,
  { programs }: ForeignSource,
): Promise<ForeignResult> {
  const { program, args = [] } = unit.example;
  const command = programs?.(program);
  if (command === undefined) return { unit, inexpressible: 'the programs are written in another language' };
  const [file, ...rest] = command;
  return resultOf(unit, judgedOutput(unit.example, await runProcess(file, [...rest, ...args], { signal })));
}

/** How long a part of a run takes, roughly. */
function weight({ kind }: Unit): number {
  if (kind === 'thread programs' || kind === 'program') return 3;
  return kind === 'programs' || kind === 'concurrent' ? 2 : 1;
}

/** Tokens name what Lockproof's own engines can show again. */
function asForeign(counterexample: Counterexample): Counterexample {
  const { token, ...rest } = counterexample;
  return { ...(token === undefined ? counterexample : rest), engine: 'process' };
}

function* noticesOf(inexpressible: ReadonlyMap<string, readonly string[]>): Generator<Notice> {
  for (const [reason, places] of inexpressible) {
    yield { record: 'notice', text: `Not run, because ${reason}: ${places.join('; ')}.` };
  }
}

/** A rule none of whose examples can be run is not provided: why, the reader should know. */
function withoutExamples(
  result: RuleResult,
  inexpressible: ReadonlyMap<string, readonly string[]>,
): RuleResult {
  if (result.verdict !== 'unexercised') return result;
  for (const [reason, places] of inexpressible) {
    if (!places.some((place) => place.startsWith(`${result.rule}, `))) continue;
    return { ...result, verdict: 'not provided', reason: `no example of it can be run: ${reason}` };
  }
  return result;
}
