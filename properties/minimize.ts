import type { Schedule } from './engines/controlled/schedule.ts';
import { explore, type Failure, type Subject } from './explore.ts';
import { countPreemptions, directionsOf, search, type SearchWish } from './search.ts';
import { smallerPrograms } from './smallerPrograms.ts';

/** The smallest failure that was found, with its decisions recorded. */
export interface Minimal {
  readonly failure: Failure;
  readonly preemptions: number;
  /** What was tried, in a sentence. */
  readonly minimality: string;
}

/** Decisions that a token may have to spell out. */
const mostDirections = 64;

/** How hard to look for something smaller. */
export interface MinimizeBudget {
  /** Executions for each smaller program, by an engine that searches by itself and by others. */
  readonly perProgram: number;
  readonly perProgramOnWorkers: number;
  /** The most preemptions to try there. */
  readonly bound: number;
}

/**
 * Looks for a smaller program that fails by the same rule, until none that lacks one thread, one or two
 * calls or one argument does within the budget; then for the schedule with the fewest preemptions.
 */
export async function minimize(subject: Subject, found: Failure, budget: MinimizeBudget): Promise<Minimal> {
  const { bound } = budget;
  const wish = wishFor(found, budget);
  let smallest = await recorded(subject, found, budget);
  if (smallest.schedule.kind === 'script') {
    return { failure: smallest, preemptions: 0, minimality: 'as it was found: its calls have a fixed order' };
  }
  let programs = true;
  // What fails mostly fails soon: most of the way goes without looking at all that does not fail.
  for (const hasty of [true, false]) {
    const budgets = hasty
      ? { budget: hastily, budgetOnWorkers: Math.min(hastily, wish.budgetOnWorkers) }
      : {};
    for (let smaller: Failure | undefined = smallest; smaller !== undefined;) {
      smaller = undefined;
      programs = true;
      for (const program of smallerPrograms(smallest.program, subject.judges.rulebook)) {
        const result = await search(subject, program, { ...wish, ...budgets });
        smaller = result.failure;
        if (smaller !== undefined) break;
        programs &&= result.exhausted >= bound;
        // Nothing is left to be certified.
        if (!programs && !hasty) break;
      }
      smallest = smaller ?? smallest;
    }
  }
  const preemptions = countPreemptions(smallest.execution.records);
  const fewest = await search(subject, smallest.program, { ...wish, bound: preemptions });
  const least = fewest.preemptions ?? preemptions;
  const schedules = fewest.failure !== undefined && fewest.exhausted >= least - 1;
  return {
    failure: fewest.failure ?? smallest,
    preemptions: least,
    minimality: minimality({ programs, schedules }, bound),
  };
}

/** Executions for each smaller program as long as there may be much to leave out. */
const hastily = 200;

/** What was exhausted, in a sentence: all programs that are smaller, all schedules with fewer preemptions. */
function minimality(
  { programs, schedules }: { readonly programs: boolean; readonly schedules: boolean },
  bound: number,
): string {
  const scope = `within this scope (a thread, one or two calls or an argument less, up to ${bound} preemptions)`;
  if (programs && schedules) {
    return `minimal: no smaller program fails ${scope}, no schedule with fewer preemptions`;
  }
  const smaller = programs
    ? `no smaller program fails ${scope}`
    : `no smaller program was seen to fail ${scope}`;
  return `${smaller}; ${schedules ? 'no schedule with fewer preemptions fails' : 'fewer preemptions were not found'}`;
}

function wishFor(
  failure: Failure,
  { perProgram, perProgramOnWorkers, bound }: MinimizeBudget,
): Required<Omit<SearchWish, 'fault'>> & SearchWish {
  const [fault] = failure.verdict.rules;
  return { bound, budget: perProgram, budgetOnWorkers: perProgramOnWorkers, fault };
}

/** The same failure with its decisions recorded, as a directed schedule; one of an ordered example is looked for anew. */
async function recorded(subject: Subject, failure: Failure, budget: MinimizeBudget): Promise<Failure> {
  if (failure.schedule.kind === 'free') return failure;
  if (failure.schedule.kind === 'script') {
    return (await search(subject, failure.program, wishFor(failure, budget))).failure ?? failure;
  }
  const again = (await explore(subject, failure.program, [failure.schedule], true)).failure ?? failure;
  const directions = directionsOf(again.execution.records);
  // Two threads that spin at random take hundreds of decisions; a seed is shorter.
  if (directions.length > mostDirections) return again;
  const schedule: Schedule = { kind: 'directed', directions };
  return { ...again, schedule };
}
