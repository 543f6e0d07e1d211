import type { Batch, BatchResult } from './controlled/batch.ts';
import type { JudgedBy } from '../judges.ts';
import type { ControlledEngine, JudgedExecution } from './controlled/batches.ts';
import type { Execution } from './controlled/execution.ts';

/**
 * The coroutine engine, as far as it comes; what it cannot run goes on real workers, under the same schedules. Traces
 * are the same on both.
 */
export class QuickEngine implements ControlledEngine {
  readonly #coroutines: ControlledEngine;
  readonly #workers: ControlledEngine;
  readonly #unusable: Set<string>;

  /** @param unusable gets why an implementation cannot be run by the coroutine engine; once it has, it is not tried again. */
  constructor(coroutines: ControlledEngine, workers: ControlledEngine, unusable: Set<string>) {
    this.#coroutines = coroutines;
    this.#workers = workers;
    this.#unusable = unusable;
  }

  async each(batch: Batch, see: (execution: Execution) => boolean): Promise<Pick<BatchResult, 'stopped'>> {
    // Another engine may find meanwhile that the implementation is unusable: this batch has run as far as it has.
    if (this.#unusable.size > 0) return this.#workers.each(batch, see);
    let seen = 0;
    const { stopped } = await this.#coroutines.each(batch, (execution) => {
      seen++;
      return see(execution);
    });
    if (stopped === undefined) return {};
    if (stopped.kind === 'unusable') this.#unusable.add(stopped.reason);
    // Only real workers can tell what a thread did that never came back.
    return this.#workers.each({ ...batch, schedules: batch.schedules.slice(seen) }, see);
  }

  /** Judged by the coroutine engine, as far as it can. */
  async judge(batch: Batch, by: JudgedBy): Promise<readonly JudgedExecution[] | undefined> {
    return this.#unusable.size > 0 ? undefined : this.#coroutines.judge?.(batch, by);
  }

  /** Searched by the coroutine engine; what it cannot run is told, and not tried again. */
  async search(
    ...task: Parameters<NonNullable<ControlledEngine['search']>>
  ): ReturnType<NonNullable<ControlledEngine['search']>> {
    for (const reason of this.#unusable) return { stopped: { kind: 'unusable', reason } };
    const found = await this.#coroutines.search?.(...task);
    if (found !== undefined && 'stopped' in found && found.stopped.kind === 'unusable') {
      this.#unusable.add(found.stopped.reason);
    }
    return found;
  }
}
