import type { Args, Family } from '../spec/program.ts';

/** The families that an implementation can provide, and the methods of each. */
export const methods = {
  lock: ['acquire', 'release', 'locked'],
  rlock: ['acquire', 'release', 'locked'],
  sem: ['acquire', 'release'],
  bsem: ['acquire', 'release'],
  event: ['isSet', 'set', 'clear', 'wait'],
} as const satisfies Partial<Record<Family, readonly string[]>>;

/** A family that an implementation can provide. */
export type ProvidedFamily = keyof typeof methods;

/**
 * How one family is reached.
 *
 * `create` runs once, in one thread, with the constructor's arguments as one object (without
 * any, if there are none); what it returns is posted to every thread. `open` makes of it, in
 * every thread, the object whose methods are called. A method that is left out defaults to the
 * object's own of the same name, called with the arguments as one object (without any, if
 * there are none).
 */
export type Adapter<F extends ProvidedFamily, Memory, Opened> = {
  readonly create: (args?: Args) => Memory;
  readonly open: (memory: Memory) => Opened;
} & { readonly [M in (typeof methods)[F][number]]?: (object: Opened, args: Args) => unknown };

/** How the with-statement is reached: a function that runs a body, a guard that releases when disposed of, or both. */
export interface WithAdapter {
  /** Runs the body while the object is held, gives it the value of entering, and returns what it returns. */
  readonly body?: (object: never, body: (value: unknown) => unknown) => unknown;
  /** Acquires the object and returns what releases it, as `using` takes it. */
  readonly guard?: (object: never) => Disposable;
}

/** A known exception to a rule, for a reason and for a time. A deviation from a rule that is kept fails the run. */
export interface Deviation {
  /** Id of the rule. */
  readonly rule: string;
  readonly reason: string;
  readonly link?: string;
  /** The last day it is accepted, as `2027-01-31`. */
  readonly until: string;
}

/** What is judged. */
export interface Implementation {
  readonly name: string;
  readonly lock?: Adapter<'lock', unknown, unknown>;
  readonly rlock?: Adapter<'rlock', unknown, unknown>;
  readonly sem?: Adapter<'sem', unknown, unknown>;
  readonly bsem?: Adapter<'bsem', unknown, unknown>;
  readonly event?: Adapter<'event', unknown, unknown>;
  readonly with?: WithAdapter;
  /**
   * Errors by the documentation's name, where an implementation has its own: the class, or the
   * `name` of its instances. Default: an error is what its `name` says.
   */
  readonly errors?: Readonly<Record<string, string | (abstract new (...args: never) => unknown)>>;
  /** What is deliberately left out: a method (`lock.locked`) or an argument (`lock.acquire.timeout`). */
  readonly notProvided?: readonly string[];
  readonly deviations?: readonly Deviation[];
  /** Default 0 seconds: for implementations that look again at intervals instead of being woken. */
  readonly pollingInterval?: number;
}
