/** A family of rules: one of the documentation, or a primitive that somebody specifies for themselves. */
export type Family = string;

/**
 * A family that the specification brings along: one primitive, one statement of the language (`with`), or what
 * holds of all of them (`model`). `cell` is plain shared memory that programs write to.
 */
export type DocumentedFamily =
  | 'lock'
  | 'rlock'
  | 'cond'
  | 'sem'
  | 'bsem'
  | 'event'
  | 'barrier'
  | 'with'
  | 'queue'
  | 'lifo'
  | 'prio'
  | 'simpleq'
  | 'model'
  | 'cell'
  | ThreadFamily
  | 'iter'
  | 'prog';

/**
 * A family whose calls start threads, or are about the thread that makes them. In programs with objects of
 * these only the first thread is there from the beginning, the process's main thread; the implementation
 * starts the others.
 */
export const threadFamilies = ['thread', 'timer', 'local', 'mod', 'lowthread', 'dummy'] as const;
export type ThreadFamily = (typeof threadFamilies)[number];

/** What a call gives back, and most of what it is given. Structured values travel as their JSON text. */
export type Value = undefined | null | boolean | number | string | { readonly json: string };

/** Another of the program's objects, by position: a condition's lock. */
export interface Reference {
  readonly object: number;
}

/**
 * A function that is handed over, to be called by the thread that hands it over or is handed it: a
 * predicate, an action. It looks at a cell of the program and gives back what is there, gives back a
 * value, or throws.
 */
export type Callback =
  | { readonly callback: 'reads'; readonly object: number }
  | { readonly callback: 'returns'; readonly value: Value }
  | { readonly callback: 'throws' };

/**
 * A function that makes the calls of one of the program's threads, by position: what a new thread is to run,
 * a hook. Wherever it is called, by whichever thread, it takes the program's orders there.
 */
export interface Body {
  readonly body: number;
}

/** Several arguments as one, in order. */
export interface List {
  readonly list: readonly Argument[];
}

export type Argument = Value | Reference | Callback | Body | List;

/** Arguments by name, as the documentation names them; what is absent was not given. */
export type Args = Readonly<Record<string, Argument>>;

/** The callback that an argument is; undefined if it is none. */
export function callbackIn(argument: Argument): Callback | undefined {
  return typeof argument === 'object' && argument !== null && 'callback' in argument ? argument : undefined;
}

/** The object that an argument is, by position; undefined if it is none. */
export function referenceIn(argument: Argument): number | undefined {
  const refers = typeof argument === 'object' && argument !== null && 'object' in argument;
  return refers && !('callback' in argument) ? argument.object : undefined;
}

/** The program's thread that an argument is the body of, by position; undefined if it is of none. */
export function bodyIn(argument: Argument): number | undefined {
  return typeof argument === 'object' && argument !== null && 'body' in argument ? argument.body : undefined;
}

/** The arguments that an argument consists of; undefined if it is a single one. */
export function listIn(argument: Argument): readonly Argument[] | undefined {
  return typeof argument === 'object' && argument !== null && 'list' in argument ? argument.list : undefined;
}

/** True if the implementation starts the threads of a program with these objects. */
export function startsThreads(objects: readonly ObjectSpec[]): boolean {
  return objects.some(({ family }) => threadFamilies.some((own) => own === family));
}

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

/** The object that an argument is or looks at, by position; undefined if there is none. */
export function objectIn(argument: Argument): number | undefined {
  const callback = callbackIn(argument);
  return callback?.callback === 'reads' ? callback.object : referenceIn(argument);
}

/** Positions of the objects in an order in which they can be made: what others are given comes first. */
export function creationOrder(objects: readonly ObjectSpec[]): readonly number[] {
  const positions = objects.map((_, position) => position);
  const refers = (position: number): boolean =>
    Object.values(objects[position]?.args ?? {}).some((argument) => referenceIn(argument) !== undefined);
  return [...positions.filter((position) => !refers(position)), ...positions.filter(refers)];
}

/** The ways out of the body of a with-statement. */
export const exits = ['end', 'return', 'break', 'continue', 'throw'] as const;
export type Exit = (typeof exits)[number];

/** What a body that leaves by `return` gives back, and the name of the error of one that throws. */
export const bodyValue = 'body value';
export const bodyError = 'BodyError';

/** The name of the error of a callback that throws. */
export const callbackError = 'CallbackError';

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
