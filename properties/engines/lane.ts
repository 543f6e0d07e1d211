import { BatonEngine } from './baton/engine.ts';
import type { Patience } from './controlled/batch.ts';
import { CoroutineEngine } from './coroutine/engine.ts';

/** Engines that take turns: real workers, and coroutines that stand in for them. Lanes run beside each other. */
export class Lane {
  readonly workers: BatonEngine;
  readonly coroutines: CoroutineEngine;

  /** @param threads the most that a program has. */
  constructor(threads: number, patience: Partial<Patience> = {}) {
    this.workers = new BatonEngine(threads, patience);
    this.coroutines = new CoroutineEngine(patience);
  }

  /** Ends what takes cores and memory while others are at work; it is started again when it is needed. */
  async rest(): Promise<void> {
    await Promise.all([this.workers.rest(), this.coroutines.close()]);
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    await Promise.all([this.workers.close(), this.coroutines.close()]);
  }
}
