import { namespaceOf } from '../objects.ts';
import type { Questions } from './question.ts';
import { interruptionQuestions } from './lowthread/interruption.ts';
import { lockQuestions } from './lowthread/locks.ts';
import { type Fn, lowLevel } from './lowthread/namespace.ts';

/** Seconds in which threads end that have nothing to do any more. */
const patience = 3;

/** What examples ask of the low-level functions. */
export const questions: Questions = {
  ...interruptionQuestions,
  ...lockQuestions,
  startNewThread: (low, args) => start(lowLevel(low).startNewThread, args),
  /** The same by its old name. */
  startNew: (low, args) => start(lowLevel(low).startNew, args),
  /** Raises what ends a thread; another of the program's objects, a cell, holds 1 if a finally clause was run. */
  exitWithFinally: (low, { cell }) => {
    try {
      lowLevel(low).exit();
    } finally {
      (cell as { write(args: { value: number }): void }).write({ value: 1 });
    }
  },
  /** Leaves the thread as the language's own function for that does. */
  sysExit: (_, { code }) => process.exit(code as number),
  /** Waits until no thread runs beside the main one, if that can be counted. @returns how many there are then. */
  countWhenAlone: (low) => {
    const { _count: countThreads } = lowLevel(low);
    const deadline = performance.now() + 1000 * patience;
    for (;;) {
      const count = countThreads();
      if (count === 0 || performance.now() > deadline) return count;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  },
  /** From now on, errors of raw threads go to this function; null: to where they usually go. */
  setUnraisablehook: (_, { to }, realm) =>
    void (namespaceOf(realm, 'mod')['setUnraisablehook'] as Fn | undefined)?.(to),
  /**
   * Sets a hook for errors of the raw thread that makes the call. It tells another function of the error, and of the
   * object that was at work.
   */
  setUnraisablehookHere: (_, { to }, realm) =>
    void (namespaceOf(realm, 'mod')['setUnraisablehook'] as Fn | undefined)?.((hooked: HookedError) => {
      (to as Fn)(hooked.excValue, hooked.object);
    }),
};

/** What a hook for errors of raw threads is given. */
interface HookedError {
  readonly excValue: unknown;
  readonly object: unknown;
}

function start(by: Fn, { function: fn, args, kwargs }: Readonly<Record<string, unknown>>): unknown {
  return kwargs === undefined ? by(fn, args) : by(fn, args, kwargs);
}
