import type { Profile } from '../spec/automaton.ts';
import type { methods } from './methods.ts';
import type { Provided } from './provide.ts';
import type { ThreadNamespace } from './threadNamespace.ts';

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

/** `lock`: default a new RLock; else a lock of the same implementation, as `open` returned it. */
export type ConditionArgs<Lock = unknown> = { readonly lock?: Lock | null | undefined };

/** `predicate` is called with the lock held. `timeout`: default null, without limit; else seconds for the whole call. */
export type WaitForArgs = {
  readonly predicate: () => unknown;
  readonly timeout?: number | null | undefined;
};

/** `n`: default 1, how many waiters are woken. */
export type NotifyArgs = { readonly n?: number | undefined };

/**
 * `parties`: how many threads pass together. `timeout`: default null; else seconds, for waits that have none
 * of their own. `action`: one of the parties calls it before any goes on. Functions cannot be posted: each
 * thread has its own, which `open` is given.
 */
export type BarrierArgs = {
  readonly parties: number;
  readonly action?: (() => unknown) | null | undefined;
  readonly timeout?: number | null | undefined;
};

/** `maxsize`: default 0; the most items there may be; 0 and below: any number. */
export type QueueArgs = { readonly maxsize?: number | undefined };

/** `block`: default true; false: only try. `timeout`: default null, without limit; else seconds. */
export type GetArgs = {
  readonly block?: boolean | number | undefined;
  readonly timeout?: number | null | undefined;
};

/** What is put, and how; see {@link GetArgs}. */
export type PutArgs = GetArgs & { readonly item: unknown };

/** What is put. */
export type PutNowaitArgs = { readonly item: unknown };

/** `immediate`: default false; true: the items that are left are dropped. */
export type ShutdownArgs = { readonly immediate?: boolean | undefined };

type None = Readonly<Record<string, never>>;

interface QueueMethodArgs {
  readonly put: PutArgs;
  readonly get: GetArgs;
  readonly putNowait: PutNowaitArgs;
  readonly shutdown: ShutdownArgs;
  readonly assign: QueueArgs;
}

/** The arguments of each method that takes any. */
interface ArgsOf {
  readonly lock: { readonly acquire: LockAcquireArgs };
  readonly rlock: { readonly acquire: LockAcquireArgs };
  readonly sem: { readonly acquire: SemaphoreAcquireArgs; readonly release: SemaphoreReleaseArgs };
  readonly bsem: { readonly acquire: SemaphoreAcquireArgs; readonly release: SemaphoreReleaseArgs };
  readonly event: { readonly wait: WaitArgs };
  readonly cond: {
    readonly acquire: LockAcquireArgs;
    readonly wait: WaitArgs;
    readonly waitFor: WaitForArgs;
    readonly notify: NotifyArgs;
  };
  readonly barrier: {
    readonly wait: WaitArgs;
    /** Attributes by name, to be set to these values. */
    readonly assign: Readonly<Record<string, unknown>>;
  };
  readonly queue: QueueMethodArgs;
  readonly lifo: QueueMethodArgs;
  readonly prio: QueueMethodArgs;
  readonly simpleq: { readonly put: PutArgs; readonly get: GetArgs; readonly putNowait: PutNowaitArgs };
}

/** The arguments of each constructor that takes any. */
interface CreateArgsOf {
  readonly sem: SemaphoreArgs;
  readonly bsem: SemaphoreArgs;
  readonly cond: ConditionArgs;
  readonly barrier: BarrierArgs;
  readonly queue: QueueArgs;
  readonly lifo: QueueArgs;
  readonly prio: QueueArgs;
}

/** The arguments of a method, as one object; an argument that is absent was not given. */
export type MethodArgs<F extends ProvidedFamily, M> = M extends keyof ArgsOf[F] ? ArgsOf[F][M] : None;

/** What `create` is given: the constructor's arguments as one object, where it takes any. */
type CreateArgs<F extends ProvidedFamily> = F extends keyof CreateArgsOf ? [args: CreateArgsOf[F]] : [];

