import { Worker } from 'node:worker_threads';
import type { Questions } from '../question.ts';
import { type Fn, lowModuleOf } from './module.ts';

/** Threads that are started without a Thread object. */
export const alienQuestions: Questions = {
  /** Starts a worker of Node's own, which the implementation does not know of, and which runs this body. */
  startAlien: (_, { runs }, realm) => {
    const worker = new Worker(realm.moduleNamed('alien'), {
      workerData: realm.bodies.indexOf(runs as Fn),
    });
    worker.unref();
  },
  /** Starts a thread by the low-level function. */
  startRaw: (_, { runs }, realm) => void lowModuleOf(realm).startNewThread(runs, []),
};
