import type Tinypool from 'tinypool';
import type { Program } from '../../../spec/program.ts';
import type { Batch, BatchResult, Patience, Stopped } from '../controlled/batch.ts';
import type { JudgedBy } from '../../judges.ts';
import {
  allExecutions,
  type ControlledEngine,
  eachExecution,
  type JudgedExecution,
  type Searched,
  type SearchLimits,
  prepareBatch,
  sizeFor,
} from '../controlled/batches.ts';
import { type Execution, readSummary, readUnfinished } from '../controlled/execution.ts';
import { Control, cells, faults, maximalSteps } from '../controlled/layout.ts';
import { createPool, destroyPool } from '../pool.ts';
import type { Done, Judgement, PlayTask, SearchTask } from './worker.ts';

const watchInterval = 100;

/** One worker plays all threads, and what they leave behind. */
const youngMb = 8;

/**
 * Runs programs in one real thread that plays all of theirs: every function of the implementation gets a twin that
 * stops at each atomic step, where a schedule says who goes on. Much faster than handing a baton over, and the same
 * trace under the same schedule.
 *
 * What cannot be transformed, or has an atomic step where no twin can stop, is `unusable`, with file and line.
 */
export class CoroutineEngine implements ControlledEngine {
  readonly #patience: Patience;
  readonly #worker: URL;
  readonly #worked: (result: Done<unknown>) => void;
  #pool: Tinypool | undefined;

  /**
   * @param worker URL of what plays a batch, without its extension; default the worker beside this module.
   * @param worked gets what the worker gives back, before the executions of the batch are shown.
   */
  constructor(
    patience: Partial<Patience> = {},
    worker = new URL('./worker', import.meta.url),
    worked: (result: Done<unknown>) => void = () => {},
  ) {
    this.#patience = { execution: 1500, loading: 8000, ...patience };
    this.#worker = worker;
    this.#worked = worked;
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
    const control = new Control({ ...sizeFor(batch, 1), events: 0, records: 0 });
    prepareBatch(control, batch);
    const task: PlayTask = { ...taskOf(batch, control), judgedBy: by };
    const result = await this.#inWorker(control, task);
    if ('stopped' in result) return undefined;
    const { evidence, lists, refused } = result.done as Judgement;
    const isWhole = evidence.length === batch.schedules.length || control.get(cells.refused) !== 0;
    if (!refused && !isWhole)
      throw new Error(`only ${evidence.length} of ${batch.schedules.length} were judged`);
    return evidence.map((list, execution): JudgedExecution => ({
      ...(control.get(cells.refused) === 0
        ? readSummary(control, execution)
        : { ending: 'complete', interleaving: 0, decisions: 0 }),
      evidence: lists[list] ?? [],
      refused: refused && execution === evidence.length - 1,
    }));
  }

  /**
   * Runs each of the programs under all schedules with few preemptions, as far as the limits say.
   * @returns one result a program, or why there is none.
   */
  async search(
    { source, form }: Pick<Batch, 'source' | 'form'>,
    programs: readonly Program[],
    judgedBy: JudgedBy,
    limits: SearchLimits,
  ): Promise<{ readonly done: readonly Searched[] } | { readonly stopped: Stopped }> {
    const control = new Control({
      executions: 1,
      events: 0,
      schedules: 4 + 2 * maximalSteps,
      records: maximalSteps,
      texts: 0,
    });
    const task = { source, form, programs, judgedBy, limits, control: control.buffer, size: control.size };
    const result = await this.#inWorker(control, task satisfies SearchTask, 'search');
    return 'stopped' in result ? result : { done: result.done as readonly Searched[] };
  }

  /** Ends the worker; it is started again when it is needed. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    if (pool !== undefined) await destroyPool(pool);
  }

  async #runOnce(batch: Batch, room: number): Promise<{ control: Control; stopped?: Stopped }> {
    const control = new Control(sizeFor(batch, room));
    prepareBatch(control, batch);
    const result = await this.#inWorker(control, taskOf(batch, control));
    return 'stopped' in result ? { control, stopped: result.stopped } : { control };
  }

  /** Has something done in the worker, as long as it shows signs of life. */
  async #inWorker(
    control: Control,
    task: PlayTask | SearchTask,
    name = 'default',
  ): Promise<{ readonly done: unknown } | { readonly stopped: Stopped }> {
    this.#pool ??= createPool(this.#worker, 1, youngMb);
    const abort = new AbortController();
    const working = this.#pool.run(task, { signal: abort.signal, name }) as Promise<Done<unknown>>;
    const ended = working.then(
      (result): { done: unknown } | { stopped: Stopped } => {
        this.#worked(result);
        return 'failed' in result ? { stopped: { kind: 'unusable', reason: result.failed } } : result;
      },
      (error: unknown) => ({ stopped: stoppedAs('crashed', control, (error as Error).message) }),
    );
    const watch = this.#watch(control);
    const result = await Promise.race([ended, watch.stopped.then((stopped) => ({ stopped }))]);
    watch.end();
    if ('stopped' in result) {
      abort.abort();
      await this.close();
      return result;
    }
    if (control.get(cells.fault) !== faults.exit) return result;
    const reason = `it ended the process with code ${control.get(cells.faultNumber)}`;
    return { stopped: stoppedAs('exited', control, reason) };
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

function taskOf({ source, form, program }: Batch, { buffer, size }: Control): PlayTask {
  return { source, form, program, control: buffer, size };
}