/** What `open` is given beside the memory: the constructor's arguments again, as this thread has them. */
type OpenArgs<F extends ProvidedFamily> = F extends keyof CreateArgsOf ? CreateArgsOf[F] : None;

/**
 * How one family is reached.
 *
 * `create` runs once, in one thread; what it returns is posted to every thread. `open` makes of
 * it, in every thread, the object whose methods are called; it is given the constructor's arguments
 * as this thread has them: other objects as it opened them, functions of its own. A method that is
 * left out is the object's own of the same name, called with the arguments as one object (without
 * any, if there are none). Durations are seconds, fractions allowed.
 */
export type Adapter<F extends ProvidedFamily, Memory, Opened> = {
  readonly create: (...args: CreateArgs<F>) => Memory;
  readonly open: (memory: Memory, args: OpenArgs<F>) => Opened;
} & { readonly [M in MethodOf<F>]?: (object: Opened, args: MethodArgs<F, M>) => unknown };

/** How the with-statement is reached: a function that runs a body, a guard that releases when disposed of, or both. */
export interface WithAdapter<Opened = never> {
  /** Runs the body while the object is held, gives it the value of entering, and returns what it returns. */
  readonly body?: (object: Opened, body: (value: unknown) => unknown) => unknown;
  /** Acquires the object and returns what releases it, as `using` takes it, or a promise of that. */
  readonly guard?: (object: Opened) => Disposable | PromiseLike<Disposable>;
}

/** A known exception to a rule, for a reason and for a time. A deviation from a rule that is kept fails the run. */
export interface Deviation {
  /** Id of the rule. */
  readonly rule: string;
  readonly reason: string;
  readonly link?: string;
  /** The last day it is accepted (UTC), as `2027-01-31`. */
  readonly until: string;
  /** It shows in some executions only, which nobody can choose: that it is not seen is not held against it. */
  readonly seldom?: boolean;
}

/** Plain accesses that may race with others, for a reason. One that is seen to race with nothing is told. */
export interface BenignRace {
  /** The file, as much of the end of its path as tells it from others: `counter.ts`. */
  readonly file: string;
  /** The function, as reports name it: `peek`, or `Counter.peek` for a method. Default: all of the file. */
  readonly function?: string;
  readonly reason: string;
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
  'AssertionError',
  'AttributeError',
  'SystemExit',
  'KeyboardInterrupt',
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
  readonly benignRaces?: readonly BenignRace[];
  /** Default 0 seconds: for implementations that look again at intervals instead of being woken. */
  readonly pollingInterval?: number;
  /** What its conditions are held to, default `strict`. */
  readonly profile?: Profile;
  /** Primitives of your own, each as `provide` returns it. */
  readonly own?: readonly Provided[];
  /** Its threads: the namespace of a module such as `lockproof/threading`. */
  readonly threading?: ThreadNamespace;
  /** The single-threaded stand-in for the same: a namespace such as `lockproof/dummy_threading`. */
  readonly dummyThreading?: ThreadNamespace;
}

/** What is judged, as the engines take it. Write one with {@link defineImplementation}, which knows more types. */
export interface Implementation extends Description {
  readonly lock?: Adapter<'lock', unknown, unknown>;
  readonly rlock?: Adapter<'rlock', unknown, unknown>;
  readonly sem?: Adapter<'sem', unknown, unknown>;
  readonly bsem?: Adapter<'bsem', unknown, unknown>;
  readonly event?: Adapter<'event', unknown, unknown>;
  readonly cond?: Adapter<'cond', unknown, unknown>;
  readonly barrier?: Adapter<'barrier', unknown, unknown>;
  readonly queue?: Adapter<'queue', unknown, unknown>;
  readonly lifo?: Adapter<'lifo', unknown, unknown>;
  readonly prio?: Adapter<'prio', unknown, unknown>;
  readonly simpleq?: Adapter<'simpleq', unknown, unknown>;
  readonly with?: WithAdapter;
}
