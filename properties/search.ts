import type { Program } from '../spec/program.ts';
import type { Decision } from './engines/controlled/execution.ts';
import { directionsTo, Frontier, isPreemption } from './engines/controlled/frontier.ts';
import type { Direction, Schedule } from './engines/controlled/schedule.ts';
import { confirmed, explore, type Failure, type Subject } from './explore.ts';

/** What a search found. */
export interface SearchResult {
  readonly failure?: Failure;
  readonly executions: number;
  /** Every schedule with at most so many preemptions was run without a failure; -1: not even those without any. */
  readonly exhausted: number;
  /** How many preemptions the failing schedule has. */
  readonly preemptions?: number;
}

/** How far to search, and for what. */
export interface SearchWish {
  /** The most preemptions to try. */
  readonly bound: number;
  /** The most executions, by an engine that searches by itself; default as many as there are. */
  readonly budget?: number;
  /** The same for others, which take longer. */
  readonly budgetOnWorkers?: number;
  /** A rule: only what breaks it is searched for. */
  readonly fault?: string | undefined;
}

const batchSize = 64;

/**
 * Runs a program under all schedules with no preemption, then all with one, and so on (iterative context
 * bounding, Musuvathi and Qadeer 2007), until a failure is found that is wanted or the budget is spent.
 * Letting time end a sleep while a thread could go on counts as a preemption. An engine that knows states when they come
 * again goes on from each but once.
 */
export async function search(subject: Subject, program: Program, wish: SearchWish): Promise<SearchResult> {
  return (await searchByEngine(subject, program, wish)) ?? searchInBatches(subject, program, wish);
}

/** The engine searches by itself, if it can: what it finds is run again, to see what it shows. */
async function searchByEngine(
  subject: Subject,
  program: Program,
  { bound, budget = Infinity, fault }: SearchWish,
): Promise<SearchResult | undefined> {
  const { engine, source, form, judges, rule } = subject;
  const found = await engine.search?.({ source, form }, [program], judges.by, {
    bound,
    budget,
    ...(fault !== undefined && { fault }),
    ...(rule?.general === true && { general: rule.id }),
  });
  if (found === undefined || 'stopped' in found) return undefined;
  const [result] = found.done;
  if (result === undefined) return undefined;
  const { executions, exhausted, failure: failing } = result;
  if (failing === undefined) return { executions, exhausted };
  const schedule: Schedule = { kind: 'directed', directions: failing.directions };
  const failure = await confirmed(subject, program, schedule);
  return { failure, executions, exhausted, preemptions: failing.preemptions };
}

async function searchInBatches(
  subject: Subject,
  program: Program,
  { bound, budgetOnWorkers: budget = Infinity, fault }: SearchWish,
): Promise<SearchResult> {
  const frontier = new Frontier(bound, budget);
  let executions = 0;
  for (;;) {
    const batch = executions < budget ? frontier.take(batchSize) : [];
    const [first] = batch;
    if (first === undefined) return { executions, exhausted: frontier.exhausted };
    const { preemptions } = first;
    const schedules = batch.map((branch): Schedule => ({
      kind: 'directed',
      directions: directionsTo(branch),
    }));
    const { judged, failure, stopped } = await explore(subject, program, schedules, true);
    executions += judged.length;
    if (failure !== undefined && (fault === undefined || failure.verdict.rules.includes(fault))) {
      return { failure, executions, exhausted: preemptions - 1, preemptions };
    }
    for (const [position, { execution }] of judged.entries()) {
      const branch = batch[position];
      if (branch !== undefined) frontier.grow(branch, execution.records);
    }
    if ((stopped ?? failure?.stopped) !== undefined) return { executions, exhausted: preemptions - 1 };
    // A failure that is not wanted ends its batch early: the rest is still to be run.
    frontier.putBack(batch.slice(judged.length));
  }
}

/** How many preemptions a recorded execution had. */
export function countPreemptions(records: readonly Decision[]): number {
  return records.filter((record, decision) =>
    isPreemption(
      decided(record, decision),
      decision === 0 ? undefined : records[decision - 1]?.thread,
      record,
    ),
  ).length;
}

function decided({ thread, late }: Decision, decision: number): Direction {
  return late ? { decision, thread, late } : { decision, thread };
}

/** The directed schedule that makes the same decisions as a recorded execution. */
export function directionsOf(records: readonly Decision[]): readonly Direction[] {
  const directions: Direction[] = [];
  for (const [decision, record] of records.entries()) {
    const previous = decision === 0 ? 0 : (records[decision - 1] as Decision).thread;
    const { thread, late } = record;
    if (late || thread !== byDefault(record, previous)) directions.push(decided(record, decision));
  }
  return directions;
}

/** Who goes on where a directed schedule says nothing; the engine's own rule. */
function byDefault({ ready, timed, spinning = 0 }: Decision, previous: number): number {
  const own = 1 << previous;
  const isSpinning = (spinning & own) !== 0 && ((ready | timed) & ~own) !== 0;
  if ((ready & own) !== 0 && !isSpinning) return previous;
  const candidates = ready & ~own || timed & ~own || ready || timed;
  const after = candidates & ~((2 << previous) - 1);
  return 31 - Math.clz32((after || candidates) & -(after || candidates));
}
