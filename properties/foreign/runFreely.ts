import fc from 'fast-check';
import type { History } from '../../spec/history.ts';
import type { Program } from '../../spec/program.ts';
import type { Rule } from '../../spec/rule.ts';
import { type Failure, judgeHistory } from '../explore.ts';
import { type ExampleUnit, fitted, nameOf, type Unit } from '../plan.ts';
import { programsFor } from '../programs/index.ts';
import { scaledProgram } from '../realTime.ts';
import type { Context, UnitResult } from '../runUnit.ts';
import { seedFor } from '../seeds.ts';
import { Tally } from '../tally.ts';
import type { ForeignEngine } from './engine.ts';

/** What a foreign implementation is judged with. */
export type ForeignContext = Omit<Context, 'source' | 'interleavings'>;

/** Real clocks: a second of a program's is this many here, or a run would consist of waiting. */
const timeScale = 0.01;

/**
 * Seconds without any event after which a program seems to be at a standstill; and those that it is given then if it must
 * not be: a busy machine accuses nobody.
 */
const standstill = 0.03;
const patience = 5;

/** Executions of a generated program. */
const executionsEach = 8;

/** Programs that may come to a standstill are not run much more often than they do: each costs its patience. */
const mostStandstills = 3;

/** Runs an explored example on freely running threads. */
export async function runExplored(
  context: ForeignContext,
  engine: ForeignEngine,
  unit: ExampleUnit<'free'> | ExampleUnit<'concurrent'>,
): Promise<UnitResult> {
  const { effort, seed } = context;
  const { objects, threads } = unit.example;
  const executions = unit.kind === 'free' ? effort.free : effort.concurrent;
  const program =
    unit.kind === 'free' ? scaledProgram({ objects, threads }, timeScale) : { objects, threads };
  const tally = new Tally();
  const failure = await explore(
    context,
    engine,
    program,
    executions,
    seedFor(seed, nameOf(unit)),
    tally,
    unit.rule,
  );
  return { unit, tally, ...(failure && { failure }) };
}

/** Runs generated programs of a family. */
export async function runPrograms(
  context: ForeignContext,
  engine: ForeignEngine,
  unit: Extract<Unit, { kind: 'programs' | 'thread programs' }>,
): Promise<UnitResult> {
  const { effort, surface, judges, signal } = context;
  const arbitrary = programsFor(unit.family, surface.families, judges.rulebook);
  const tally = new Tally();
  if (arbitrary === undefined) return { unit, tally };
  const seed = seedFor(context.seed, nameOf(unit));
  const isTheirs = unit.kind === 'thread programs';
  const numRuns = isTheirs ? effort.threadPrograms : effort.programs;
  for (const [position, generated] of fc.sample(arbitrary, { seed, numRuns }).entries()) {
    if (signal.aborted) break;
    const own = fitted(generated, surface);
    const program = isTheirs ? own : scaledProgram(own, timeScale);
    const failure = await explore(context, engine, program, executionsEach, seed + position, tally);
    if (failure !== undefined) return { unit, tally, failure };
  }
  return { unit, tally };
}

/** Runs a program until one of its histories is refused; undefined: none is. */
export async function explore(
  { judges, signal }: Pick<ForeignContext, 'judges' | 'signal'>,
  engine: ForeignEngine,
  program: Program,
  executions: number,
  seed: number,
  tally: Tally,
  rule?: Rule,
): Promise<Failure | undefined> {
  const judge = judges.onRealClock(program);
  const refused = (history: History): Failure | undefined => {
    const { verdict, evidence } = judgeHistory(judge, program, history, rule);
    tally.add([], false, true);
    if (verdict.kind === 'allowed') {
      // Whether a freedom was used differs from run to run, where the same seed has to say the same.
      if (rule !== undefined && rule.level !== 'may') tally.note(rule.id, false, true);
      return undefined;
    }
    const execution = { interleaving: 0, decisions: 0, events: history, records: [] };
    return { program, schedule: { kind: 'free' }, execution, verdict, evidence };
  };
  let standstills = 0;
  for (let done = 0; done < executions && standstills < mostStandstills && !signal.aborted;) {
    const ran = await engine.run(program, executions - done, standstill, (seed + done) | 0);
    done += ran.histories.length;
    const whole = ran.standstill ? ran.histories.slice(0, -1) : ran.histories;
    for (const history of whole) {
      const failure = refused(history);
      if (failure !== undefined) return failure;
    }
    if (ran.histories.length === 0) return undefined;
    if (!ran.standstill) continue;
    standstills++;
    const failure = await atStandstill(engine, program, ran.histories.at(-1) ?? [], refused);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Judges a history that nothing follows any more: what must not stay so is given more time. */
async function atStandstill(
  engine: ForeignEngine,
  program: Program,
  history: History,
  refused: (history: History) => Failure | undefined,
): Promise<Failure | undefined> {
  const still = (events: History): History => [...events, { type: 'quiet', at: 0, until: Infinity }];
  if (refused(still(history)) === undefined) {
    await engine.leaveBehind(program);
    return undefined;
  }
  const later = await engine.wait(patience);
  const whole = [...history, ...later.events];
  return refused(later.standstill ? still(whole) : whole);
}
