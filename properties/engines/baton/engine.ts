import { MessageChannel } from 'node:worker_threads';
import { UsageError } from '../../../impl/usageError.ts';
import type { Program } from '../../../spec/program.ts';
import type { WithForm } from '../loaded.ts';
import { createPool, destroyPool } from '../pool.ts';
import type { Source } from '../source.ts';
import { type Execution, readExecution, readUnfinished } from './execution.ts';
import { Control, type ControlSize, cells, faults, threadCells, threadStates } from './layout.ts';
import { encodeSchedules, type Schedule } from './schedule.ts';
import type { Created, Finished, Probed, Surface, ThreadTask } from './thread.ts';

/** A program, and the schedules to run it under. */
export interface Batch {
  readonly source: Source;
  readonly form: WithForm;
  readonly program: Program;
  readonly schedules: readonly Schedule[];
  /** Record every decision: default false. */
  readonly record?: boolean;
}

/** What came of a batch: the executions that ended, one a schedule from the first on, and what stopped it early. */
export interface BatchResult {
  readonly executions: readonly Execution[];
  readonly stopped?: Stopped;
}

/** Why a batch ended before its last schedule. */
export type Stopped =
  /** The module cannot be loaded, or its objects cannot be made and posted. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** A thread did not come back from this call, ended the process or crashed its worker. */
  | {
      readonly kind: 'hung' | 'exited' | 'crashed';
      readonly thread: number;
      readonly reason: string;
      /** What the execution had shown until then. */
      readonly execution: Omit<Execution, 'ending'>;
    };

/** How long the engine waits for a sign of life, in milliseconds. */
export interface Patience {
  /** In the middle of an execution, default 1000. */
  readonly execution: number;
  /** While a module is loaded and objects are made, default 8000. */
  readonly loading: number;
}

const watchInterval = 50;

/**
 * Runs programs on real worker threads, one of which runs at a time: before an implementation is loaded
 * the workers replace `Atomics` and the clocks by ones that stop at every operation, and a schedule in
 * shared memory says who goes on. The implementation is not changed.
 */
export class BatonEngine {
  readonly #threads: number;
  readonly #patience: Patience;
  #pool: ReturnType<typeof createPool> | undefined;
  #closed = false;

  /** @param threads the most that any program has. */
  constructor(threads: number, patience: Partial<Patience> = {}) {
    this.#threads = threads;
    this.#patience = { execution: 1000, loading: 8000, ...patience };
  }

  /** Ends the workers, for good. */
  async close(): Promise<void> {
    this.#closed = true;
    const pool = this.#pool;
    this.#pool = undefined;
    if (pool !== undefined) await destroyPool(pool);
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
  async run(batch: Batch): Promise<BatchResult> {
    const executions: Execution[] = [];
    let room = 1;
    while (executions.length < batch.schedules.length) {
      const schedules = batch.schedules.slice(executions.length);
      const { control, stopped } = await this.#runOnce({ ...batch, schedules }, room);
      const ended = control.get(cells.execution);
      const full = isFull(control);
      // An area that is full may have cut the last one short: it runs again, with more room.
      const whole = full ? ended - 1 : ended;
      for (let execution = 0; execution < whole; execution++)
        executions.push(readExecution(control, execution));
      if (stopped !== undefined) return { executions, stopped };
      if (control.get(cells.refused) !== 0) {
        return { executions: [{ ...readUnfinished(control), ending: 'complete' }] };
      }
      room = whole > 0 ? room : room * 4;
    }
    return { executions };
  }

  #workers(): ReturnType<typeof createPool> {
    if (this.#closed) throw new Error('The engine is closed.');
    this.#pool ??= createPool(new URL('./thread', import.meta.url), this.#threads);
    return this.#pool;
  }

  async #runOnce(batch: Batch, room: number): Promise<{ control: Control; stopped?: Stopped }> {
    const control = new Control(sizeFor(batch, room));
    control.schedules.set(encodeSchedules(batch.schedules));
    const pool = this.#workers();
    const trial = new Trial(pool, batch, control, this.#patience);
    const stopped = await trial.run();
    if (trial.poisoned) {
      // A worker that cannot be ended keeps its place in the pool: make a new pool.
      this.#pool = undefined;
      await destroyPool(pool);
    }
    return stopped === undefined ? { control } : { control, stopped };
  }
}

/** One batch on the workers of a pool, watched. */
class Trial {
  /** A worker did not end when it was told to. */
  poisoned = false;
  readonly #pool: ReturnType<typeof createPool>;
  readonly #batch: Batch;
  readonly #control: Control;
  readonly #patience: Patience;
  readonly #aborts: AbortController[];
  readonly #ended = new Set<number>();
  readonly #runs: Promise<unknown>[] = [];

  constructor(pool: ReturnType<typeof createPool>, batch: Batch, control: Control, patience: Patience) {
    this.#pool = pool;
    this.#batch = batch;
    this.#control = control;
    this.#patience = patience;
    this.#aborts = batch.program.threads.map(() => new AbortController());
  }

