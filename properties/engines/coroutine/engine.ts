import type Tinypool from 'tinypool';
import type { Batch, BatchResult, Patience, Stopped } from '../controlled/batch.ts';
import {
  allExecutions,
  type ControlledEngine,
  eachExecution,
  prepareBatch,
  sizeFor,
} from '../controlled/batches.ts';
import { type Execution, readUnfinished } from '../controlled/execution.ts';
import { Control, cells, faults } from '../controlled/layout.ts';
import { createPool, destroyPool } from '../pool.ts';
import type { Played, PlayTask } from './worker.ts';

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
  readonly #worker: URL;
  readonly #played: (result: Played) => void;
  #pool: Tinypool | undefined;

  /**
   * @param worker URL of what plays a batch, without its extension; default the worker beside this module.
   * @param played gets what the worker gives back, before the executions of the batch are shown.
   */
  constructor(
    patience: Partial<Patience> = {},
    worker = new URL('./worker', import.meta.url),
    played: (result: Played) => void = () => {},
  ) {
    this.#patience = { execution: 1500, loading: 8000, ...patience };
    this.#worker = worker;
    this.#played = played;
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

  /** Ends the worker; it is started again when it is needed. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    if (pool !== undefined) await destroyPool(pool);
  }

  async #runOnce(batch: Batch, room: number): Promise<{ control: Control; stopped?: Stopped }> {
    const control = new Control(sizeFor(batch, room));
    prepareBatch(control, batch);
    this.#pool ??= createPool(this.#worker, 1);
    const { source, form, program } = batch;
    const task: PlayTask = { source, form, program, control: control.buffer, size: control.size };
    const abort = new AbortController();
    const played = (this.#pool.run(task, { signal: abort.signal }) as Promise<Played>).then(
      (result): Stopped | undefined => {
        this.#played(result);
        return 'failed' in result ? { kind: 'unusable', reason: result.failed } : undefined;
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
    return stopped === undefined ? { control } : { control, stopped };
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
