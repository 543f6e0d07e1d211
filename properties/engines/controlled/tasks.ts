import { nextToExpire, takeExpired, takeNotified } from './asyncWaiters.ts';
import type { Control } from './layout.ts';

/** Something that a thread does in a turn of its event loop. */
export interface Task {
  readonly action: (...given: readonly unknown[]) => unknown;
  readonly given: readonly unknown[];
  /** What the thread learns of others by it: that a waiter was notified or not, or the time. */
  readonly learned: Learned;
}

/** A waiter that was notified or not, with its place; or that time has passed. */
export type Learned =
  | { readonly timedOut: boolean; readonly memory: number; readonly index: number }
  | 'time'
  | 'nothing';

/** What `Atomics.waitAsync` comes to. */
export type Waited = 'ok' | 'timed-out';

/** How a promise that an implementation waits for is settled, and how it ends with the execution. */
export interface Settling<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

interface Waiting {
  readonly promise: Settling<Waited>;
  readonly memory: number;
  readonly index: number;
}

/** A timer of a thread, on the virtual clock. */
export interface Timer {
  readonly action: Task['action'];
  readonly given: readonly unknown[];
  /** Milliseconds; 0: as soon as nothing else is to be done, and no time has to pass. */
  readonly delay: number;
  readonly repeats: boolean;
  deadline: number;
  /** By which programs may know it. */
  readonly number: number;
}

let timers = 0;

/**
 * What a thread has to do when its microtasks are done: timers, and promises of `Atomics.waitAsync`. What others have brought
 * about comes first, in its order, then what time has, then what only waited for its turn.
 */
export class Tasks {
  readonly #control: Control;
  readonly #thread: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #timers = new Set<Timer>();
  readonly #looks: () => void;

  /** @param looks is told that the thread looks at the clock. */
  constructor(control: Control, thread: number, looks: () => void = () => {}) {
    this.#control = control;
    this.#thread = thread;
    this.#looks = looks;
  }

  /** A waiter's promise. @param index where it waits, as traces say it. */
  wait(waiter: number, promise: Settling<Waited>, memory: number, index: number): void {
    this.#waiting.set(waiter, { promise, memory, index });
  }

  /** Sets a timer. */
  start(action: Task['action'], given: readonly unknown[], delay: number, repeats: boolean): Timer {
    const timer = { action, given, delay, repeats, deadline: 0, number: ++timers };
    this.restart(timer);
    return timer;
  }

  /** Sets a timer again, from now on. */
  restart(timer: Timer): void {
    if (timer.delay > 0) this.#looks();
    this.#timers.delete(timer);
    timer.deadline = this.#control.clock + timer.delay;
    this.#timers.add(timer);
  }

  /** Whether a timer is set. */
  has(timer: Timer): boolean {
    return this.#timers.has(timer);
  }

  /** Ends the timer that has a number, if there is one. */
  stopNumbered(number: number): void {
    for (const timer of this.#timers) if (timer.number === number) this.#timers.delete(timer);
  }

  stop(timer: Timer): void {
    this.#timers.delete(timer);
  }

  /** The execution is over: whoever waits for another thread learns that, as those who sleep do. */
  abandon(thrown: unknown): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#timers.clear();
    for (const { promise } of waiting) promise.reject(thrown);
  }

  /** Whether anything can still come. */
  get hasAny(): boolean {
    return this.#waiting.size > 0 || this.#timers.size > 0;
  }

  /** When time alone brings the next task: milliseconds; Infinity: never. */
  get deadline(): number {
    const waiter = nextToExpire(this.#control, this.#thread);
    const timer = this.#nextTimer();
    return Math.min(
      waiter < 0 ? Infinity : (this.#control.waiterDeadlines[waiter] as number),
      timer?.deadline ?? Infinity,
    );
  }

  /** Takes the next task; undefined: there is none now. */
  next(): Task | undefined {
    const control = this.#control;
    const notified = takeNotified(control, this.#thread);
    if (notified >= 0) return this.#settled(notified, 'ok');
    const expiring = nextToExpire(control, this.#thread);
    const deadline = expiring < 0 ? Infinity : (control.waiterDeadlines[expiring] as number);
    const timer = this.#nextTimer();
    if (deadline <= control.clock && deadline <= (timer?.deadline ?? Infinity)) {
      takeExpired(control, expiring);
      return this.#settled(expiring, 'timed-out');
    }
    if (timer === undefined || timer.deadline > control.clock) return undefined;
    this.#timers.delete(timer);
    if (timer.repeats) this.restart(timer);
    return { action: timer.action, given: timer.given, learned: timer.delay > 0 ? 'time' : 'nothing' };
  }

  #settled(waiter: number, waited: Waited): Task {
    const { promise, memory, index } = this.#waiting.get(waiter) as Waiting;
    this.#waiting.delete(waiter);
    const timedOut = waited === 'timed-out';
    return {
      action: promise.resolve as Task['action'],
      given: [waited],
      learned: { timedOut, memory, index },
    };
  }

  /** Of those whose time has come the first, then the first that only waits for its turn, then the next to come. */
  #nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    let immediate: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.delay === 0) immediate ??= timer;
      else if (next === undefined || timer.deadline < next.deadline) next = timer;
    }
    if (next !== undefined && next.deadline <= this.#control.clock) return next;
    return immediate ?? next;
  }
}
