import { KeyboardInterrupt, ValueError } from '../errors.ts';

/** What the main thread does when it is interrupted by a signal. */
export type SignalHandler = (signum: number) => unknown;

/** A handler; `ignore`; or `default`, which is the operating system's affair. */
export type Disposition = SignalHandler | 'default' | 'ignore';

/** The user's interrupt, Ctrl-C: what `interruptMain` simulates unless it is told otherwise. */
export const SIGINT = 2;

/** Signals have numbers below this, from 1 on. */
const signals = 65;

/** What is done for SIGINT at first. @throws KeyboardInterrupt */
export function defaultIntHandler(): never {
  throw new KeyboardInterrupt('the main thread was interrupted');
}

/** @throws ValueError for a number that no signal has, TypeError for none (`lowthread.interrupt-main.invalid-signum`). */
export function checkSignum(signum: unknown): asserts signum is number {
  if (!Number.isInteger(signum)) throw new TypeError(`a signal is an integer, not ${String(signum)}`);
  if ((signum as number) >= 1 && (signum as number) < signals) return;
  throw new ValueError(`signals have numbers from 1 to ${signals - 1}, not ${String(signum)}`);
}

/** What is done for each signal. */
export class Dispositions {
  readonly #by = new Map<number, Disposition>([[SIGINT, defaultIntHandler]]);

  /** @returns what was done until now. @throws TypeError for anything but a disposition. */
  set(signum: number, disposition: Disposition): Disposition {
    if (typeof disposition !== 'function' && disposition !== 'default' && disposition !== 'ignore') {
      throw new TypeError(
        `a signal's handler is a function, 'default' or 'ignore', not ${String(disposition)}`,
      );
    }
    const before = this.#by.get(signum) ?? 'default';
    this.#by.set(signum, disposition);
    return before;
  }

  /** Runs the signal's handler, if it has one. @throws what that raises. */
  handle(signum: number): void {
    const disposition = this.#by.get(signum);
    if (typeof disposition === 'function') disposition(signum);
  }
}
