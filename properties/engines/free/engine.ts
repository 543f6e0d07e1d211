import { MessageChannel } from 'node:worker_threads';
import type Tinypool from 'tinypool';
import type { History, HistoryEvent } from '../../../spec/history.ts';
import type { Program } from '../../../spec/program.ts';
import { Control, type ControlSize, cells, summaryCells } from '../controlled/layout.ts';
import { readEvent } from '../controlled/recorder.ts';
import type { FreeRuns } from '../freeRuns.ts';
import type { WithForm } from '../loaded.ts';
import { createPool, destroyPool } from '../pool.ts';
import type { Source } from '../source.ts';
import type { FreeTask } from './thread.ts';

/** A program, and how often to run it. */
export interface FreeBatch {
  readonly source: Source;
  readonly form: WithForm;
  readonly program: Program;
  readonly executions: number;
}

const watchInterval = 100;

/**
 * Runs programs on real worker threads that nobody schedules, with the builtins as they are: for what no
 * scheduler can show, real parallelism. Events are ordered by a shared counter.
 */
export class FreeEngine {
  readonly #threads: number;
  readonly #patience: number;
  #pool: Tinypool | undefined;
  #buffer: SharedArrayBuffer | undefined;

  /**
   * @param threads the most that any program has.
   * @param patience milliseconds without any event after which an execution counts as stuck; longer than
   *   any time-out in the programs.
   */
  constructor(threads: number, patience = 2000) {
    this.#threads = threads;
    this.#patience = patience;
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    if (pool !== undefined) await destroyPool(pool);
  }

  /** Runs a program so often. */
  async run(batch: FreeBatch): Promise<FreeRuns> {
    const { program, executions } = batch;
    const calls = program.threads.reduce((sum, thread) => sum + thread.length, 0);
    const size: ControlSize = {
      executions,
      events: executions * (8 * calls + 8) + 64,
      schedules: 0,
      records: 0,
      texts: 64 * 1024 + executions * calls * 256,
    };
    const control = new Control(size, this.#buffer);
    this.#buffer = control.buffer;
    control.reset();
    this.#pool ??= createPool(new URL('./thread', import.meta.url), this.#threads);
    const pool = this.#pool;
    const aborts = program.threads.map(() => new AbortController());
    const start = (thread: number, given: Pick<FreeTask, 'created' | 'port'>): Promise<void> => {
      const { source, form } = batch;
      const task: FreeTask = { source, form, program, thread, control: control.buffer, size, ...given };
      return pool.run(task, {
        signal: aborts[thread]?.signal ?? null,
        // Tinypool's type names another overload of postMessage.
        transferList: (given.port === undefined ? [] : [given.port]) as never,
      }) as Promise<void>;
    };
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<{ created: readonly unknown[] }>((resolve) => port1.once('message', resolve));
    const first = start(0, { port: port2 });
    const runs: Promise<unknown>[] = [first];
    const all = (async () => {
      const made = await Promise.race([answer, first.then(() => undefined)]);
      port1.close();
      if (made === undefined) return;
      for (let thread = 1; thread < program.threads.length; thread++) {
        runs.push(start(thread, { created: made.created }));
      }
      await Promise.all(runs);
    })();
    const reason = await Promise.race([all.then(() => undefined, reasonOf), this.#watch(control)]);
    if (reason === undefined) return { histories: historiesOf(control) };
    for (const abort of aborts) abort.abort();
    const histories = historiesOf(control);
    const begun = control.get(cells.eventsStart);
    const history = readHistory(control, begun, Math.min(control.get(cells.events), size.events));
    const ended = await Promise.race([Promise.allSettled(runs), late()]);
    if (ended === undefined) {
      this.#pool = undefined;
      this.#buffer = undefined;
      await destroyPool(pool);
    }
    return { histories, stopped: { reason, history } };
  }

  /** Resolves when nothing has happened for longer than the engine is patient. */
  #watch(control: Control): Promise<string> {
    const { header } = control;
    const patience = this.#patience;
    return new Promise((resolve) => {
      let last = -1;
      let since = performance.now();
      const timer = setInterval(() => {
        const moved = Atomics.load(header, cells.events) + Atomics.load(header, cells.arrived);
        if (control.get(cells.execution) >= control.size.executions) return clearInterval(timer);
        if (moved !== last) {
          last = moved;
          since = performance.now();
        } else if (performance.now() - since > patience * (moved === 0 ? 4 : 1)) {
          clearInterval(timer);
          resolve(`nothing happened for ${patience / 1000} s`);
        }
      }, watchInterval);
      timer.unref();
    });
  }
}

function historiesOf(control: Control): readonly History[] {
  const histories: History[] = [];
  for (let execution = 0; execution < control.get(cells.execution); execution++) {
    const summary = execution * summaryCells;
    histories.push(
      readHistory(
        control,
        control.summaries[summary + 4] as number,
        control.summaries[summary + 5] as number,
      ),
    );
  }
  return histories;
}

function readHistory(control: Control, start: number, end: number): History {
  const events: HistoryEvent[] = [];
  for (let event = start; event < end; event++) {
    const read = readEvent(control, event);
    if (read.type !== 'step') events.push(read);
  }
  return events;
}

function late(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, 3000, undefined).unref());
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
