import type { Family } from '../spec/program.ts';

/** The families that an implementation can provide, and the methods of each. */
export const methods = {
  lock: ['acquire', 'release', 'locked'],
  rlock: ['acquire', 'release', 'locked'],
  sem: ['acquire', 'release'],
  bsem: ['acquire', 'release'],
  event: ['isSet', 'set', 'clear', 'wait'],
} as const satisfies Partial<Record<Family, readonly string[]>>;

/** What an implementation may say it does not provide: methods of its families, and arguments of methods. */
export const omissible = {
  lock: ['locked', 'acquire.blocking', 'acquire.timeout'],
  rlock: ['locked', 'acquire.blocking', 'acquire.timeout'],
  sem: ['acquire.blocking', 'acquire.timeout', 'release.n'],
  bsem: ['acquire.blocking', 'acquire.timeout', 'release.n'],
  event: ['isSet', 'clear', 'wait.timeout'],
} as const satisfies Record<keyof typeof methods, readonly string[]>;

/** A family that an implementation can provide. */
export type ProvidedFamily = keyof typeof methods;

/** A method of one of these families. */
export type MethodOf<F extends ProvidedFamily> = (typeof methods)[F][number];

/** `blocking`: default true; false or 0: only try. `timeout`: default -1, without limit; else seconds. */
export type LockAcquireArgs = {
  readonly blocking?: boolean | number | undefined;
  readonly timeout?: number | undefined;
};

/** `blocking`: default true; false or 0: only try. `timeout`: default null, without limit; else seconds. */
export type SemaphoreAcquireArgs = {
  readonly blocking?: boolean | number | undefined;
  readonly timeout?: number | null | undefined;
};

/** `value`: default 1, how often a new semaphore can be acquired. */
export type SemaphoreArgs = { readonly value?: number | undefined };

/** `n`: default 1, how many units are given back. */
export type SemaphoreReleaseArgs = { readonly n?: number | undefined };

/** `timeout`: default null, without limit; else seconds. */
export type WaitArgs = { readonly timeout?: number | null | undefined };

type None = Readonly<Record<string, never>>;

/** The arguments of each method that takes any. */
interface ArgsOf {
  readonly lock: { readonly acquire: LockAcquireArgs };
  readonly rlock: { readonly acquire: LockAcquireArgs };
  readonly sem: { readonly acquire: SemaphoreAcquireArgs; readonly release: SemaphoreReleaseArgs };
  readonly bsem: { readonly acquire: SemaphoreAcquireArgs; readonly release: SemaphoreReleaseArgs };
  readonly event: { readonly wait: WaitArgs };
}

/** The arguments of a method, as one object; an argument that is absent was not given. */
export type MethodArgs<F extends ProvidedFamily, M> = M extends keyof ArgsOf[F] ? ArgsOf[F][M] : None;

/** What `create` is given: the constructor's arguments as one object, where it takes any. */
type CreateArgs<F extends ProvidedFamily> = F extends 'sem' | 'bsem' ? [args: SemaphoreArgs] : [];

/**
 * How one family is reached.
 *
 * `create` runs once, in one thread; what it returns is posted to every thread. `open` makes of
 * it, in every thread, the object whose methods are called. A method that is left out is the
 * object's own of the same name, called with the arguments as one object (without any, if there
 * are none). Durations are seconds, fractions allowed.
 */
export type Adapter<F extends ProvidedFamily, Memory, Opened> = {
  readonly create: (...args: CreateArgs<F>) => Memory;
  readonly open: (memory: Memory) => Opened;
} & { readonly [M in MethodOf<F>]?: (object: Opened, args: MethodArgs<F, M>) => unknown };

/** How the with-statement is reached: a function that runs a body, a guard that releases when disposed of, or both. */
export interface WithAdapter<Opened = never> {
  /** Runs the body while the object is held, gives it the value of entering, and returns what it returns. */
  readonly body?: (object: Opened, body: (value: unknown) => unknown) => unknown;
  /** Acquires the object and returns what releases it, as `using` takes it. */
  readonly guard?: (object: Opened) => Disposable;
}

/** A known exception to a rule, for a reason and for a time. A deviation from a rule that is kept fails the run. */
export interface Deviation {
  /** Id of the rule. */
  readonly rule: string;
  readonly reason: string;
  readonly link?: string;
  /** The last day it is accepted (UTC), as `2027-01-31`. */
  readonly until: string;
}

/** The documentation's kinds of error. */
export const errorKinds = [
  'RuntimeError',
  'ValueError',
  'OverflowError',
  'TypeError',
  'BrokenBarrierError',
  'Empty',
  'Full',
  'ShutDown',
] as const;

/** What is said of an implementation beside its families. */
export interface Description {
  /** Shown in reports. */
  readonly name: string;
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

/** What is judged, as the engines take it. Write one with {@link defineImplementation}, which knows more types. */
export interface Implementation extends Description {
  readonly lock?: Adapter<'lock', unknown, unknown>;
  readonly rlock?: Adapter<'rlock', unknown, unknown>;
  readonly sem?: Adapter<'sem', unknown, unknown>;
  readonly bsem?: Adapter<'bsem', unknown, unknown>;
  readonly event?: Adapter<'event', unknown, unknown>;
  readonly with?: WithAdapter;
}
