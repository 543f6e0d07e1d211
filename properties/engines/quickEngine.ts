import type { Batch, BatchResult, Stopped } from './controlled/batch.ts';
import type { ControlledEngine } from './controlled/batches.ts';
import type { Execution } from './controlled/execution.ts';
import type { CoroutineEngine } from './coroutine/engine.ts';

/**
 * The coroutine engine, as far as it comes; what it cannot run goes on real workers, under the same schedules. Traces
 * are the same on both.
 */
export class QuickEngine implements ControlledEngine {
  readonly #coroutines: CoroutineEngine;
  readonly #workers: ControlledEngine;
  readonly #unusable: Set<string>;

  /** @param unusable gets why an implementation cannot be run by the coroutine engine; once it has, it is not tried again. */
  constructor(coroutines: CoroutineEngine, workers: ControlledEngine, unusable: Set<string>) {
    this.#coroutines = coroutines;
    this.#workers = workers;
    this.#unusable = unusable;
  }

  async each(batch: Batch, see: (execution: Execution) => boolean): Promise<Pick<BatchResult, 'stopped'>> {
    let seen = 0;
    const stopped =
      this.#unusable.size > 0
        ? undefined
        : await this.#play(batch, (execution) => {
            seen++;
            return see(execution);
          });
    if (stopped === undefined && this.#unusable.size === 0) return {};
    // Only real workers can tell what a thread did that never came back.
    return this.#workers.each({ ...batch, schedules: batch.schedules.slice(seen) }, see);
  }

  async #play(batch: Batch, see: (execution: Execution) => boolean): Promise<Stopped | undefined> {
    const { stopped } = await this.#coroutines.each(batch, see);
    if (stopped?.kind === 'unusable') this.#unusable.add(stopped.reason);
    return stopped;
  }
}
