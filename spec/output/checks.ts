import type { Line } from './lines.ts';

/*
 * All checks are about standard output, but for how the program ended and what it wrote to standard error. One about
 * lines of some kind fails if there are none, unless it says that there may be none.
 */

/** One thing that must hold of a program's output. */
export type OutputCheck =
  /** There are so many lines like this. */
  | { readonly check: 'times'; readonly line: Line; readonly least: number; readonly most?: number }
  /** Every line is a whole one, and like one of these. */
  | { readonly check: 'only'; readonly lines: readonly Line[] }
  /** The lines that are like any of these are exactly these, in this order. */
  | { readonly check: 'order'; readonly lines: readonly Line[] }
  /** All lines like the one come before all like the other. */
  | { readonly check: 'before'; readonly first: Line; readonly then: Line }
  /** Before each line like `then` there is one like `first` of its own, with the same capture. */
  | { readonly check: 'pairs'; readonly first: Line; readonly then: Line }
  /** Whose captures entered and did not leave are never more than so many; all leave at last. */
  | { readonly check: 'inside'; readonly enter: Line; readonly leave: Line; readonly most: number }
  /** From a line like `after` until the next like `until` there is none like this. */
  | { readonly check: 'barred'; readonly line: Line; readonly after: Line; readonly until: Line }
  /** What the lines capture is exactly this; `ordered`: in this order. */
  | {
      readonly check: 'values';
      readonly line: Line;
      readonly values: readonly string[];
      readonly ordered: boolean;
    }
  /** No two lines like this capture the same. */
  | { readonly check: 'distinct'; readonly line: Line }
  /** All lines like this capture the same. */
  | { readonly check: 'equal'; readonly line: Line }
  /** The numbers that lines like this capture lie in this range. */
  | { readonly check: 'range'; readonly line: Line; readonly least: number; readonly most?: number }
  /** Each number that a line like this captures is larger by so much or more than the one before. */
  | { readonly check: 'apart'; readonly line: Line; readonly by: number }
  /** The numbers captured count, from 0: one more in each line like `up`, one less in each like `down`. */
  | { readonly check: 'tally'; readonly up: Line; readonly down: Line }
  /** No line like this comes before so many seconds have passed since the process was started. */
  | { readonly check: 'notBefore'; readonly line: Line; readonly seconds: number }
  /** The last line is like this, and no other is. */
  | { readonly check: 'last'; readonly line: Line }
  /** The process ends by itself, with this code. */
  | { readonly check: 'exit'; readonly code: number }
  /** Nothing is written to standard error. */
  | { readonly check: 'silent' }
  /** There are lines like this on standard error. */
  | { readonly check: 'complains'; readonly line: Line };

/** Exactly so many lines are like this. */
export function times(line: Line, count: number): OutputCheck {
  return { check: 'times', line, least: count, most: count };
}

/** Exactly one line is like this. */
export function once(line: Line): OutputCheck {
  return times(line, 1);
}

/** So many lines or more are like this. */
export function atLeast(line: Line, least: number): OutputCheck {
  return { check: 'times', line, least };
}

/** No line is like this. */
export function never(line: Line): OutputCheck {
  return times(line, 0);
}

/** Every line is whole and like one of these. */
export function only(...lines: readonly Line[]): OutputCheck {
  return { check: 'only', lines };
}

/** The lines like any of these are exactly these, in this order. */
export function inOrder(...lines: readonly Line[]): OutputCheck {
  return { check: 'order', lines };
}

/** All lines like the first come before all like the second. */
export function before(first: Line, then: Line): OutputCheck {
  return { check: 'before', first, then };
}

/** Every line like the second comes after one of its own like the first, with the same capture. */
export function paired(first: Line, then: Line): OutputCheck {
  return { check: 'pairs', first, then };
}

/** At most so many are inside, known by what the lines capture. */
export function inside(enter: Line, leave: Line, most: number): OutputCheck {
  return { check: 'inside', enter, leave, most };
}

/** No such line from one like `after` until the next like `until`. */
export function barred(line: Line, after: Line, until: Line): OutputCheck {
  return { check: 'barred', line, after, until };
}

/** The lines capture these values, each as often as it is given, in any order. */
export function captures(line: Line, values: readonly (string | number)[]): OutputCheck {
  return { check: 'values', line, values: values.map(String), ordered: false };
}

/** The lines capture these values in this order. */
export function capturesInOrder(line: Line, values: readonly (string | number)[]): OutputCheck {
  return { check: 'values', line, values: values.map(String), ordered: true };
}

/** No two of these lines capture the same. */
export function distinct(line: Line): OutputCheck {
  return { check: 'distinct', line };
}

/** All of these lines capture the same. */
export function equal(line: Line): OutputCheck {
  return { check: 'equal', line };
}

/** The numbers captured are in this range, its ends included. */
export function inRange(line: Line, least: number, most?: number): OutputCheck {
  return { check: 'range', line, least, ...(most !== undefined && { most }) };
}

/** Each number captured is so much larger than the one before, or more. */
export function apart(line: Line, by: number): OutputCheck {
  return { check: 'apart', line, by };
}

/** The numbers captured count up and down from 0. */
export function tally(up: Line, down: Line): OutputCheck {
  return { check: 'tally', up, down };
}

/** Such lines come so many seconds after the start of the process, or later. */
export function notBefore(seconds: number, line: Line): OutputCheck {
  return { check: 'notBefore', line, seconds };
}

/** The last line is like this, and no other is. */
export function last(line: Line): OutputCheck {
  return { check: 'last', line };
}

/** The process ends by itself, with this code. */
export function exits(code: number): OutputCheck {
  return { check: 'exit', code };
}

/** Nothing is written to standard error. */
export const silent: OutputCheck = { check: 'silent' };

/** Standard error has a line like this. */
export function complains(line: Line): OutputCheck {
  return { check: 'complains', line };
}

/** The integers from one to another, both included. */
export function integers(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
