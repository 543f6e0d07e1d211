import fc from 'fast-check';
import type { History } from '../spec/history.ts';
import type { Program } from '../spec/program.ts';
import type { Rule } from '../spec/rule.ts';
import type { FreeResult, LifecycleEngine } from './engines/lifecycle/engine.ts';
import { type Failure, judgeHistory } from './explore.ts';
import { type ExampleUnit, nameOf, type ProcessUnit } from './plan.ts';
import { programsFor } from './programs/index.ts';
import type { Context, UnitResult } from './runUnit.ts';
import { seedFor } from './seeds.ts';
import { Tally } from './tally.ts';

/** Executions of a generated program: every one is on its own time anyway. */
const executionsEach = 4;

/** Runs an explored example whose threads the implementation starts. */
export async function runConcurrent(
  context: Context,
  engine: LifecycleEngine,
  unit: ExampleUnit<'concurrent'>,
): Promise<UnitResult> {
  const { objects, threads } = unit.example;
  const program: Program = { objects, threads };
  const tally = new Tally();
  const result = await engine.runFreely(context.source, program, context.effort.free);
  const failure = judgeAll(context, program, result, tally, unit.rule);
  if (failure !== undefined) return { unit, tally, failure };
  return { unit, tally, ...standstill(result) };
}

/** Runs generated programs whose threads the implementation starts. */
export async function runThreadPrograms(
  context: Context,
  engine: LifecycleEngine,
  unit: Extract<ProcessUnit, { kind: 'thread programs' }>,
): Promise<UnitResult> {
  const arbitrary = programsFor(unit.family, context.surface.families);
  const tally = new Tally();
  if (arbitrary === undefined) return { unit, tally };
  const seed = seedFor(context.seed, nameOf(unit));
  for (const program of fc.sample(arbitrary, { seed, numRuns: context.effort.threadPrograms })) {
    if (context.signal.aborted) break;
    const result = await engine.runFreely(context.source, program, executionsEach);
    const failure = judgeAll(context, program, result, tally);
    if (failure !== undefined) return { unit, tally, failure };
    if (result.stopped !== undefined) return { unit, tally, ...standstill(result) };
  }
  return { unit, tally };
}

/** Judges histories until one is refused. */
function judgeAll(
  { judges }: Context,
  program: Program,
  { histories, stopped }: FreeResult,
  tally: Tally,
  rule?: Rule,
): Failure | undefined {
  const judge = judges.onRealClock(program);
  const last: readonly History[] =
    stopped === undefined ? [] : [[...stopped.history, { type: 'quiet', at: 0, until: Infinity }]];
  for (const history of [...histories, ...last]) {
    const { verdict, evidence } = judgeHistory(judge, program, history, rule);
    // As on free threads, only the example itself counts: the rest differs from run to run.
    tally.add([], false, true);
    if (verdict.kind === 'allowed') {
      if (rule !== undefined && counts(rule, history, program)) tally.note(rule.id, false, true);
      continue;
    }
    const execution = { interleaving: 0, decisions: 0, events: history, records: [] };
    return { program, schedule: { kind: 'free' }, execution, verdict, evidence };
  }
  return undefined;
}

function counts({ level, usedIn }: Rule, history: History, program: Program): boolean {
  return level !== 'may' || usedIn?.(history, program) === true;
}

function standstill({ stopped }: FreeResult): Partial<Pick<UnitResult, 'inconclusive'>> {
  return stopped === undefined ? {} : { inconclusive: { reason: stopped.reason, blamed: [] } };
}
