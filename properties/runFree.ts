import type { Program } from '../spec/program.ts';
import type { FreeEngine } from './engines/free/engine.ts';
import { judgeFreely } from './judgeFreely.ts';
import type { ExampleUnit } from './plan.ts';
import { scaledProgram } from './realTime.ts';
import type { Context, UnitResult } from './runUnit.ts';
import { Tally } from './tally.ts';

/** Real clocks: a second of a program's is this many here, or a run would consist of waiting. */
const timeScale = 0.004;

/** Programs with time-outs are run so many times less often: their executions consist of waiting. */
const timedShare = 4;

/** Runs an explored example on freely running threads. */
export async function runFree(
  context: Context,
  engine: FreeEngine,
  unit: ExampleUnit<'free'>,
): Promise<UnitResult> {
  const { source, effort } = context;
  const program = scaledProgram(unit.example, timeScale);
  const runs = await engine.run({
    source,
    form: unit.form,
    program,
    executions: Math.ceil(effort.free / (isTimed(program) ? timedShare : 1)),
  });
  const tally = new Tally();
  // Whether a freedom was used differs from run to run, where the same seed has to say the same.
  const counts = () => unit.rule.level !== 'may';
  return { unit, tally, ...judgeFreely(context, program, runs, tally, unit.rule, counts) };
}

function isTimed({ objects, threads }: Program): boolean {
  return [...objects, ...threads.flat()].some(({ args }) => typeof args.timeout === 'number');
}
