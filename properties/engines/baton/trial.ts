import { MessageChannel } from 'node:worker_threads';
import type Tinypool from 'tinypool';
import type { Batch, Patience, Stopped } from '../controlled/batch.ts';
import { readUnfinished } from '../controlled/execution.ts';
import { type Control, cells, faults } from '../controlled/layout.ts';
import { stateOf } from '../controlled/states.ts';
import type { Created, Finished, ThreadTask } from './thread.ts';

const watchInterval = 50;

/** One batch on the workers of a pool, watched. */
export class Trial {
  /** A worker did not end when it was told to. */
  poisoned = false;
  readonly #pool: Tinypool;
  readonly #batch: Batch;
  readonly #control: Control;
  readonly #patience: Patience;
  readonly #aborts: AbortController[];
  readonly #ended = new Set<number>();
  readonly #runs: Promise<unknown>[] = [];

  constructor(pool: Tinypool, batch: Batch, control: Control, patience: Patience) {
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
    // Looks, not time: on a machine so busy that this thread comes late, the workers do too.
    let looks = 0;
    let timer: NodeJS.Timeout | undefined;
    const stopped = new Promise<Stopped>((resolve) => {
      timer = setInterval(() => {
        const ending = Atomics.load(control.header, cells.endOfThread);
        if (ending !== 0) void this.#endThread(ending - 1);
        const now = Atomics.load(control.header, cells.pulse) + Atomics.load(control.header, cells.arrived);
        if (now !== pulse || ending !== 0) {
          pulse = now;
          looks = 0;
          return;
        }
        const arrived = Atomics.load(control.header, cells.arrived) === this.#batch.program.threads.length;
        const patience = arrived ? this.#patience.execution : this.#patience.loading;
        if (++looks * watchInterval < patience) return;
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
    const next = this.#batch.program.threads.findIndex((_, other) => stateOf(control, other) !== 'finished');
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
