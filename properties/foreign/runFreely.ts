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
import { isSpoiled } from './spoiled.ts';

/** What a foreign implementation is judged with. */
export interface ForeignContext extends Omit<Context, 'source' | 'interleavings'> {
  /** Rules that it declares that it breaks, and was seen to: nobody waits to see that again. */
  readonly deviating: Set<string>;
}

/** Real clocks: a second of a program's is this many here, or a run would consist of waiting. */
const timeScale = 0.01;

/**
 * Seconds without any event after which a program seems to be at a standstill; and those that it is given then if it must
 * not be: a busy machine accuses nobody.
 */
const usualWaits = { standstill: 0.02, patience: 4 } as const;

/** Executions that are asked for at once, and how many times as many there are of what shows seldom. */
const largestPart = 400;
const moreForSeldom = 60;

/** Executions of a generated program. */
const executionsEach = 8;

/** Programs that may come to a standstill are not run much more often than they do: each costs its patience. */
const mostStandstills = { example: 3, generated: 1 } as const;

/** What running a program freely came to. */
interface Explored {
  /** A history that is refused. */
  readonly failure?: Failure;
  /** The first one that is, by a rule that the implementation declares that it breaks. */
  readonly deviation?: Failure;
}

/** What of an engine running programs freely needs. */
type FreeEngine = Pick<ForeignEngine, 'run' | 'wait' | 'leaveBehind'>;

/** How freely running programs are waited for: seconds. */
export interface Waits {
  /** Without any event, after which a program seems to be at a standstill. */
  readonly standstill: number;
  /** What it is given then, if it must not be. */
  readonly patience: number;
}

/** Runs an explored example on freely running threads. */
export async function runExplored(
  context: ForeignContext,
  engine: ForeignEngine,
  unit: ExampleUnit<'free'> | ExampleUnit<'concurrent'>,
): Promise<UnitResult> {
  const { effort, seed, surface } = context;
  const { objects, threads } = unit.example;
  const isFree = unit.kind === 'free';
  const program = isFree ? scaledProgram({ objects, threads }, timeScale) : { objects, threads };
  const seldom = surface.deviations.some(({ rule, seldom: is }) => rule === unit.rule.id && is === true);
  const executions = (isFree ? effort.free : effort.concurrent) * (seldom ? moreForSeldom : 1);
  const tally = new Tally();
  const own = seedFor(seed, nameOf(unit));
  return asResult(unit, tally, await explore(context, engine, program, executions, own, tally, unit.rule));
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
  let deviation: Failure | undefined;
  for (const [position, generated] of fc.sample(arbitrary, { seed, numRuns }).entries()) {
    if (signal.aborted) break;
    const own = fitted(generated, surface);
    if (isSpoiled(own, surface)) continue;
    const program = isTheirs ? own : scaledProgram(own, timeScale);
    const explored = await explore(context, engine, program, executionsEach, seed + position, tally);
    deviation ??= explored.deviation;
    if (explored.failure !== undefined) return asResult(unit, tally, explored);
  }
  return asResult(unit, tally, deviation === undefined ? {} : { deviation });
}

function asResult(unit: Unit, tally: Tally, { failure, deviation }: Explored): UnitResult {
  const told = failure ?? deviation;
  return told === undefined ? { unit, tally } : { unit, tally, failure: told };
}

/**
 * Runs a program until one of its histories is refused by a rule that the implementation is held to.
 * @param rule counts what was evidence for it.
 */
export async function explore(
  { judges, signal, surface, deviating }: Pick<ForeignContext, 'judges' | 'signal' | 'surface' | 'deviating'>,
  engine: FreeEngine,
  program: Program,
  executions: number,
  seed: number,
  tally: Tally,
  rule?: Rule,
  waits: Waits = usualWaits,
): Promise<Explored> {
  const judge = judges.onRealClock(program);
  const declared = (id: string) => surface.deviations.some((deviation) => deviation.rule === id);
  let deviation: Failure | undefined;
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
  /** True for what ends the exploring. */
  const isFailure = (failure: Failure | undefined): failure is Failure => {
    const known = failure?.verdict.rules.filter(declared) ?? [];
    if (failure === undefined || known.length === 0) return failure !== undefined;
    for (const id of known) deviating.add(id);
    deviation ??= { ...failure, verdict: { ...failure.verdict, rules: known } };
    return false;
  };
  const found = (failure?: Failure): Explored => ({
    ...(failure && { failure }),
    ...(deviation && { deviation }),
  });
  const most = rule === undefined ? mostStandstills.generated : mostStandstills.example;
  let standstills = 0;
  for (let done = 0; done < executions && standstills < most && !signal.aborted;) {
    // What shows seldom is looked for until it is seen.
    if (deviation !== undefined && executions > largestPart) break;
    const part = Math.min(executions - done, largestPart);
    const ran = await engine.run(program, part, waits.standstill, seed + done);
    done += ran.histories.length;
    for (const history of ran.standstill ? ran.histories.slice(0, -1) : ran.histories) {
      const failure = refused(history);
      if (isFailure(failure)) return found(failure);
    }
    if (ran.histories.length === 0) break;
    if (!ran.standstill) continue;
    standstills++;
    const last = ran.histories.at(-1) ?? [];
    const failure = await atStandstill(engine, program, last, waits.patience, refused, deviating);
    if (isFailure(failure)) return found(failure);
  }
  return found();
}

/** Judges a history that nothing follows any more: what must not stay so is given more time. */
async function atStandstill(
  engine: FreeEngine,
  program: Program,
  history: History,
  patience: number,
  refused: (history: History) => Failure | undefined,
  deviating: ReadonlySet<string>,
): Promise<Failure | undefined> {
  const still = (events: History): History => [...events, { type: 'quiet', at: 0, until: Infinity }];
  const failure = refused(still(history));
  if (failure === undefined || failure.verdict.rules.some((rule) => deviating.has(rule))) {
    await engine.leaveBehind(program);
    return undefined;
  }
  const later = await engine.wait(program, history, patience);
  const whole = [...history, ...later.events];
  return refused(later.standstill ? still(whole) : whole);
}
