import type { Program } from '../spec/program.ts';
import type { Decision } from './engines/controlled/execution.ts';
import type { Direction, Schedule } from './engines/controlled/schedule.ts';
import { explore, type Failure, type Subject } from './explore.ts';

/** What a search found. */
export interface SearchResult {
  readonly failure?: Failure;
  readonly executions: number;
  /** Every schedule with at most so many preemptions was run without a failure; -1: not even those without any. */
  readonly exhausted: number;
  /** How many preemptions the failing schedule has. */
  readonly preemptions?: number;
}

/** A schedule yet to be run: directions, and how many of them are preemptions. */
interface Branch {
  readonly directions: readonly Direction[];
  readonly preemptions: number;
}

const batchSize = 64;

/**
 * Runs a program under all schedules with no preemption, then all with one, and so on (iterative context
 * bounding, Musuvathi and Qadeer 2007), until a failure is found that is wanted or the budget is spent.
 * Letting time end a sleep while a thread could go on counts as a preemption.
 *
 * @param bound the most preemptions to try.
 * @param budget the most executions.
 */
export async function search(
  subject: Subject,
  program: Program,
  bound: number,
  budget: number,
  wanted: (failure: Failure) => boolean = () => true,
): Promise<SearchResult> {
  const levels: Branch[][] = Array.from({ length: bound + 1 }, () => []);
  levels[0]?.push({ directions: [], preemptions: 0 });
  let executions = 0;
  for (let level = 0; level <= bound; level++) {
    const branches = levels[level] as Branch[];
    while (branches.length > 0) {
      if (executions >= budget) return { executions, exhausted: level - 1 };
      const batch = branches.splice(0, batchSize);
      const schedules = batch.map(({ directions }): Schedule => ({ kind: 'directed', directions }));
      const { judged, failure, stopped } = await explore(subject, program, schedules, true);
      executions += judged.length;
      if (failure !== undefined && wanted(failure)) {
        return { failure, executions, exhausted: level - 1, preemptions: level };
      }
      for (const [position, one] of judged.entries()) {
        for (const next of branchesOf(batch[position] as Branch, one.execution.records)) {
          levels[next.preemptions]?.push(next);
        }
      }
      if ((stopped ?? failure?.stopped) !== undefined) return { executions, exhausted: level - 1 };
      // A failure that is not wanted ends its batch early: the rest is still to be run.
      branches.push(...batch.slice(judged.length));
    }
  }
  return { executions, exhausted: bound };
}

/** What could have been decided otherwise after the last direction. */
function* branchesOf(branch: Branch, records: readonly Decision[]): Generator<Branch> {
  const from = (branch.directions.at(-1)?.decision ?? -1) + 1;
  for (let decision = from; decision < records.length; decision++) {
    const record = records[decision] as Decision;
    const previous = decision === 0 ? undefined : records[decision - 1]?.thread;
    for (const other of alternatives(decision, record)) {
      const costs = isPreemption(other, previous, record) ? 1 : 0;
      yield { directions: [...branch.directions, other], preemptions: branch.preemptions + costs };
    }
  }
}

function* alternatives(
  decision: number,
  { thread, ready, timed, overdue, late }: Decision,
): Generator<Direction> {
  for (let other = 0; (ready | timed) >>> other !== 0; other++) {
    const bit = 1 << other;
    if (((ready | timed) & bit) !== 0 && (other !== thread || late)) yield { decision, thread: other };
    if ((overdue & bit) !== 0 && (other !== thread || !late)) yield { decision, thread: other, late: true };
  }
}

/**
 * Whether this keeps a thread waiting that could have gone on, or lets time pass while one could. Who goes on in vain
 * is not kept waiting.
 */
function isPreemption(
  { thread, late }: Direction,
  previous: number | undefined,
  { ready, spinning = 0 }: Pick<Decision, 'ready' | 'spinning'>,
): boolean {
  const goesOn = ready & ~spinning;
  if (previous !== undefined && previous !== thread && (goesOn & (1 << previous)) !== 0) return true;
  return late === true || ((ready & (1 << thread)) === 0 && ready !== 0);
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
