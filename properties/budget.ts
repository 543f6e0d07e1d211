import { isExplored } from '../spec/example.ts';
import type { Rule } from '../spec/rule.ts';
import type { Budget } from './run.ts';

/** How many executions each part of a run gets. Counts, not times: the same seed does the same work everywhere. */
export interface Effort {
  /** Random and PCT schedules for an explored example. */
  readonly random: number;
  readonly pct: number;
  /** How many times as many the examples of one rule get together at most. */
  readonly together: number;
  /** Generated programs a family, and schedules for each, half random, half PCT. */
  readonly programs: number;
  readonly schedules: number;
  /** Schedules in race mode for each different explored example, and for each of so many generated programs a family. */
  readonly races: number;
  readonly racePrograms: number;
  /** Executions on freely running threads for each explored example. */
  readonly free: number;
  /** The same for examples whose threads the implementation starts, which takes its time. */
  readonly concurrent: number;
  /** Generated programs whose threads the implementation starts. */
  readonly threadPrograms: number;
  /** Looking for something smaller: executions a program, on coroutines and on workers, and most preemptions. */
  readonly perProgram: number;
  readonly perProgramOnWorkers: number;
  readonly bound: number;
}

export const efforts: Readonly<Record<Budget, Effort>> = {
  quick: {
    random: 100,
    pct: 50,
    together: 4,
    programs: 14,
    schedules: 20,
    races: 4,
    racePrograms: 4,
    free: 12,
    concurrent: 8,
    threadPrograms: 12,
    perProgram: 5000,
    perProgramOnWorkers: 200,
    bound: 2,
  },
  standard: {
    random: 1300,
    pct: 300,
    together: 2,
    programs: 100,
    schedules: 32,
    races: 16,
    racePrograms: 10,
    free: 60,
    concurrent: 24,
    threadPrograms: 24,
    perProgram: 20_000,
    perProgramOnWorkers: 600,
    bound: 2,
  },
  thorough: {
    random: 6500,
    pct: 1500,
    together: 2,
    programs: 500,
    schedules: 80,
    races: 60,
    racePrograms: 40,
    free: 300,
    concurrent: 200,
    threadPrograms: 300,
    perProgram: 100_000,
    perProgramOnWorkers: 3000,
    bound: 3,
  },
};

/** The part of the schedules that is enough where what one thread sees does not hang on who is quicker. */
const withoutRaces = 0.3;

/** How many schedules each explored example of a rule gets: what the rule is about decides, and how many there are. */
export function schedulesEach(
  { random, pct, together }: Effort,
  { examples, observe }: Pick<Rule, 'examples' | 'observe'>,
): Pick<Effort, 'random' | 'pct'> {
  const explored = examples.filter(isExplored).length;
  const racing = observe === 'race' || observe === 'liveness';
  const part = Math.min(1, together / explored) * (racing ? 1 : withoutRaces);
  return { random: Math.ceil(random * part), pct: Math.ceil(pct * part) };
}
