import type { Value } from './program.ts';

/** How a call ended. */
export type Outcome =
  | { readonly returns: Value }
  | {
      readonly raises: string;
      /** The documentation's other kinds that the error is one of, because its class extends theirs. */
      readonly also?: readonly string[];
      /** For the reader only: no rule looks at it. */
      readonly message?: string;
    };

/**
 * What an execution showed, in order. Times are seconds since its begin, on the clock that
 * the implementation sees.
 */
export type HistoryEvent =
  /** An object was made, or refused to be. */
  | { readonly type: 'created'; readonly object: number; readonly outcome: Outcome; readonly at: number }
  /** A thread makes the call at this position of its list. */
  | { readonly type: 'call'; readonly thread: number; readonly call: number; readonly at: number }
  /** A thread's pending call ended. */
  | { readonly type: 'end'; readonly thread: number; readonly outcome: Outcome; readonly at: number }
  /** A with-statement's body begins, and was given this value. */
  | { readonly type: 'enter'; readonly thread: number; readonly value: Value; readonly at: number }
  /** A function that was handed over was called by this thread, and ended so. */
  | { readonly type: 'callback'; readonly thread: number; readonly outcome: Outcome; readonly at: number }
  /** A thread's pending call went to sleep, or spins in vain. Engines that cannot tell leave it out. */
  | { readonly type: 'blocked'; readonly thread: number; readonly at: number }
  /**
   * A thread of the program that the implementation had to start begins, with these arguments (a list, as JSON
   * text). `realm` numbers the workers of the process in which that happens, the main thread is 0.
   */
  | {
      readonly type: 'begin';
      readonly thread: number;
      readonly given: Value;
      readonly realm: number;
      readonly at: number;
    }
  /** It has done all that it had to, and leaves so. */
  | { readonly type: 'finish'; readonly thread: number; readonly outcome: Outcome; readonly at: number }
  /** The process has written this. */
  | {
      readonly type: 'prints';
      readonly to: 'stdout' | 'stderr';
      readonly text: string;
      readonly at: number;
    }
  /** The process has ended, with this exit code or by this signal. */
  | { readonly type: 'exit'; readonly code: number | string; readonly at: number }
  /** Nothing can happen before `until` seconds (Infinity: ever), unless somebody makes a new call. */
  | { readonly type: 'quiet'; readonly at: number; readonly until: number };

/** Everything that one execution showed. */
export type History = readonly HistoryEvent[];

/** True if both mean the same to a rule: messages do not count. */
export function sameOutcome(a: Outcome, b: Outcome): boolean {
  if ('raises' in a) return 'raises' in b && a.raises === b.raises;
  return 'returns' in b && sameValue(a.returns, b.returns);
}

/** Equality of values, by content. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a === 'object' && a !== null) {
    return typeof b === 'object' && b !== null && a.json === b.json;
  }
  return Object.is(a, b);
}

/** An outcome in a few words: `returns true`, `raises ValueError`. */
export function describeOutcome(outcome: Outcome): string {
  return 'raises' in outcome ? `raises ${outcome.raises}` : `returns ${describeValue(outcome.returns)}`;
}

/** What a function that was handed over did, in a few words: `calls what it was given, which raises E`. */
export function describeCallback(outcome: Outcome): string {
  return `calls what it was given, which ${describeOutcome(outcome)}`;
}

/** A value as a reader would write it. */
export function describeValue(value: Value): string {
  if (typeof value === 'object' && value !== null) return value.json;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
