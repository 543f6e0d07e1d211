import { programOf } from '../spec/checkExample.ts';
import { isExplored, isOrdered } from '../spec/example.ts';
import { startsThreads } from '../spec/program.ts';
import { refuted, refusedDraft } from './counterexamples.ts';
import { BatonEngine } from './engines/baton/engine.ts';
import type { Stopped } from './engines/controlled/batch.ts';
import { maximalThreads } from './engines/controlled/layout.ts';
import { CoroutineEngine } from './engines/coroutine/engine.ts';
import { RaceEngine } from './engines/coroutine/races/engine.ts';
import { LifecycleEngine } from './engines/lifecycle/engine.ts';
import { runInLockstep } from './engines/lockstep.ts';
import type { Source } from './engines/source.ts';
import { explore } from './explore.ts';
import { Judges } from './judges.ts';
import { isProcessExample, type ProcessExampleUnit, unitsOf } from './plan.ts';
import { racesOf } from './races.ts';
import type { Counterexample, RaceResult } from './run.ts';
import { rulebookOf } from './rulebooks.ts';
import { runExample } from './runInProcess.ts';
import { countPreemptions } from './search.ts';
import { UsageError } from './usageError.ts';
import { decodeToken, type Replayable, TokenError } from './token.ts';

/** How a token is replayed. */
export interface ReplayOptions {
  /** What the user calls the implementation: for messages about it. Default the module's URL. */
  readonly where?: string;
  /** Real workers, or one thread that plays all of a program's; both show the same. Default `baton`. */
  readonly engine?: 'baton' | 'coroutine';
  /** Engines to run on, which stay open; default: new ones, closed at the end. */
  readonly workers?: BatonEngine;
  readonly coroutines?: CoroutineEngine;
}

/** What runs what a token stands for. */
interface Stage {
  readonly engine: BatonEngine | CoroutineEngine;
  readonly judges: Judges;
  readonly source: Source;
}

/**
 * Runs what a token stands for once more.
 * @returns the counterexample, or undefined if this implementation does what it should.
 * @throws TokenError if the token cannot be read.
 * @throws UsageError if the implementation cannot be used, or not by this engine.
 */
export async function replay(
  token: string,
  source: Source,
  options: ReplayOptions = {},
): Promise<Counterexample | undefined> {
  const replayable = decodeToken(token);
  const { where = source.module, workers = new BatonEngine(maximalThreads) } = options;
  const coroutines = options.coroutines ?? new CoroutineEngine();
  try {
    const surface = await workers.probe(source, where);
    const judges = new Judges(surface, await rulebookOf(surface.specifications));
    const stage = { engine: options.engine === 'coroutine' ? coroutines : workers, judges, source };
    const draft = await ('rule' in replayable
      ? replayExample(replayable, stage)
      : replayProgram(replayable, stage));
    return draft && { ...draft, number: 1 };
  } finally {
    if (options.workers === undefined) await workers.close();
    if (options.coroutines === undefined) await coroutines.close();
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
  { engine, judges, source }: Stage,
) {
  const rule = judges.rulebook.rule(id);
  const example = rule && 'examples' in rule ? rule.examples[position] : undefined;
  if (rule === undefined || !('examples' in rule) || example === undefined || isExplored(example)) {
    throw new TokenError(
      `The token is of rule ${id}, example ${position}, which this version does not have.`,
    );
  }
  const inProcess = !isOrdered(example) || startsThreads(example.objects);
  const ends = isOrdered(example) && example.steps.some((step) => 'ends' in step);
  if (engine instanceof CoroutineEngine && (inProcess || ends)) {
    throw new UsageError(
      `The coroutine engine has no ${inProcess ? 'processes' : 'threads that end early'}, as rule ${id}, example ${position} needs. Replay it without --engine.`,
    );
  }
  if (inProcess) {
    const [unit] = unitsOf(rule, position, example, form).filter(isProcessExample);
    return unit === undefined ? undefined : replayInProcess(unit, source);
  }
  const judge = judges.for(programOf(example));
  const ruleOf = (cited: string) => judges.rulebook.rule(cited);
  const run = await runInLockstep(engine, judge, source, form, example, ruleOf);
  refuseUnplayable(engine, run.stopped);
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
  { engine, judges, source }: Stage,
) {
  const unknown = program.objects.find(
    ({ family }) => family !== 'cell' && !judges.rulebook.hasAutomaton(family),
  );
  if (unknown !== undefined) {
    throw new TokenError(
      `The token is of a program on '${unknown.family}', of which the implementation has no specification. Name the implementation that it was found in.`,
    );
  }
  const subject = { source, form, engine, judges };
  const { failure, stopped } = await explore(subject, program, [schedule], true);
  refuseUnplayable(engine, stopped);
  if (failure === undefined) return undefined;
  // Where the order of the calls is fixed, nobody is kept waiting who could go on.
  const preemptions = schedule.kind === 'script' ? 0 : countPreemptions(failure.execution.records);
  const draft = refusedDraft(failure, form, 1, preemptions, 'as the token has it');
  return engine instanceof CoroutineEngine ? { ...draft, engine: 'coroutine' as const } : draft;
}

/** @throws UsageError if the coroutine engine could not run it. */
function refuseUnplayable(engine: Stage['engine'], stopped: Stopped | undefined): void {
  if (stopped?.kind !== 'unusable' || !(engine instanceof CoroutineEngine)) return;
  throw new UsageError(`Only real workers run it: ${stopped.reason}. Replay it without --engine.`);
}