  async run(): Promise<Stopped | undefined> {
    const watch = this.#watch();
    const stopped = await Promise.race([this.#work(), watch.stopped]);
    watch.end();
    if (stopped !== undefined) await this.#abort();
    return stopped ?? this.#fault();
  }

  async #work(): Promise<Stopped | undefined> {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<Created>((resolve) => port1.once('message', resolve));
    // A worker that stops before it answers leaves the answer open: its end is one too.
    const first = this.#start(0, { port: port2 });
    const created = await Promise.race([answer, first]);
    port1.close();
    if (created === undefined || 'kind' in created) return created;
    if ('failed' in created) return { kind: 'unusable', reason: created.failed };
    if ('refused' in created) return first;
    const others = this.#batch.program.threads
      .slice(1)
      .map((_, position) => this.#start(position + 1, { created: created.created }));
    const all = [first, ...others];
    // The first thread that fails ends the batch: the others wait for it in vain.
    const failure = new Promise<Stopped>((resolve) => {
      for (const run of all) void run.then((stopped) => stopped && resolve(stopped));
    });
    return Promise.race([failure, Promise.all(all).then(() => undefined)]);
  }

  #start(thread: number, given: Pick<ThreadTask, 'created' | 'port'>): Promise<Stopped | undefined> {
    const { source, form, program } = this.#batch;
    const task: ThreadTask = {
      source,
      form,
      program,
      thread,
      control: this.#control.buffer,
      size: this.#control.size,
      ...given,
    };
    const run = this.#pool.run(task, {
      signal: this.#aborts[thread]?.signal ?? null,
      // Tinypool's type names another overload of postMessage.
      transferList: (given.port === undefined ? [] : [given.port]) as never,
    }) as Promise<Finished>;
    this.#runs.push(run.catch(() => undefined));
    return run.then(
      (finished) => ('failed' in finished ? { kind: 'unusable', reason: finished.failed } : undefined),
      (error: unknown) =>
        this.#ended.has(thread) ? undefined : this.#stopped('crashed', thread, reasonOf(error)),
    );
  }

  /** Looks for signs of life, and ends the threads that a script says end. */
  #watch(): { readonly stopped: Promise<Stopped>; end(): void } {
    const control = this.#control;
    let pulse = -1;
    let since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const stopped = new Promise<Stopped>((resolve) => {
      timer = setInterval(() => {
        const ending = Atomics.load(control.header, cells.endOfThread);
        if (ending !== 0) void this.#endThread(ending - 1);
        const now = Atomics.load(control.header, cells.pulse) + Atomics.load(control.header, cells.arrived);
        if (now !== pulse || ending !== 0) {
          pulse = now;
          since = performance.now();
          return;
        }
        const arrived = Atomics.load(control.header, cells.arrived) === this.#batch.program.threads.length;
        const patience = arrived ? this.#patience.execution : this.#patience.loading;
        if (performance.now() - since < patience) return;
        resolve(
          arrived
            ? this.#stopped('hung', control.get(cells.current), `no sign of life for ${patience} ms`)
            : { kind: 'unusable', reason: `loading it and making its objects took more than ${patience} ms` },
        );
      }, watchInterval);
    });
    return { stopped, end: () => clearInterval(timer) };
  }

  async #endThread(thread: number): Promise<void> {
    if (this.#ended.has(thread)) return;
    this.#ended.add(thread);
    this.#aborts[thread]?.abort();
    await this.#runs[thread];
    const control = this.#control;
    const next = this.#batch.program.threads.findIndex(
      (_, other) => control.of(other, threadCells.state) !== threadStates.finished,
    );
    Atomics.store(control.header, cells.endOfThread, 0);
    Atomics.store(control.header, cells.resume, 1);
    Atomics.store(control.threads, control.parkCell(next), 1);
    Atomics.notify(control.threads, control.parkCell(next));
  }

  #fault(): Stopped | undefined {
    const control = this.#control;
    if (control.get(cells.fault) !== faults.exit) return undefined;
    return this.#stopped(
      'exited',
      control.get(cells.current),
      `it ended the process with code ${control.get(cells.faultNumber)}`,
    );
  }

  #stopped(kind: 'hung' | 'exited' | 'crashed', thread: number, reason: string): Stopped {
    return { kind, thread, reason, execution: readUnfinished(this.#control) };
  }

  async #abort(): Promise<void> {
    for (const abort of this.#aborts) abort.abort();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<true>((resolve) => {
      timer = setTimeout(() => resolve(true), 3000);
    });
    this.poisoned = (await Promise.race([Promise.all(this.#runs), late])) === true;
    clearTimeout(timer);
  }
}

function sizeFor({ program, schedules, record }: Batch, room: number): ControlSize {
  const calls = program.threads.reduce((sum, thread) => sum + thread.length, 0);
  const perExecution = (3 * calls + 4 * program.threads.length + 8) * room;
  return {
    executions: schedules.length,
    events: schedules.length * perExecution + 64,
    schedules: encodeSchedules(schedules).length,
    records: record === true ? schedules.length * perExecution * 6 : 0,
  };
}

function isFull(control: Control): boolean {
  const { events, records } = control.size;
  return control.get(cells.events) >= events || (records > 0 && control.get(cells.records) >= records);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
