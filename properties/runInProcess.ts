import { type ExampleEvent, historyIn } from '../spec/exampleEvents.ts';
import { checkExample, type ExampleResult, programIn } from '../spec/checkExample.ts';
import { checkOutput, type ProgramExample, type ProgramOutput } from '../spec/output.ts';
import type { LifecycleEngine } from './engines/lifecycle/engine.ts';
import type { ExampleRun } from './engines/lockstep.ts';
import { runProgram } from './engines/programs/program.ts';
import type { ProcessExampleUnit, ProcessUnit } from './plan.ts';
import { runConcurrent, runThreadPrograms } from './runConcurrent.ts';
import type { Context, UnitResult } from './runUnit.ts';
import { Tally } from './tally.ts';

/** Runs a part of a run whose threads are the implementation's, or that is a program of its own. */
export async function runInProcess(
  context: Context,
  engine: LifecycleEngine,
  unit: ProcessUnit,
): Promise<UnitResult> {
  switch (unit.kind) {
    case 'concurrent':
      return runConcurrent(context, engine, unit);
    case 'thread programs':
      return runThreadPrograms(context, engine, unit);
    default:
      return runOnce(context, engine, unit);
  }
}

async function runOnce(
  context: Context,
  engine: LifecycleEngine,
  unit: ProcessExampleUnit,
): Promise<UnitResult> {
  return resultOf(unit, await runExample(context, engine, unit));
}

/** What a part of a run came to, by the run of its example. */
export function resultOf(unit: ProcessExampleUnit, run: ExampleRun): UnitResult {
  const tally = new Tally();
  const { result } = run;
  if (result.kind === 'refuted') {
    tally.add([], true, false);
    return { unit, tally, refutation: { run, result } };
  }
  if (result.kind === 'masked') {
    tally.add([], true, false);
    const reason = run.stopped?.reason ?? result.reason;
    return { unit, tally, inconclusive: { reason, blamed: [] } };
  }
  const { id, level, usedIn } = unit.rule;
  const used = usedIn?.(historyIn(run.execution.events), programIn(unit.example)) === true;
  tally.add([{ rules: level !== 'may' || used ? [id] : [], labels: [] }], true, false);
  return { unit, tally };
}

/** Runs the example of a part once. */
export async function runExample(
  { source, signal, patience }: Pick<Context, 'source' | 'signal' | 'patience'>,
  engine: LifecycleEngine,
  unit: ProcessExampleUnit,
): Promise<ExampleRun> {
  if (unit.kind === 'program') {
    const { program, args } = unit.example;
    return judgedOutput(unit.example, await runProgram({ program, args, source, signal, patience }));
  }
  const { events, stopped } = await engine.run(source, unit.example);
  return runOf(checkExample(unit.example, events, { kind: 'allowed' }), events, stopped);
}

/** The run of a program that has written this. */
export function judgedOutput({ shows }: ProgramExample, output: ProgramOutput): ExampleRun {
  const mismatch = checkOutput(output, shows);
  const result: ExampleResult =
    mismatch === undefined ? { kind: 'shown' } : { kind: 'refuted', step: 0, thread: 0, ...mismatch };
  return runOf(result, eventsOf(output));
}

function runOf(result: ExampleResult, events: readonly ExampleEvent[], stopped?: string): ExampleRun {
  const execution = { interleaving: 0, decisions: 0, events, records: [] };
  const run: ExampleRun = { result, execution, verdict: { kind: 'allowed' }, evidence: [] };
  return stopped === undefined ? run : { ...run, stopped: { kind: 'unusable', reason: stopped } };
}

/** What a program's output is as a history. */
function eventsOf({ lines, ended, seconds }: ProgramOutput): readonly ExampleEvent[] {
  const exit = 'code' in ended ? ended.code : 'signal' in ended ? ended.signal : undefined;
  return [
    ...lines.map(({ stream, text, at }): ExampleEvent => ({ type: 'prints', to: stream, text, at })),
    ...(exit === undefined ? [] : [{ type: 'exit', code: exit, at: seconds } as const]),
  ];
}
