import type { Evidence } from '../../../spec/judge/evidence.ts';
import type { Program } from '../../../spec/program.ts';
import type { JudgedBy } from '../../judges.ts';
import type { Batch, BatchResult, Stopped } from './batch.ts';
import { type Execution, readExecution, readUnfinished } from './execution.ts';
import { type Control, type ControlSize, cells } from './layout.ts';
import { type Direction, encodeSchedules } from './schedule.ts';

/** Runs programs under schedules that say at each atomic step who goes on. */
export interface ControlledEngine {
  /**
   * Runs a program under each of the schedules, and shows every execution once.
   * @param see gets the executions in the order of the schedules; false: no more are wanted.
   */
  each(batch: Batch, see: (execution: Execution) => boolean): Promise<Pick<BatchResult, 'stopped'>>;
  /**
   * Where an engine can: runs a program under each of the schedules and judges every execution while it happens, up to
   * the first that is refused.
   * @returns undefined if the implementation does not let it: then nothing is said of any execution.
   */
  judge?(batch: Batch, by: JudgedBy): Promise<readonly JudgedExecution[] | undefined>;
  /**
   * Where an engine can: runs each of the programs under all schedules with few preemptions, as far as the limits say.
   * @returns one result a program, or why the implementation does not let it.
   */
  search?(
    subject: Pick<Batch, 'source' | 'form'>,
    programs: readonly Program[],
    judgedBy: JudgedBy,
    limits: SearchLimits,
  ): Promise<{ readonly done: readonly Searched[] } | { readonly stopped: Stopped } | undefined>;
}

/** How far to search, and for what. */
export interface SearchLimits {
  /** The most preemptions. */
  readonly bound: number;
  /** The most executions. */
  readonly budget: number;
  /** A rule: executions that are refused, but not by it, are not what is searched for. */
  readonly fault?: string;
  /** A rule that every refused execution of its own program breaks, whatever else. */
  readonly general?: string;
  /** Go on where a state is known, default false: for tests of the reduction. */
  readonly unreduced?: boolean;
  /** Give back what was seen, default false. */
  readonly outcomes?: boolean;
}

/** What a search came to. */
export interface Searched {
  readonly executions: number;
  /** Different states at the decisions. */
  readonly states: number;
  /** Every schedule with at most so many preemptions was run, or led to a known state; -1: not even those without any. */
  readonly exhausted: number;
  /** The schedule with the fewest preemptions that is refused. */
  readonly failure?: { readonly directions: readonly Direction[]; readonly preemptions: number };
  /** The rules that something was evidence for. */
  readonly rules: readonly string[];
  /** How executions ended, and all of their calls: each once. */
  readonly outcomes?: readonly string[];
}

/** An execution that was judged where it happened, and not recorded. */
export interface JudgedExecution extends Pick<Execution, 'ending' | 'interleaving' | 'decisions'> {
  readonly evidence: readonly Evidence[];
  /** No behaviour that is documented looks like this. */
  readonly refused: boolean;
}

/** Runs a batch from its first schedule on, with so many times the usual room, as far as it comes. */
export type RunOnce = (batch: Batch, room: number) => Promise<{ control: Control; stopped?: Stopped }>;

/**
 * Runs a program under each of the schedules, and shows every execution once: what is not kept of many is
 * not kept in memory.
 * @param see gets the executions in the order of the schedules; false: no more are wanted.
 */
export async function eachExecution(
  batch: Batch,
  runOnce: RunOnce,
  see: (execution: Execution) => boolean,
): Promise<Pick<BatchResult, 'stopped'>> {
  let seen = 0;
  let room = 1;
  while (seen < batch.schedules.length) {
    const schedules = batch.schedules.slice(seen);
    const { control, stopped } = await runOnce({ ...batch, schedules }, room);
    const ended = control.get(cells.execution);
    // An area that is full may have cut the last one short: it runs again, with more room.
    const whole = control.isFull ? ended - 1 : ended;
    for (let execution = 0; execution < whole; execution++) {
      if (!see(readExecution(control, execution))) return {};
    }
    if (stopped !== undefined) return { stopped };
    if (control.get(cells.refused) !== 0) {
      see({ ...readUnfinished(control), ending: 'complete' });
      return {};
    }
    seen += whole;
    room = whole > 0 ? room : room * 4;
  }
  return {};
}

/** A program under each of the schedules, all executions at once. */
export async function allExecutions(
  each: (see: (execution: Execution) => boolean) => Promise<Pick<BatchResult, 'stopped'>>,
): Promise<BatchResult> {
  const executions: Execution[] = [];
  const { stopped } = await each((execution) => {
    executions.push(execution);
    return true;
  });
  return stopped === undefined ? { executions } : { executions, stopped };
}

/** Writes into the memory of a batch what is to be done. */
export function prepareBatch(control: Control, { program, schedules }: Batch): void {
  control.reset();
  control.schedules.set(encodeSchedules(schedules));
  // About how many decisions an execution has.
  control.set(cells.length, Math.max(16, 4 * program.threads.flat().length));
}

/** How large the memory of a batch has to be. @param room how many times the usual. */
export function sizeFor({ program, schedules, record }: Batch, room: number): ControlSize {
  const calls = program.threads.reduce((sum, thread) => sum + thread.length, 0);
  const perExecution = (3 * calls + 4 * program.threads.length + 8) * room;
  return {
    executions: schedules.length,
    events: schedules.length * perExecution + 64,
    schedules: encodeSchedules(schedules).length,
    records: record === true ? schedules.length * perExecution * 6 : 0,
    texts: 64 * 1024 * room,
  };
}
