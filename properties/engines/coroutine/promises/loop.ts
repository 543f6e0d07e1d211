import type { Tasks } from '../../controlled/tasks.ts';
import { drive } from '../drive.ts';
import type { Running } from '../twins.ts';

/** What a promise has to be done when it is settled, in a turn of its own. */
export type Job = () => Running;

/** The jobs of one thread, first in, first out; where nobody plays it they are microtasks of the real thread. */
export interface Jobs {
  enqueue(job: Job): void;
  /** As `process.nextTick` has it. */
  tick(job: Job): void;
  /** A promise was rejected, and nobody has asked for it yet. */
  reject(promise: object, reason: unknown): void;
  /** Somebody asks for a promise that was rejected. */
  handle(promise: object): void;
  /** A promise that is none of these would never be settled. */
  refuse(): void;
  /** What the thread does when it has no jobs; undefined where nobody plays it. */
  readonly tasks: Tasks | undefined;
}

const microtask = queueMicrotask;
const tick = process.nextTick.bind(process);

const outside: Jobs = {
  enqueue: (job) => microtask(() => void drive(job())),
  tick: (job) => tick(() => void drive(job())),
  reject: () => {},
  handle: () => {},
  refuse: () => {},
  tasks: undefined,
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
