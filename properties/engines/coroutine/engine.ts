import type Tinypool from 'tinypool';
import type { Batch, BatchResult, Patience, Stopped } from '../controlled/batch.ts';
import type { JudgedBy } from '../../judges.ts';
import {
  allExecutions,
  type ControlledEngine,
  eachExecution,
  type JudgedExecution,
  prepareBatch,
  sizeFor,
} from '../controlled/batches.ts';
import { type Execution, readSummary, readUnfinished } from '../controlled/execution.ts';
import { Control, cells, faults } from '../controlled/layout.ts';
import { createPool, destroyPool } from '../pool.ts';
import type { Judgement, Played, PlayTask } from './worker.ts';

const watchInterval = 100;

/**
 * Runs programs in one real thread that plays all of theirs: every function of the implementation gets a twin that
 * stops at each atomic step, where a schedule says who goes on. Much faster than handing a baton over, and the same
 * trace under the same schedule.
 *
 * What cannot be transformed, or has an atomic step where no twin can stop, is `unusable`, with file and line.
 */
export class CoroutineEngine implements ControlledEngine {
  readonly #patience: Patience;
  #pool: Tinypool | undefined;

  constructor(patience: Partial<Patience> = {}) {
    this.#patience = { execution: 1500, loading: 8000, ...patience };
  }

  /** Runs a program under each of the schedules. */
  run(batch: Batch): Promise<BatchResult> {
    return allExecutions((see) => this.each(batch, see));
  }

  /**
   * Runs a program under each of the schedules, and shows every execution once.
   * @param see gets the executions in the order of the schedules; false: no more are wanted.
   */
  each(batch: Batch, see: (execution: Execution) => boolean): Promise<Pick<BatchResult, 'stopped'>> {
    return eachExecution(batch, (part, room) => this.#runOnce(part, room), see);
  }

  /**
   * Runs a program under each of the schedules and judges every execution while it happens, up to the first that is
   * refused.
   * @returns undefined if the batch did not come to its end.
   */
  async judge(batch: Batch, by: JudgedBy): Promise<readonly JudgedExecution[] | undefined> {
    const { control, judgement } = await this.#runOnce(batch, 1, by);
    return judgement?.evidence.map((list, execution): JudgedExecution => ({
      ...(control.get(cells.refused) === 0
        ? readSummary(control, execution)
        : { ending: 'complete', interleaving: 0, decisions: 0 }),
      evidence: judgement.lists[list] ?? [],
      refused: judgement.refused && execution === judgement.evidence.length - 1,
    }));
  }

  /** Ends the worker; it is started again when it is needed. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    if (pool !== undefined) await destroyPool(pool);
  }

  async #runOnce(
    batch: Batch,
    room: number,
    judgedBy?: JudgedBy,
  ): Promise<{ control: Control; stopped?: Stopped; judgement?: Judgement }> {
    const control = new Control(sizeFor(batch, room));
    prepareBatch(control, batch);
    this.#pool ??= createPool(new URL('./worker', import.meta.url), 1);
    const { source, form, program } = batch;
    const { buffer, size } = control;
    const task: PlayTask = { source, form, program, control: buffer, size, ...(judgedBy && { judgedBy }) };
    let judgement: Judgement | undefined;
    const abort = new AbortController();
    const played = (this.#pool.run(task, { signal: abort.signal }) as Promise<Played>).then(
      (result): Stopped | undefined => {
        if ('failed' in result) return { kind: 'unusable', reason: result.failed };
        judgement = result.done;
        return undefined;
      },
      (error: unknown): Stopped => stoppedAs('crashed', control, (error as Error).message),
    );
    const watch = this.#watch(control);
    const stopped = await Promise.race([played, watch.stopped]);
    watch.end();
    if (stopped !== undefined) {
      abort.abort();
      await this.close();
    }
    if (stopped === undefined && control.get(cells.fault) === faults.exit) {
      const reason = `it ended the process with code ${control.get(cells.faultNumber)}`;
      return { control, stopped: stoppedAs('exited', control, reason) };
    }
    if (stopped !== undefined) return { control, stopped };
    return { control, ...(judgement && { judgement }) };
  }

  /** Looks for signs of life. */
  #watch(control: Control): { readonly stopped: Promise<Stopped>; end(): void } {
    let pulse = -1;
    // Looks, not time: on a machine so busy that this thread comes late, the worker does too.
    let looks = 0;
    let timer: NodeJS.Timeout | undefined;
    const stopped = new Promise<Stopped>((resolve) => {
      timer = setInterval(() => {
        const hasArrived = Atomics.load(control.header, cells.arrived) === 1;
        const now = Atomics.load(control.header, cells.pulse) + Number(hasArrived);
        if (now !== pulse) {
          pulse = now;
          looks = 0;
          return;
        }
        const patience = hasArrived ? this.#patience.execution : this.#patience.loading;
        if (++looks * watchInterval < patience) return;
        resolve(
          hasArrived
            ? stoppedAs('hung', control, `no sign of life for ${patience} ms`)
            : { kind: 'unusable', reason: `loading it and making its objects took more than ${patience} ms` },
        );
      }, watchInterval);
    });
    return { stopped, end: () => clearInterval(timer) };
  }
}

function stoppedAs(kind: 'hung' | 'exited' | 'crashed', control: Control, reason: string): Stopped {
  return { kind, thread: control.get(cells.current), reason, execution: readUnfinished(control) };
}
