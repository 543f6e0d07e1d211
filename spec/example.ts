import type { Outcome } from './history.ts';
import type { ProgramExample } from './output.ts';
import type { Args, Call, Callback, Exit, Family, ObjectSpec, Reference, Value } from './program.ts';

/** A program that shows what a rule asks. */
export type Example = OrderedExample | ExploredExample | ProgramExample;

/** A program whose calls are made in one order, each after all is quiet, and what they must show. */
export interface OrderedExample {
  readonly title: string;
  readonly objects: readonly ObjectSpec[];
  readonly steps: readonly ExampleStep[];
  /** What the constructor of the first object must show. Absent: it is only a preparation. */
  readonly creation?: Outcome | 'an object';
  /**
   * Why it is for implementations in JavaScript alone: it asks for a reading of the documentation that Python's own
   * implementation does not share. Absent: it is for all.
   */
  readonly javaScript?: string;
  /** It needs a process of its own, because of what it leaves behind or because it ends the process. */
  readonly ownProcess?: true;
  /**
   * What the process writes to stderr, as regular expressions that match one after the other; none: it
   * writes nothing. Absent: anything.
   */
  readonly stderr?: readonly string[];
}

/** A program that is run under many schedules: every history must be allowed. */
export interface ExploredExample {
  readonly title: string;
  readonly objects: readonly ObjectSpec[];
  readonly threads: readonly (readonly Call[])[];
}

/** One call of an ordered example, a lapse of time, or the end of a thread. */
export type ExampleStep = (
  | { readonly thread: number; readonly call: Call }
  | { readonly elapse: number }
  | { readonly ends: number; readonly by?: Ending }
) & {
  /** What must be seen between this step and the next; empty for mere preparations. */
  readonly shows: readonly Expectation[];
  /** A name by which later steps refer to what this one's call showed. */
  readonly label?: string;
};

/** How a thread's function is left: with a value, or by an error of this name (which a number goes with). */
export type Ending = { readonly returns: Value } | { readonly raises: string; readonly value?: number };

/** What must be seen of a thread (of the caller, where none is named) after a step. */
export type Expectation =
  | { readonly thread?: number; readonly outcome: Outcome }
  | { readonly thread?: number; readonly enters: Value }
  | { readonly thread?: number; readonly blocks: true }
  /** The call ends in one of these ways. */
  | { readonly thread?: number; readonly oneOfOutcomes: readonly Outcome[] }
  /** So often functions that were handed over are called between this step and the next, by any thread. */
  | { readonly callbacks: number; readonly orMore: boolean }
  /** The call returns what this says. */
  | { readonly thread?: number; readonly value: Condition }
  /** The call takes this many seconds or more. */
  | { readonly thread?: number; readonly lasts: number }
  /** The implementation has begun this thread, as is said. */
  | ({ readonly begins: number } & Beginning)
  /** It has not. */
  | { readonly notBegun: number }
  /** What becomes of the process. */
  | { readonly exits: ExpectedExit }
  /** Exactly one of these threads' calls ends so, the others stay blocked. */
  | { readonly oneOf: readonly number[]; readonly outcome: Outcome };

/** The process ends with this exit code, goes on, or does one or the other. */
export type ExpectedExit = number | 'not yet' | 'perhaps';

/** What is asked of a returned value where it cannot be named. */
export type Condition =
  /** Whatever it is. */
  | { readonly anything: true }
  /** A text that matches this regular expression. */
  | { readonly matches: string }
  /** The same as the call of the step with this label returned. */
  | { readonly same: string }
  /** Something else than the calls of these steps returned. */
  | { readonly unlike: readonly string[] }
  /** A whole number, not below this one. */
  | { readonly integerFrom: number };

/** How a thread begins. What is absent may be anything. */
export interface Beginning {
  /** The arguments that it is given. */
  readonly given?: readonly Value[];
  /** In a thread of its own, or in that of one of the program's threads. */
  readonly in?: 'a new thread' | { readonly threadOf: number };
  /** Not before this many seconds after the step began. */
  readonly after?: number;
}

