import fc from 'fast-check';
import type { History } from '../spec/history.ts';
import type { Program } from '../spec/program.ts';
import type { LifecycleEngine } from './engines/lifecycle/engine.ts';
import { judgeFreely } from './judgeFreely.ts';
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
  const runs = await engine.runFreely(context.source, program, context.effort.concurrent);
  // Such a freedom is used by the real clock, or not at all: what was seen of it is told.
  const { level, usedIn } = unit.rule;
  const counts = (history: History) => level !== 'may' || usedIn?.(history, program) === true;
  return { unit, tally, ...judgeFreely(context, program, runs, tally, unit.rule, counts) };
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
    const runs = await engine.runFreely(context.source, program, executionsEach);
    const judged = judgeFreely(context, program, runs, tally);
    if ((judged.failure ?? judged.inconclusive) !== undefined) return { unit, tally, ...judged };
  }
  return { unit, tally };
}
