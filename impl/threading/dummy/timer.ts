import { Thread, type Target } from './thread.ts';

/** How a timer is made. */
export interface DummyTimerOptions {
  /** Seconds. */
  readonly interval: number;
  readonly function: Target;
  readonly args?: readonly unknown[] | null | undefined;
  readonly kwargs?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * A thread that calls its function when it is started, and does not wait for the interval: nothing here waits. If it was
 * cancelled before, it calls nothing.
 */
export class Timer extends Thread {
  /** Seconds that it does not wait for. */
  readonly interval: number;
  #cancelled = false;

  /** @throws TypeError as the constructor of `lockproof/threading` does. */
  constructor(options: DummyTimerOptions);
  constructor(
    interval: number,
    fn: Target,
    args?: readonly unknown[] | null,
    kwargs?: Readonly<Record<string, unknown>> | null,
  );
  constructor(
    first: number | DummyTimerOptions,
    fn?: Target,
    args?: readonly unknown[] | null,
    kwargs?: Readonly<Record<string, unknown>> | null,
  ) {
    const given = typeof first === 'object' ? first : { interval: first, function: fn, args, kwargs };
    super({ target: given.function, args: given.args, kwargs: given.kwargs });
    if (typeof given.interval !== 'number') {
      throw new TypeError(`interval must be a number of seconds, not ${typeof given.interval}`);
    }
    if (typeof given.function !== 'function') throw new TypeError('a timer needs a function');
    this.interval = given.interval;
  }

  /** The function will not be called, if it has not been. */
  cancel(): void {
    this.#cancelled = true;
  }

  override run(): unknown {
    return this.#cancelled ? undefined : super.run();
  }
}
