import type { Budget } from './run.ts';

/** How many executions each part of a run gets. Counts, not times: the same seed does the same work everywhere. */
export interface Effort {
  /** Random and PCT schedules for each explored example. */
  readonly random: number;
  readonly pct: number;
  /** Generated programs a family, and schedules for each, half random, half PCT. */
  readonly programs: number;
  readonly schedules: number;
  /** Executions on freely running threads for each explored example. */
  readonly free: number;
  /** Looking for something smaller: executions a program, and most preemptions. */
  readonly perProgram: number;
  readonly bound: number;
}

export const efforts: Readonly<Record<Budget, Effort>> = {
  quick: { random: 100, pct: 50, programs: 20, schedules: 24, free: 20, perProgram: 200, bound: 2 },
  standard: { random: 1300, pct: 300, programs: 150, schedules: 40, free: 100, perProgram: 600, bound: 2 },
  thorough: {
    random: 13_000,
    pct: 3000,
    programs: 1500,
    schedules: 80,
    free: 1000,
    perProgram: 3000,
    bound: 3,
  },
};
