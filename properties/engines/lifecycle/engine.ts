import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ExampleEvent } from '../../../spec/exampleEvents.ts';
import type { OrderedExample } from '../../../spec/example.ts';
import type { HistoryEvent } from '../../../spec/history.ts';
import type { Program } from '../../../spec/program.ts';
import type { FreeRuns } from '../freeRuns.ts';
import type { Source } from '../source.ts';
import { freeTaskOf, type Order, type Task, taskOf } from './task.ts';
import { type Report, Reports, reportPipe } from './wire.ts';

/** What running an example in a process came to. */
export interface LifecycleRun {
  readonly events: readonly ExampleEvent[];
  /** Why the example came to no end; absent: it did. */
  readonly stopped?: string;
}

/** Milliseconds without any report after which a process counts as hung, and a program as at a standstill. */
const silence = 15_000;
const standstill = 3000;
/**
 * So many other processes are started and get ready before silence is believed: where that is slow, so is
 * everything else.
 */
const probes = 2;
/** Milliseconds that a process has to end by itself when nothing is left for it to do. */
const farewell = 3000;
const longestProbe = 60_000;

/**
 * Runs ordered examples in which the implementation itself starts the threads, on real worker threads and
 * clocks, in processes of their own: one after the other in one process, unless an example needs one for
 * itself. What is not seen to end is ended with its process.
 */
export class LifecycleEngine {
  #process: Process | undefined;
  #key = '';
  /** Those that run one example each. */
  readonly #own = new Set<Process>();

  /** Runs an example. */
  async run(source: Source, example: OrderedExample): Promise<LifecycleRun> {
    const task = taskOf(source, example);
    const process = task.ownProcess ? this.#newProcess(task) : await this.#processFor(source, task);
    const { reports, stopped } = await process.run(task, silence);
    if (task.ownProcess) this.#own.delete(process);
    const events = reports.filter(
      (report): report is ExampleEvent => isHistory(report) || report.type === 'step',
    );
    return stopped === undefined ? { events } : { events, stopped };
  }

  /**
   * Runs a program so often, without orders: what its threads do, they do when they can. The first call of
   * every thread but the main one has to be that it `begins`, its last that it `leaves`.
   * @returns the histories; the last one ends where nothing moved any more, if `stopped` says so.
   */
  async runFreely(source: Source, program: Program, executions: number): Promise<FreeRuns> {
    const task = freeTaskOf(source, program, executions);
    const process = await this.#processFor(source, task);
    const { reports, stopped } = await process.run(task, standstill);
    const histories: HistoryEvent[][] = [];
    for (const report of reports) {
      if (report.type === 'execution') histories.push([]);
      else if (isHistory(report)) histories.at(-1)?.push(report);
    }
    const last = histories.pop() ?? [];
    // A process that is gone has shown nothing of what was still to come.
    const reason =
      stopped ?? (histories.length < executions ? 'the process ended in the middle of it' : undefined);
    return reason === undefined ? { histories } : { histories, stopped: { reason, history: last } };
  }