/** True for examples whose calls have a fixed order. */
export function isOrdered(example: Example): example is OrderedExample {
  return 'steps' in example;
}

/** True for examples that are run under many schedules. */
export function isExplored(example: Example): example is ExploredExample {
  return 'threads' in example;
}

/** The example, for implementations in JavaScript alone, for this reason. */
export function inJavaScript(reason: string, example: OrderedExample): OrderedExample {
  return { ...example, javaScript: reason };
}

/** An object of a program. */
export function object(family: Family, args: Args = {}): ObjectSpec {
  return { family, args };
}

/** A call of the program's first object; see {@link on} for others. */
export function call(method: string, args: Args = {}): Call {
  return { object: 0, method, args };
}

/** Another of the program's objects, by position, as an argument: a condition's lock. */
export function reference(position: number): Reference {
  return { object: position };
}

/** A predicate that gives back what the program's cell at this position holds: true unless it is 0. */
export function reads(position: number): Callback {
  return { callback: 'reads', object: position };
}

/** A predicate or an action that gives back this value. */
export function giving(value: Value): Callback {
  return { callback: 'returns', value };
}

/** A predicate or an action that throws an error named `callbackError`. */
export const throwing: Callback = { callback: 'throws' };

/** The same call on another of the program's objects. */
export function on(position: number, made: Call): Call {
  return { ...made, object: position };
}

/** The calls of a with-statement: its beginning, its body, and how the body ends. */
export function withBody(body: readonly Call[] = [], by: Exit = 'end', position = 0): readonly Call[] {
  return [on(position, call('with')), ...body, on(position, call('leave', { by }))];
}

/** A thread makes a call; threads are counted from 1. */
export function step(thread: number, made: Call, ...shows: readonly Expectation[]): ExampleStep {
  return { thread: thread - 1, call: made, shows };
}

/** Nothing happens but that this many seconds pass. */
export function elapse(seconds: number, ...shows: readonly Expectation[]): ExampleStep {
  return { elapse: seconds, shows };
}

/** A thread ends, whatever it holds; threads are counted from 1. */
export function ends(thread: number): ExampleStep {
  return { ends: thread - 1, shows: [] };
}

/** The call returns this value. */
export function returns(value: Value): Expectation {
  return { outcome: { returns: value } };
}

/**
 * The call raises an error of this kind.
 * @param also kinds that the error has to be one of, too.
 */
export function raises(kind: string, ...also: readonly string[]): Expectation {
  return { outcome: also.length > 0 ? { raises: kind, also } : { raises: kind } };
}

/** The call returns one of these values. */
export function returnsOneOf(...values: readonly Value[]): Expectation {
  return { oneOfOutcomes: values.map((value) => ({ returns: value })) };
}

/** Functions that were handed over are called so often between this step and the next. */
export function callsBack(times: number): Expectation {
  return { callbacks: times, orMore: false };
}

/** Functions that were handed over are called so often or more between this step and the next. */
export function callsBackAtLeast(times: number): Expectation {
  return { callbacks: times, orMore: true };
}

/** The call has not returned when all is quiet. */
export const blocks: Expectation = { blocks: true };

/** The body of the with-statement begins, with this value. */
export function enters(value: Value): Expectation {
  return { enters: value };
}

/** The pending call of another thread (counted from 1) shows this. */
export function thread(other: number, expectation: Expectation): Expectation {
  const whole = 'oneOf' in expectation || 'callbacks' in expectation;
  return whole ? expectation : { ...expectation, thread: other - 1 };
}

/** The pending call of exactly one of these threads (counted from 1) returns this value. */
export function oneOf(threads: readonly number[], value: Value): Expectation {
  return { oneOf: threads.map((other) => other - 1), outcome: { returns: value } };
}
