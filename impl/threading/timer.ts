import type { Handle } from './handle.ts';
import { Thread, type Target } from './thread.ts';
import { needNode } from './threads/node.ts';
import { setPlan } from './threads/plan.ts';
import { revivesBy } from './threads/revive.ts';
import { threadClass } from './threads/targets.ts';
import { milliseconds } from './timeouts.ts';

/** How a timer is made. */
export interface TimerOptions {
  /** Seconds from the start to the call, fractions allowed; none or fewer: at once. */
  readonly interval: number;
  /** What is called, as a thread's target is. */
  readonly function: Target;
  /** Default none: the function's arguments. */
  readonly args?: readonly unknown[] | null | undefined;
  /** Default none: one more argument, the last, if there is anything in it. */
  readonly kwargs?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What a timer looks like after it was posted to another thread. */
export interface TimerHandle extends Handle {
  readonly interval: number;
  readonly decision: Int32Array<SharedArrayBuffer>;
}

/** What becomes of the call: `decision` leaves `open` once, by one compareExchange, so it is made once or never. */
const open = 0;
const cancelled = 1;
const made = 2;

const optionNames = new Set(['interval', 'function', 'args', 'kwargs']);

/**
 * A thread that calls a function when some time has passed after its start, unless it is cancelled before.
 *
 * Memory: a thread's, and one word, `decision`, on which the thread sleeps: open, cancelled or made. The clock is the
 * system's monotonic one, the same in all threads. Post a timer to another thread as it is; `Timer.from` makes
 * it usable there.
 */
export class Timer extends Thread {
  /** Seconds from the start to the call. */
  interval: number;
  readonly decision: Int32Array<SharedArrayBuffer>;
  /** When the call is due, in milliseconds; undefined before the start. */
  protected due: number | undefined;

  /**
   * A timer that is not started yet.
   * @throws TypeError for an interval that is no number, a function that is left out, an option that there is none of,
   *   bad args or kwargs; ValueError for NaN, OverflowError for more than `TIMEOUT_MAX`.
   */
  constructor(options: TimerOptions);
  constructor(
    interval: number,
    fn: Target,
    args?: readonly unknown[] | null,
    kwargs?: Readonly<Record<string, unknown>> | null,
  );
  constructor(...given: readonly unknown[]) {
    const { interval, function: fn, args, kwargs } = optionsOf(given);
    milliseconds(interval);
    if (fn === undefined || fn === null) throw new TypeError('a timer needs a function to call');
    // Without the target: as in CPython, the function is not in the name.
    super({ args, kwargs });
    setPlan(this, { target: fn, args: args ?? [], kwargs: kwargs ?? undefined });
    this.interval = interval;
    this.decision = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  }

  /** The same timer in this thread. @throws TypeError if this is no Timer that was posted here. */
  static override from(handle: Handle): Timer {
    if (!isTimer(handle)) throw new TypeError('Timer.from takes a Timer that was posted to this thread');
    const { interval, decision } = handle;
    const thread = Thread.from(handle);
    if (thread instanceof Timer) return thread;
    // In one thread, the same thread is the same object: also if it came here as a mere Thread before.
    return Object.assign(Object.setPrototypeOf(thread, Timer.prototype) as Timer, { interval, decision });
  }

  /** Starts the thread, and the time. @throws as {@link Thread.start} does. */
  override start(): void {
    this.due = now() + milliseconds(this.interval);
    super.start();
  }

  /** What the thread does: it waits, and calls the function if it was not cancelled meanwhile. */
  override run(): unknown {
    const due = this.due ?? now() + milliseconds(this.interval);
    for (let left = due - now(); left > 0; left = due - now()) {
      if (Atomics.wait(this.decision, 0, open, left) !== 'timed-out') break;
    }
    return Atomics.compareExchange(this.decision, 0, open, made) === open ? super.run() : undefined;
  }

  /**
   * Prevents the call if it has not begun, and ends the thread then; any thread may, at any time, also
   * before the start. Once the call has begun, nothing happens.
   */
  cancel(): void {
    if (Atomics.compareExchange(this.decision, 0, open, cancelled) === open) Atomics.notify(this.decision, 0);
  }
}

// In another thread, it is found by this name.
threadClass(import.meta, Timer);
revivesBy('Thread', (handle) => (isTimer(handle) ? Timer.from(handle) : Thread.from(handle)));

/** Whether this is a Timer, or what was posted of one. Other threads may have attributes of the same names. */
function isTimer(handle: Handle): handle is TimerHandle {
  const { interval, decision } = handle as Partial<TimerHandle>;
  return typeof interval === 'number' && decision?.buffer instanceof SharedArrayBuffer;
}

function optionsOf(given: readonly unknown[]): TimerOptions {
  const [first, fn, args, kwargs] = given;
  if (given.length > 4) throw new TypeError(`a timer takes four arguments at most, not ${given.length}`);
  if (typeof first !== 'object' || first === null) {
    return { interval: first, function: fn, args, kwargs } as TimerOptions;
  }
  const unknown = Object.keys(first).find((key) => !optionNames.has(key));
  if (unknown !== undefined) throw new TypeError(`a timer has no option ${unknown}`);
  return first as TimerOptions;
}

/** Milliseconds on a clock that all threads of the process have in common. */
function now(): number {
  const [seconds, nanoseconds] = needNode().process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
