import type { Schedule } from './engines/controlled/schedule.ts';
import { explore, type Failure, type Subject } from './explore.ts';
import { countPreemptions, directionsOf, search } from './search.ts';
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
  /** Executions for each smaller program. */
  readonly perProgram: number;
  /** The most preemptions to try there. */
  readonly bound: number;
}

/**
 * Looks for a smaller program that fails by the same rule, until none that lacks one thread, one or two
 * calls or one argument does within the budget; then for the schedule with the fewest preemptions.
 */
export async function minimize(subject: Subject, found: Failure, budget: MinimizeBudget): Promise<Minimal> {
  const { perProgram, bound } = budget;
  const wanted = sameFault(found);
  let smallest = await recorded(subject, found, budget);
  if (smallest.schedule.kind === 'script') {
    return { failure: smallest, preemptions: 0, minimality: 'as it was found: its calls have a fixed order' };
  }
  let certified = true;
  for (let smaller: Failure | undefined = smallest; smaller !== undefined;) {
    smaller = undefined;
    certified = true;
    for (const program of smallerPrograms(smallest.program)) {
      const result = await search(subject, program, bound, perProgram, wanted);
      if (result.failure !== undefined) {
        smaller = result.failure;
        smallest = result.failure;
        break;
      }
      certified &&= result.exhausted >= bound;
    }
  }
  const preemptions = countPreemptions(smallest.execution.records);
  const fewest = await search(subject, smallest.program, preemptions, perProgram * 4, wanted);
  const programs = certified
    ? `no program that lacks a thread, one or two calls or an argument fails with up to ${bound} preemptions`
    : `no program that lacks a thread, one or two calls or an argument was seen to fail in ${perProgram} executions`;
  if (fewest.failure === undefined) {
    return { failure: smallest, preemptions, minimality: `${programs}; fewer preemptions were not found` };
  }
  const schedules =
    fewest.exhausted >= (fewest.preemptions ?? 0) - 1
      ? 'no schedule with fewer preemptions fails'
      : 'fewer preemptions were not found';
  return {
    failure: fewest.failure,
    preemptions: fewest.preemptions ?? preemptions,
    minimality: `${programs}; ${schedules}`,
  };
}

/** True for failures that break the rule that this one breaks. */
export function sameFault(failure: Failure): (other: Failure) => boolean {
  const [first] = failure.verdict.rules;
  return (other) => first === undefined || other.verdict.rules.includes(first);
}

/** The same failure with its decisions recorded, as a directed schedule; one of an ordered example is looked for anew. */
async function recorded(
  subject: Subject,
  failure: Failure,
  { perProgram, bound }: MinimizeBudget,
): Promise<Failure> {
  if (failure.schedule.kind === 'free') return failure;
  if (failure.schedule.kind === 'script') {
    return (await search(subject, failure.program, bound, perProgram, sameFault(failure))).failure ?? failure;
  }
  const again = (await explore(subject, failure.program, [failure.schedule], true)).failure ?? failure;
  const directions = directionsOf(again.execution.records);
  // Two threads that spin at random take hundreds of decisions; a seed is shorter.
  if (directions.length > mostDirections) return again;
  const schedule: Schedule = { kind: 'directed', directions };
  return { ...again, schedule };
}
