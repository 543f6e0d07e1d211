import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExampleEvent } from '../../../spec/checkExample.ts';
import type { OrderedExample } from '../../../spec/example.ts';
import type { Source } from '../source.ts';
import { type Task, taskOf } from './task.ts';
import { type Report, Reports, reportPipe } from './wire.ts';

/** What running an example in a process came to. */
export interface LifecycleRun {
  readonly events: readonly ExampleEvent[];
  /** Why the example came to no end; absent: it did. */
  readonly stopped?: string;
}

/** Milliseconds without any report after which a process counts as hung. */
const silence = 15_000;

/**
 * Runs ordered examples in which the implementation itself starts the threads, on real worker threads and
 * clocks, in processes of their own: one after the other in one process, unless an example needs one for
 * itself. What is not seen to end is ended with its process.
 */
export class LifecycleEngine {
  #process: Process | undefined;
  #key = '';

  /** Runs an example. */
  async run(source: Source, example: OrderedExample): Promise<LifecycleRun> {
    const task = taskOf(source, example);
    if (task.ownProcess) {
      const own = new Process(task);
      return own.run(task);
    }
    const key = JSON.stringify(source);
    if (this.#process === undefined || !this.#process.isReady || this.#key !== key) {
      await this.close();
      this.#process = new Process(task);
      this.#key = key;
    }
    return this.#process.run(task);
  }

  /** Ends the process. */
  async close(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    await process?.end();
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

  async run(task: Task): Promise<LifecycleRun> {
    this.#ready = false;
    const events: ExampleEvent[] = [];
    const over = Promise.withResolvers<string | undefined>();
    let timer: NodeJS.Timeout | undefined;
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => over.resolve(`nothing happened for ${silence / 1000} s`), silence);
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
      }
    };
    watch();
    this.#child.send(task, () => undefined);
    const ended = this.#ended.then((code) => {
      events.push({ type: 'exit', code, at: events.at(-1)?.at ?? 0 });
      return undefined;
    });
    const stopped = await Promise.race([over.promise, ended]);
    clearTimeout(timer);
    if (!this.#ready) await this.end(events);
    const text = this.#stderr;
    this.#stderr = '';
    if (text !== '') events.push({ type: 'prints', to: 'stderr', text, at: events.at(-1)?.at ?? 0 });
    return stopped === undefined ? { events } : { events, stopped };
  }

  /** Ends the process, if it has not ended, and waits until it is gone. */
  async end(events?: ExampleEvent[]): Promise<void> {
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
