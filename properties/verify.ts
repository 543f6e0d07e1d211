import { matchesGlob } from 'node:path';
import { UsageError } from '../impl/usageError.ts';
import type { Level } from '../spec/catalogue.ts';
import type { Family } from '../spec/program.ts';
import type { NotApplicable, Rule } from '../spec/rule.ts';
import type { Rulebook } from '../spec/rulebook.ts';
import type { Specification } from '../spec/specification.ts';
import { efforts } from './budget.ts';
import { concludeLabels, concludeRule, concludeRun, type Findings, isWhole } from './conclude.ts';
import { counterexamplesOf } from './counterexamples.ts';
import { RaceEngine } from './engines/coroutine/races/engine.ts';
import { FreeEngine } from './engines/free/engine.ts';
import { Lane } from './engines/lane.ts';
import { LifecycleEngine } from './engines/lifecycle/engine.ts';
import { QuickEngine } from './engines/quickEngine.ts';
import type { Source } from './engines/source.ts';
import { Interleavings, keyOf } from './interleavings.ts';
import { Judges } from './judges.ts';
import { inLanes } from './lanes.ts';
import {
  type EngineName,
  describeUnit,
  type ExampleUnit,
  isProcessUnit,
  nameOf,
  planOf,
  type Unit,
} from './plan.ts';
import { RaceSearch } from './races.ts';
import { minimize } from './minimize.ts';
import { rulebookOf } from './rulebooks.ts';
import { runFree } from './runFree.ts';
import { runInProcess } from './runInProcess.ts';
import type { Budget, RunRecord } from './run.ts';
import { type Context, runUnit, subjectOf, type UnitResult } from './runUnit.ts';
import { Stops } from './stops.ts';
import { Tally } from './tally.ts';
import { version } from './version.ts';

export interface VerifyOptions {
  readonly source: Source;
  /** What the user calls the implementation: for messages about it. Default the module's URL. */
  readonly where?: string;
  /** What to type to name it again; empty for the reference. Default {@link where}. */
  readonly argument?: string;
  /** Default all, the implementation's own included. */
  readonly families?: readonly Family[];
  /** Specifications that are known even if the implementation provides nothing of them. */
  readonly specifications?: readonly Specification[];
  /** Globs over rule ids; default all rules of the families. */
  readonly rules?: readonly string[];
  /** The weakest level whose broken rules fail the run. */
  readonly level: Level;
  readonly seed: number;
  readonly budget: Budget;
  /** Only every `of`-th rule, from the one at `index` (counted from 1) on. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Default all. */
  readonly engines?: readonly EngineName[];
  /** Ends the run early. */
  readonly signal?: AbortSignal;
  /** Seconds that a whole program may take, default 30. */
  readonly patience?: number;
  /** Whether to look for races of plain accesses in what is explored; default if coroutines are wanted. */
  readonly races?: boolean;
  /** Engines to run on, which stay open; default: new ones, closed at the end. */
  readonly pool?: readonly Lane[];
}

/** How far a run is. */
export interface Progress {
  readonly record: 'progress';
  readonly done: number;
  readonly total: number;
  readonly doing: string;
}

const allEngines: readonly EngineName[] = ['lockstep', 'coroutine', 'free', 'process'];

/** Engines that run beside each other: one thread of a program runs at a time, so each fills one core at most. */
export const lanes = 2;

/** Processes that run beside each other: most of the time theirs wait. */
const processLanes = 3;

/** @internal The most threads that a program of the specification or of the generators has. */
export const threads = 4;

/**
 * Judges an implementation by the rules: their examples in lockstep and under many schedules, generated
 * programs, and what is found made small.
 * @throws UsageError if the implementation cannot be used, or the choice of rules is empty.
 */
