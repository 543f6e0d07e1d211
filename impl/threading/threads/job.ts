import type { TargetName } from './targets.ts';
import type { Installed } from './tracing.ts';

/** What a thread has to do, as it is posted to its worker. */
export interface Job {
  /** What to call; `given` stands for something that cannot be called, which only the thread finds out. */
  readonly target: TargetName | { readonly given: string } | undefined;
  readonly args: readonly unknown[];
  readonly kwargs: object | undefined;
  /** For a subclass of Thread: the class, and the object's own properties. */
  readonly object: { readonly class: TargetName; readonly properties: object } | undefined;
  /** What to call before the thread runs; undefined for a raw thread. */
  readonly tracing: Installed | undefined;
}

/** What the broker is told. */
export interface Order {
  readonly record: Int32Array<SharedArrayBuffer>;
  /** For the worker's name, as debuggers show it. */
  readonly name: string;
  /** Bytes; 0: as usual. */
  readonly stackSize: number;
  /** Where the worker finds the job; or the job itself, where no port can be posted. */
  readonly job: MessagePort | Job;
}

/** What a worker is made with. */
export interface Place {
  /** Leads to the broker: for orders, and for the worker's next threads. */
  readonly broker: MessagePort;
  /** One word: whether the worker is idle. Only the broker turns 1 into 0. */
  readonly idle: Int32Array<SharedArrayBuffer>;
  readonly first: Assignment;
  /** Whether the worker may be kept for other threads. */
  readonly keepable: boolean;
}

/** A thread for a worker. */
export interface Assignment {
  readonly record: Int32Array<SharedArrayBuffer>;
  readonly job: MessagePort;
}
