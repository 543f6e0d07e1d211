import { drive } from '../drive.ts';
import type { Running } from '../twins.ts';

/** What a promise has to be done when it is settled, in a turn of its own. */
export type Job = () => Running;

/** The jobs of one thread, first in, first out; where nobody plays it they are microtasks of the real thread. */
export interface Jobs {
  enqueue(job: Job): void;
  /** A promise was rejected, and nobody has asked for it yet. */
  reject(promise: object, reason: unknown): void;
  /** Somebody asks for a promise that was rejected. */
  handle(promise: object): void;
}

const microtask = queueMicrotask;

const outside: Jobs = {
  enqueue: (job) => microtask(() => void drive(job())),
  reject: () => {},
  handle: () => {},
};

let inside: () => Jobs | undefined = () => undefined;

/** From now on jobs are those of the thread that this names; undefined: of the real one. */
export function jobsIn(played: () => Jobs | undefined): void {
  inside = played;
}

/** The jobs of the thread that runs. */
export function jobs(): Jobs {
  return inside() ?? outside;
}