  #newProcess(task: Task): Process {
    const process = new Process(task);
    this.#own.add(process);
    return process;
  }

  async #processFor(source: Source, task: Task): Promise<Process> {
    const key = JSON.stringify(source);
    if (this.#process === undefined || !this.#process.isReady || this.#key !== key) {
      await this.#process?.dismiss();
      this.#process = new Process(task);
      this.#key = key;
    }
    return this.#process;
  }

  /** Ends all that runs. */
  async close(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    await Promise.all([process?.dismiss(), ...[...this.#own].map((own) => own.end())]);
  }
}

/** A process that runs examples. */
class Process {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | string>;
  readonly #reports = new Reports();
  #stderr = '';
  #ready = true;
  #see: (report: Report) => void = () => undefined;

  constructor({ ownProcess }: Task) {
    const file = new URL(`./child${extname(new URL(import.meta.url).pathname)}`, import.meta.url);
    this.#child = spawn(process.execPath, [fileURLToPath(file)], {
      stdio: ['ignore', ownProcess ? 'pipe' : 'ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
      this.#child.once('error', (error) => resolve(error.message));
    });
    this.#child.stdout?.resume();
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    const pipe = this.#child.stdio[reportPipe] as NodeJS.ReadableStream;
    pipe.setEncoding('utf8');
    pipe.on('data', (text: string) => {
      for (const report of this.#reports.add(text)) this.#see(report);
    });
  }

  /** True if it can run another example. */
  get isReady(): boolean {
    return this.#ready;
  }

  /** @param patience milliseconds without a report after which nothing is expected any more. */
  async run(
    task: Task,
    patience: number,
  ): Promise<{ readonly reports: readonly Report[]; readonly stopped?: string }> {
    this.#ready = false;
    const events: Exclude<Report, { type: 'done' | 'rested' | 'failed' }>[] = [];
    let last = 0;
    const over = Promise.withResolvers<string | undefined>();
    let timer: NodeJS.Timeout | undefined;
    let seen = 0;
    const watch = (): void => {
      seen++;
      clearTimeout(timer);
      // Loading an implementation takes its time.
      const wait = last === 0 ? silence : patience;
      timer = setTimeout(() => void doubt(wait), wait);
    };
    const doubt = async (wait: number): Promise<void> => {
      const before = seen;
      for (let probe = 0; probe < probes && seen === before; probe++) await probeMachine(task.source);
      if (seen === before) over.resolve(`nothing happened for ${wait / 1000} s`);
    };
    this.#see = (report) => {
      watch();
      switch (report.type) {
        case 'done':
          // A process that is to end by itself is given no chance to do so after the last step was seen.
          if (report.reached < task.steps.length || task.ownProcess) over.resolve(undefined);
          break;
        case 'rested':
          this.#ready = report.clean;
          over.resolve(undefined);
          break;
        case 'failed':
          over.resolve(report.reason);
          break;
        default:
          events.push(report);
          if ('at' in report) last = report.at;
      }
    };
    watch();
    this.#child.send(task, () => undefined);
    const ended = this.#ended.then((code) => {
      events.push({ type: 'exit', code, at: last });
      return undefined;
    });
    const stopped = await Promise.race([over.promise, ended]);
    // What comes later is too late: a process that is about to be ended must not seem to be ready.
    this.#see = () => undefined;
    clearTimeout(timer);
    if (!this.#ready) await this.end(events);
    const text = this.#stderr;
    this.#stderr = '';
    if (text !== '') events.push({ type: 'prints', to: 'stderr', text, at: last });
    return stopped === undefined ? { reports: events } : { reports: events, stopped };
  }

  /** Has the process do nothing but get ready. */
  rested(task: Task): Promise<void> {
    return new Promise((resolve) => {
      this.#see = () => resolve();
      void this.#ended.then(() => resolve());
      this.#child.send(task, () => undefined);
    });
  }

  /** Lets the process end by itself, if it is ready; if it does not, or is not, it is ended. */
  async dismiss(): Promise<void> {
    if (this.#ready && this.#child.connected) {
      this.#child.send('leave' satisfies Order, () => undefined);
      await Promise.race([this.#ended, pause(farewell, undefined, { ref: false })]);
    }
    await this.end();
  }

  /** Ends the process, if it has not ended, and waits until it is gone. */
  async end(events?: unknown[]): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      // What ends the process from here on is no event of the example.
      const before = events?.length;
      this.#child.kill('SIGKILL');
      await this.#ended;
      if (events !== undefined && before !== undefined) events.length = before;
    }
    await this.#ended;
  }
}

/** Takes as long as it takes on this machine, at this moment, to start a process that loads the implementation. */
async function probeMachine(source: Source): Promise<void> {
  const task: Task = { source, program: { objects: [], threads: [[]] }, steps: [], ownProcess: false };
  const process = new Process(task);
  await Promise.race([process.rested(task), pause(longestProbe, undefined, { ref: false })]);
  await process.end();
}

/** True for what belongs to a history. */
function isHistory(report: Report): report is HistoryEvent {
  return !['step', 'execution', 'done', 'rested', 'failed'].includes(report.type);
}
