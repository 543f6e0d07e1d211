import type Tinypool from 'tinypool';
import { UsageError } from '../../../impl/usageError.ts';
import { createPool, destroyPool } from '../pool.ts';
import type { Source } from '../source.ts';
import type { Batch, BatchResult, Patience, Stopped } from '../controlled/batch.ts';
import {
  allExecutions,
  type ControlledEngine,
  eachExecution,
  prepareBatch,
  sizeFor,
} from '../controlled/batches.ts';
import type { Execution } from '../controlled/execution.ts';
import { Control } from '../controlled/layout.ts';
import type { Probed, Surface } from './thread.ts';
import { Trial } from './trial.ts';

/**
 * Runs programs on real worker threads, one of which runs at a time: before an implementation is loaded
 * the workers replace `Atomics` and the clocks by ones that stop at every operation, and a schedule in
 * shared memory says who goes on. The implementation is not changed.
 */
export class BatonEngine implements ControlledEngine {
  readonly #threads: number;
  readonly #patience: Patience;
  #pool: Tinypool | undefined;
  #buffer: SharedArrayBuffer | undefined;
  #closed = false;

  /** @param threads the most that any program has. */
  constructor(threads: number, patience: Partial<Patience> = {}) {
    this.#threads = threads;
    this.#patience = { execution: 1500, loading: 8000, ...patience };
  }

  /** Ends the workers, for good. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.rest();
  }

  /**
   * Finds out what an implementation offers.
   * @param where what its user calls it.
   * @throws UsageError if it cannot be loaded or does not fit the contract.
   */
  async probe(source: Source, where: string): Promise<Surface> {
    const pool = this.#workers();
    const abort = new AbortController();
    const seconds = this.#patience.loading / 1000;
    const timer = setTimeout(() => abort.abort(), this.#patience.loading);
    try {
      const task = { source, where };
      const probed = (await pool.run(task, { name: 'probe', signal: abort.signal })) as Probed;
      if ('surface' in probed) return probed.surface;
      if (probed.usage) throw new UsageError(probed.failed);
      throw new UsageError(`${where} cannot be loaded: ${probed.failed}`);
    } catch (error) {
      if (!abort.signal.aborted) throw error;
      throw new UsageError(
        `${where} cannot be used: loading it and making its objects took more than ${seconds} s. Look for a top-level await, a create or an open that never ends.`,
      );
    } finally {
      clearTimeout(timer);
    }
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

  /** Ends the workers for now; they are started again when they are needed. */
  async rest(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    this.#buffer = undefined;
    if (pool !== undefined) await destroyPool(pool);
  }

  #workers(): Tinypool {
    if (this.#closed) throw new Error('The engine is closed.');
    this.#pool ??= createPool(new URL('./thread', import.meta.url), this.#threads);
    return this.#pool;
  }

  async #runOnce(batch: Batch, room: number): Promise<{ control: Control; stopped?: Stopped }> {
    // A buffer a batch would stay in memory until all workers have collected their garbage.
    const control = new Control(sizeFor(batch, room), this.#buffer);
    this.#buffer = control.buffer;
    prepareBatch(control, batch);
    const pool = this.#workers();
    const trial = new Trial(pool, batch, control, this.#patience);
    const stopped = await trial.run();
    if (trial.poisoned || stopped?.kind === 'crashed') {
      // A worker that cannot be ended keeps its place in the pool, and what crashed one worker may be about to
      // crash the others: make a new pool.
      this.#pool = undefined;
      this.#buffer = undefined;
      await destroyPool(pool);
    }
    return stopped === undefined ? { control } : { control, stopped };
  }
}