export async function* verify(options: VerifyOptions): AsyncGenerator<RunRecord | Progress> {
  const begun = performance.now();
  const startedAt = new Date().toISOString();
  const { source, seed, budget, level, engines = allEngines, rules: globs = [] } = options;
  const { index, of } = options.shard ?? { index: 1, of: 1 };
  const inShard = (_: unknown, position: number) => position % of === index - 1;
  const pool = options.pool ?? Array.from({ length: lanes }, () => new Lane(threads));
  const free = new FreeEngine(threads);
  const looksForRaces = options.races ?? engines.includes('coroutine');
  const racing = new RaceEngine();
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, ...(options.signal ? [options.signal] : [])]);
  try {
    const [first] = pool as [Lane];
    const where = options.where ?? source.module;
    const surface = await first.workers.probe(source, where);
    const rulebook = await rulebookOf(surface.specifications, options.specifications);
    const families = options.families ?? rulebook.families;
    const rules = chooseRules(rulebook, families, globs).filter(inShard);
    yield {
      record: 'run',
      format: 1,
      lockproof: version,
      implementation: surface.name,
      module: options.argument ?? where,
      seed,
      budget,
      level,
      families,
      rules: globs,
      startedAt,
    };
    const generating = globs.length === 0 ? families.filter(inShard) : [];
    const plan = planOf(rules, generating, surface, engines, rulebook);
    const scheduled = plan.filter((unit) => !isProcessUnit(unit) && unit.kind !== 'free');
    const unscheduled = plan.filter((unit) => unit.kind === 'free');
    // What takes long goes first, or the other processes would have nothing to do at the end.
    const inProcesses = plan
      .filter(isProcessUnit)
      .toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)));
    const context: Context = {
      source,
      surface,
      seed,
      effort: efforts[budget],
      judges: new Judges(surface, rulebook),
      interleavings: new Interleavings(),
      signal,
      patience: options.patience,
    };
    const results: UnitResult[] = [];
    const progress = (doing: string): Progress => ({
      record: 'progress',
      done: results.length,
      total: plan.length,
      doing,
    });
    const stops = new Stops();
    const unusable = new Set<string>();
    const groups = groupsOf(scheduled);
    const quickOn = ({ coroutines, workers }: Lane) =>
      engines.includes('coroutine') ? new QuickEngine(coroutines, workers, unusable) : undefined;
    const started = inLanes(pool, groups, signal, async (lane, units) => {
      const ended: UnitResult[] = [];
      for (const unit of units) {
        const result = stops.skip(unit) ?? (await runUnit(context, lane.workers, unit, quickOn(lane)));
        stops.count(result);
        ended.push(result);
      }
      return ended;
    });
    for (const [position, ended] of started.entries()) {
      for (const unit of groups[position] ?? []) yield progress(describeUnit(unit));
      results.push(...(await ended));
    }
    const order = new Map<Unit, number>(scheduled.map((unit, position) => [unit, position]));
    results.sort((one, other) => (order.get(one.unit) ?? 0) - (order.get(other.unit) ?? 0));
    const processes = Array.from({ length: processLanes }, () => new LifecycleEngine());
    if (unscheduled.length + inProcesses.length > 0) {
      await Promise.all(pool.map((lane) => lane.rest()));
    }
    const search = new RaceSearch(context, racing);
    for (const unit of looksForRaces ? search.unitsIn(plan, results) : []) {
      if (signal.aborted) break;
      yield progress(`${describeUnit(unit)}: races`);
      await search.look(unit);
    }
    await racing.close();
    for (const unit of unscheduled) {
      if (signal.aborted) break;
      if (results.some((result) => saysEnough(result, unit))) continue;
      yield progress(describeUnit(unit));
      results.push(await runFree(context, free, unit));
    }
    try {
      const begun = inLanes(processes, inProcesses, signal, (engine, unit) =>
        runInProcess(context, engine, unit),
      );
      for (const [position, result] of begun.entries()) {
        yield progress(describeUnit(inProcesses[position] as Unit));
        results.push(await result);
      }
    } finally {
      await Promise.all(processes.map((engine) => engine.close()));
    }
    signal.throwIfAborted();
    const tally = new Tally();
    for (const result of results) tally.merge(result.tally);
    yield progress('looking for the smallest counterexamples');
    const counterexamples = await counterexamplesOf(context, results, (unit, failure) =>
      minimize(subjectOf(context, first.workers, unit, quickOn(first)), failure, context.effort),
    );
    yield* counterexamples;
    const { races } = search;
    yield* races;
    yield* stops.notices();
    for (const reason of unusable) yield { record: 'notice', text: `Only real workers ran it: ${reason}.` };
    const whole = isWhole(globs, engines) && of === 1;
    // A quick run looks at too little to say that something is gone.
    yield* search.notices(whole && looksForRaces && budget !== 'quick');
    const findings: Findings = { surface, results, tally, counterexamples, races, rulebook };
    const ruleResults = rules.map((rule) => concludeRule(rule, findings));
    yield* ruleResults;
    const labels = whole ? concludeLabels(families, findings) : [];
    yield* labels;
    const conclusion = concludeRun(ruleResults, labels, level, findings, whole);
    const seconds = (performance.now() - begun) / 1000;
    yield { record: 'end', ...conclusion, executions: tally.executions, seconds };
  } finally {
    ended.abort();
    await free.close();
    if (options.pool === undefined) await Promise.all(pool.map((lane) => lane.close()));
    await racing.close();
  }
}

/**
 * Parts that have the same program, together: one after the other, so that it is always the same one that sees an
 * interleaving first.
 */
function groupsOf<Part extends Unit>(units: readonly Part[]): readonly (readonly Part[])[] {
  const groups = new Map<string, Part[]>();
  for (const unit of units) {
    const key = unit.kind === 'explored' ? keyOf(unit.example) : nameOf(unit);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [unit]);
    else group.push(unit);
  }
  return [...groups.values()];
}

/** Whether a part runs many programs, one after the other. */
function isLong({ kind }: Unit): boolean {
  return kind === 'thread programs' || kind === 'concurrent';
}

/**
 * Whether a part has shown that running this one on free threads is no use: threads may sleep for good in it
 * (where nobody decides that can be told from hanging only by waiting), or its family fails already.
 */
function saysEnough({ unit, blocked, failure, refutation }: UnitResult, other: ExampleUnit<'free'>): boolean {
  if (!('rule' in unit)) return failure !== undefined && unit.family === other.rule.family;
  if (unit.rule.family === other.rule.family && (failure ?? refutation) !== undefined) return true;
  return blocked === true && unit.rule.id === other.rule.id && unit.position === other.position;
}

/** The rules that are chosen. @throws UsageError if a glob fits none: a rule that was meant would be left out in silence. */
export function chooseRules(
  rulebook: Rulebook,
  families: readonly Family[],
  globs: readonly string[],
): readonly (Rule | NotApplicable)[] {
  const ofFamilies = families.flatMap((family) => rulebook.rulesOf(family));
  if (globs.length === 0) return ofFamilies;
  const idle = globs.filter((glob) => !ofFamilies.some(({ id }) => matchesGlob(id, glob)));
  if (idle.length === 0) return ofFamilies.filter(({ id }) => matches(id, globs));
  throw new UsageError(`No rule matches ${idle.join(', ')}. 'lockproof rules' lists them all.`);
}

/** Whether a rule's id fits one of the globs; without any, all do. */
export function matches(id: string, globs: readonly string[]): boolean {
  return globs.length === 0 || globs.some((glob) => matchesGlob(id, glob));
}
