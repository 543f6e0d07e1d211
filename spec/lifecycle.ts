import type { Beginning, Condition, Ending, ExampleStep, Expectation } from './example.ts';
import type { Argument, Body, List, Value } from './program.ts';

/*
 * The words of examples about threads that the implementation starts. In them thread 1 is the process's main
 * thread, and every other one is the body of something: of a Thread, of a Timer, a hook.
 */

/** The function that makes the calls of this thread (counted from 1). */
export function body(thread: number): Body {
  return { body: thread - 1 };
}

/** Several arguments as one. */
export function listOf(...list: readonly Argument[]): List {
  return { list };
}

/** A thread's function is left, by default without a value; threads are counted from 1. */
export function leaves(thread: number, by: Ending, ...shows: readonly Expectation[]): ExampleStep {
  return { ends: thread - 1, by, shows };
}

/** A thread's function returns; of thread 1: the main thread has nothing to do any more. */
export function finishes(thread: number, ...shows: readonly Expectation[]): ExampleStep {
  return { ends: thread - 1, shows };
}

/** The step, with a name for what its call shows. */
export function labelled(label: string, step: ExampleStep): ExampleStep {
  return { ...step, label };
}

/** This thread (counted from 1) begins. */
export function begins(thread: number, how: Beginning = {}): Expectation {
  return { begins: thread - 1, ...how };
}

/** This thread (counted from 1) begins, and is given these arguments. */
export function beginsWith(thread: number, ...given: readonly Value[]): Expectation {
  return { begins: thread - 1, given };
}

/** In the thread of this one (counted from 1): for {@link Beginning.in}. */
export function threadOf(thread: number): { readonly threadOf: number } {
  return { threadOf: thread - 1 };
}

/** This thread (counted from 1) has not begun. */
export function notBegun(thread: number): Expectation {
  return { notBegun: thread - 1 };
}

/** The process ends, with this exit code. */
export function exits(code: number): Expectation {
  return { exits: code };
}

/** The process has not ended. */
export const runsOn: Expectation = { exits: 'not yet' };

/** The process may end, and is given time to. */
export const mayExit: Expectation = { exits: 'perhaps' };

/** The call returns, whatever it does. */
export const comesBack: Expectation = { value: { anything: true } };

/** The call returns what the condition says. */
export function returnsWhat(value: Condition): Expectation {
  return { value };
}

/** The call returns a text that this regular expression matches. */
export function matching(matches: string): Expectation {
  return { value: { matches } };
}

/** The call returns the same as that of the step with this label. */
export function same(label: string): Expectation {
  return { value: { same: label } };
}

/** The call returns something else than those of the steps with these labels. */
export function unlike(...labels: readonly string[]): Expectation {
  return { value: { unlike: labels } };
}

/** The call returns after this many seconds or more. */
export function lasts(seconds: number): Expectation {
  return { lasts: seconds };
}
