/** A family of rules: one primitive, or one statement of the language. `cell` is plain shared memory that programs write to. */
export type Family = 'lock' | 'rlock' | 'sem' | 'bsem' | 'event' | 'with' | 'cell';

/** What a call is given or gives back. Structured values travel as their JSON text. */
export type Value = undefined | null | boolean | number | string | { readonly json: string };

/** Arguments by name, as the documentation names them; what is absent was not given. */
export type Args = Readonly<Record<string, Value>>;

/** One invocation of a method. */
export interface Call {
  /** Which of the program's objects, by position. */
  readonly object: number;
  readonly method: string;
  readonly args: Args;
}

/** How to make one object of a program. */
export interface ObjectSpec {
  readonly family: Family;
  /** Arguments of the constructor. */
  readonly args: Args;
}

/**
 * What to run: the objects, and for each thread a list of calls.
 *
 * The body of a with-statement is flat: the calls between `with` and the `leave` that
 * closes it, on the same object. `leave` says how the body ends.
 */
export interface Program {
  readonly objects: readonly ObjectSpec[];
  readonly threads: readonly (readonly Call[])[];
}

/** The ways out of the body of a with-statement. */
export const exits = ['end', 'return', 'break', 'continue', 'throw'] as const;
export type Exit = (typeof exits)[number];

/** What a body that leaves by `return` gives back, and the name of the error of one that throws. */
export const bodyValue = 'body value';
export const bodyError = 'BodyError';

/** The position of the `leave` that closes the `with` at `start`, or the length of the list. */
export function closingLeave(calls: readonly Call[], start: number): number {
  let depth = 0;
  for (let position = start; position < calls.length; position++) {
    const method = calls[position]?.method;
    if (method === 'with') depth++;
    if (method === 'leave' && --depth === 0) return position;
  }
  return calls.length;
}
