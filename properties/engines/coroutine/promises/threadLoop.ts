import type { Control } from '../../controlled/layout.ts';
import { type Task, Tasks } from '../../controlled/tasks.ts';
import { unwind } from '../../controlled/unwind.ts';
import { invoke, type Running } from '../twins.ts';
import type { Job, Jobs } from './loop.ts';
import { whenSettled } from './promise.ts';

/** As much of the engine's side as a thread's event loop needs. */
export interface Rests {
  /** Nothing is to be done until then: true if another thread goes on. */
  rest(deadline: number, isCalling: boolean): boolean;
  learns(learned: Task['learned']): void;
  /** The execution is over. */
  readonly unwinding: boolean;
}

/** What a promise came to. */
export interface Settled {
  readonly value: unknown;
  readonly isFulfilled: boolean;
}

/** One thread's event loop in one execution: its jobs, then its tasks, and sleep where there are none. */
export class ThreadLoop implements Jobs {
  readonly tasks: Tasks;
  readonly #stepper: Rests;
  readonly #refuse: (what: string) => never;
  #jobs: Job[] = [];
  #next = 0;
  readonly #ticks: Job[] = [];
  /** Ticks come before jobs until there are none, and then jobs until there are none. */
  #areTicksNext = false;
  readonly #unhandled = new Map<object, unknown>();
  readonly #drained: ((value: undefined) => void)[] = [];

  /** @param refuse is told what cannot be played. @throws unwind */
  constructor(control: Control, thread: number, stepper: Rests, refuse: (what: string) => never) {
    this.#stepper = stepper;
    this.#refuse = refuse;
    this.tasks = new Tasks(control, thread, () => stepper.learns('time'));
  }

  enqueue(job: Job): void {
    this.#jobs.push(job);
  }

  tick(job: Job): void {
    this.#ticks.push(job);
  }

  reject(promise: object, reason: unknown): void {
    this.#unhandled.set(promise, reason);
  }

  handle(promise: object): void {
    this.#unhandled.delete(promise);
  }

  refuse(): void {
    this.#refuse("a promise of the platform's own");
  }

  /** Calls this when nothing is left of what has begun. */
  whenDrained(then: (value: undefined) => void): void {
    this.#drained.push(then);
  }

  /**
   * What `await` does at the end of a call: jobs and tasks, until the promise is settled.
   * @throws unwind if the execution is over; Error if a rejection is left unhandled, and what tasks throw.
   */
  *settle(value: unknown): Generator<undefined, Settled> {
    let settled: Settled | undefined;
    whenSettled(
      value,
      (result) => told(() => (settled = { value: result, isFulfilled: true })),
      (reason) => told(() => (settled = { value: reason, isFulfilled: false })),
    );
    while (settled === undefined) {
      if ((yield* this.#step()) || this.#tellDrained()) continue;
      if (this.#stepper.rest(this.tasks.deadline, true)) yield;
    }
    return settled;
  }

  /** Does what is left of what has begun, as far as it needs neither time nor others. @throws Error as {@link settle} does. */
  *drain(): Running {
    while (yield* this.#step());
    return undefined;
  }

  /** Does all that is left to be done, and that time and others still bring about. */
  *finish(): Running {
    for (;;) {
      yield* this.drain();
      if (!this.tasks.hasAny) return undefined;
      if (this.#stepper.rest(this.tasks.deadline, false)) yield;
    }
  }

  /** The execution is over: all that wait throw their way out. */
  abandon(): void {
    this.tasks.abandon(unwind);
    for (let job = this.#take(); job !== undefined; job = this.#take()) {
      try {
        const running = job();
        while (running.next().done !== true);
      } catch {
        // What comes of it is no part of the execution.
      }
    }
  }

  /** One job, or, where there is none, one task. False: there is neither. */
  *#step(): Generator<undefined, boolean> {
    const job = this.#take();
    if (job === undefined) return yield* this.#task();
    yield* job();
    // What was thrown to say so has become a rejection.
    if (this.#stepper.unwinding) throw unwind;
    return true;
  }

  *#task(): Generator<undefined, boolean> {
    for (const reason of this.#unhandled.values()) {
      throw new Error(`a rejection that nobody handles would end the process: ${String(reason)}`);
    }
    const task = this.tasks.next();
    if (task === undefined) return false;
    this.#stepper.learns(task.learned);
    this.#areTicksNext = true;
    yield* invoke(task.action, undefined, task.given);
    return true;
  }

  #take(): Job | undefined {
    if (this.#areTicksNext || this.#next === this.#jobs.length) {
      const tick = this.#ticks.shift();
      this.#areTicksNext = tick !== undefined;
      if (tick !== undefined) return tick;
    }
    const job = this.#jobs[this.#next];
    if (job !== undefined) {
      this.#next++;
      // Those that enqueue others for ever are to hang, not to take all memory.
      if (this.#next % 4096 === 0) this.#jobs.splice(0, this.#next);
      this.#next %= 4096;
      return job;
    }
    this.#jobs = [];
    this.#next = 0;
    return undefined;
  }

  /** Nothing is left to be done. False: nobody waits for that. */
  #tellDrained(): boolean {
    const waiting = this.#drained.splice(0);
    for (const then of waiting) then(undefined);
    return waiting.length > 0;
  }
}

// oxlint-disable-next-line require-yield -- a job that nobody has to stop in
function* told(tell: () => void): Running {
  tell();
  return undefined;
}
