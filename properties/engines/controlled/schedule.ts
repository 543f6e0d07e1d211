import { late } from './layout.ts';

/**
 * What fixes one interleaving of a program.
 *
 * - `random`: at every decision one of the threads that can go on, all alike.
 * - `pct`: random priorities, changed at `depth` random moments (Burckhardt et al. 2010).
 * - `directed`: each thread goes on as long as it can, except where a direction says who goes on
 *   instead; finite, replayable, and the form in which counterexamples are told.
 * - `script`: lockstep. Each entry is the thread that makes its next call, a lapse of time or the end
 *   of a thread; the next entry follows when all is quiet.
 */
export type Schedule =
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'pct'; readonly seed: number; readonly depth: number }
  | { readonly kind: 'directed'; readonly directions: readonly Direction[] }
  | { readonly kind: 'script'; readonly script: readonly ScriptEntry[] };

/** At this decision (counted from 0) this thread goes on. */
export interface Direction {
  readonly decision: number;
  readonly thread: number;
  /** It was notified, and its deadline passes before it goes on. */
  readonly late?: true;
}

/** The thread of a direction, and whether it is late, as one number. */
export function directionCode({ thread, late: isLate }: Direction): number {
  return isLate === true ? thread | late : thread;
}

/** The direction that this number stands for at a decision. */
export function directionOf(decision: number, code: number): Direction {
  const thread = code & ~late;
  return thread === code ? { decision, thread } : { decision, thread, late: true };
}

export type ScriptEntry =
  | { readonly thread: number }
  | { readonly elapse: number }
  | { readonly ends: number }
  /** As `elapse`, but no step of the example: time for those who look again at intervals. */
  | { readonly settle: number };

export const scheduleKinds = { random: 0, pct: 1, directed: 2, script: 3 } as const;
/** `elapse` and `settle` count microseconds; `elapseLong`, seconds, for what a cell cannot hold otherwise. */
export const scriptKinds = { thread: 0, elapse: 1, ends: 2, settle: 3, elapseLong: 4 } as const;

/** Seconds, whose microseconds fit into a cell. */
const longest = 2000;

/** Schedules as Int32 cells: for each one its kind, three parameters; then the lists they point to. */
export function encodeSchedules(schedules: readonly Schedule[]): Int32Array {
  const heads: number[] = [];
  const lists: number[] = [];
  const listsStart = schedules.length * 4;
  for (const schedule of schedules) {
    const start = listsStart + lists.length;
    switch (schedule.kind) {
      case 'random':
        heads.push(scheduleKinds.random, schedule.seed, 0, 0);
        break;
      case 'pct':
        heads.push(scheduleKinds.pct, schedule.seed, schedule.depth, 0);
        break;
      case 'directed':
        for (const direction of schedule.directions) lists.push(direction.decision, directionCode(direction));
        heads.push(scheduleKinds.directed, 0, start, schedule.directions.length);
        break;
      case 'script':
        for (const entry of schedule.script) {
          if ('thread' in entry) lists.push(scriptKinds.thread, entry.thread);
          else if ('ends' in entry) lists.push(scriptKinds.ends, entry.ends);
          else if ('settle' in entry) lists.push(scriptKinds.settle, microseconds(entry.settle));
          else if (entry.elapse > longest) lists.push(scriptKinds.elapseLong, Math.round(entry.elapse));
          else lists.push(scriptKinds.elapse, microseconds(entry.elapse));
        }
        heads.push(scheduleKinds.script, 0, start, schedule.script.length);
        break;
    }
  }
  return Int32Array.from([...heads, ...lists]);
}

function microseconds(seconds: number): number {
  return Math.round(seconds * 1e6);
}
