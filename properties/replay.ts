import { programOf } from '../spec/checkExample.ts';
import { isExplored, isOrdered } from '../spec/example.ts';
import { ruleById } from '../spec/families.ts';
import { startsThreads } from '../spec/program.ts';
import { refuted, refusedDraft } from './counterexamples.ts';
import { BatonEngine } from './engines/baton/engine.ts';
import { maximalThreads } from './engines/controlled/layout.ts';
import { RaceEngine } from './engines/coroutine/races/engine.ts';
import { LifecycleEngine } from './engines/lifecycle/engine.ts';
import { runInLockstep } from './engines/lockstep.ts';
import type { Source } from './engines/source.ts';
import { explore } from './explore.ts';
import { Judges } from './judges.ts';
import { isProcessExample, type ProcessExampleUnit, unitsOf } from './plan.ts';
import { racesOf } from './races.ts';
import type { Counterexample, RaceResult } from './run.ts';
import { runExample } from './runInProcess.ts';
import { countPreemptions } from './search.ts';
import { decodeToken, type Replayable, TokenError } from './token.ts';

/**
 * Runs what a token stands for once more.
 * @param where what the user calls the implementation.
 * @returns the counterexample, or undefined if this implementation does what it should.
 * @throws TokenError if the token cannot be read.
 * @throws UsageError if the implementation cannot be used.
 */
export async function replay(
  token: string,
  source: Source,
  where = source.module,
): Promise<Counterexample | undefined> {
  const replayable = decodeToken(token);
  const engine = new BatonEngine(maximalThreads);
  try {
    const surface = await engine.probe(source, where);
    const judges = new Judges(surface);
    const draft = await ('rule' in replayable
      ? replayExample(replayable, engine, judges, source)
      : replayProgram(replayable, engine, judges, source));
    return draft && { ...draft, number: 1 };
  } finally {
    await engine.close();
  }
}

/**
 * Runs what a token stands for once more, and looks at every access to shared memory meanwhile.
 * @param where what the user calls the implementation.
 * @returns the races that there are, none of an implementation that cannot be looked at.
 * @throws TokenError, UsageError as {@link replay} does.
 */
export async function replayRaces(
  token: string,
  source: Source,
  where = source.module,
): Promise<readonly RaceResult[]> {
  const replayable = decodeToken(token);
  if ('rule' in replayable || replayable.schedule.kind === 'script') return [];
  const { program, schedule, form } = replayable;
  const engine = new BatonEngine(1);
  const racing = new RaceEngine();
  try {
    const surface = await engine.probe(source, where);
    const { races } = await racesOf(racing, { source, form, program, schedules: [schedule] }, surface);
    return races.map((race, position) => ({ ...race, number: position + 1 }));
  } finally {
    await Promise.all([engine.close(), racing.close()]);
  }
}

async function replayExample(
  { rule: id, example: position, form }: Extract<Replayable, { rule: string }>,
  engine: BatonEngine,
  judges: Judges,
  source: Source,
) {
  const rule = ruleById(id);
  const example = rule && 'examples' in rule ? rule.examples[position] : undefined;
  if (rule === undefined || !('examples' in rule) || example === undefined || isExplored(example)) {
    throw new TokenError(
      `The token is of rule ${id}, example ${position}, which this version does not have.`,
    );
  }
  if (!isOrdered(example) || startsThreads(example.objects)) {
    const [unit] = unitsOf(rule, position, example, form).filter(isProcessExample);
    return unit === undefined ? undefined : replayInProcess(unit, source);
  }
  const run = await runInLockstep(engine, judges.for(programOf(example)), source, form, example);
  if (run.result.kind !== 'refuted') return undefined;
  return refuted({ kind: 'ordered', rule, position, example, form }, { run, result: run.result }, 1);
}

async function replayInProcess(unit: ProcessExampleUnit, source: Source) {
  const engine = new LifecycleEngine();
  try {
    const { signal } = new AbortController();
    const run = await runExample({ source, signal }, engine, unit);
    const { result } = run;
    return result.kind === 'refuted' ? refuted(unit, { run, result }, 1) : undefined;
  } finally {
    await engine.close();
  }
}

async function replayProgram(
  { program, schedule, form }: Extract<Replayable, { program: unknown }>,
  engine: BatonEngine,
  judges: Judges,
  source: Source,
) {
  const subject = { source, form, engine, judges };
  const { failure } = await explore(subject, program, [schedule], true);
  if (failure === undefined) return undefined;
  return refusedDraft(failure, form, 1, countPreemptions(failure.execution.records), 'as the token has it');
}
