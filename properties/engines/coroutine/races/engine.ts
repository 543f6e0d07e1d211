import type { Batch, Patience, Stopped } from '../../controlled/batch.ts';
import { CoroutineEngine } from '../engine.ts';
import type { Race } from './race.ts';
import type { PlayedWithRaces } from './worker.ts';

/** The races of a batch, one for each pair of places, and what stopped it early. */
export interface RacesFound {
  readonly races: readonly Race[];
  readonly stopped?: Stopped;
}

/**
 * Runs programs as the coroutine engine does, on modules in which every plain access to shared memory is checked as well:
 * the same traces, in more time.
 */
export class RaceEngine {
  readonly #engine: CoroutineEngine;
  #played: (result: PlayedWithRaces) => void = () => {};

  constructor(patience: Partial<Patience> = {}) {
    this.#engine = new CoroutineEngine(patience, new URL('./worker', import.meta.url), (result) =>
      this.#played(result as PlayedWithRaces),
    );
  }

  /** Runs a program under each of the schedules, one batch at a time. */
  async races(batch: Batch): Promise<RacesFound> {
    const races = new Map<string, Race>();
    let seen = 0;
    this.#played = (result) => {
      for (const race of result.races) {
        const pair = [keyOf(race.first), keyOf(race.second)].sort().join();
        // Executions are counted from the first that is still to be shown.
        if (!races.has(pair)) races.set(pair, { ...race, execution: seen + race.execution });
      }
    };
    const { stopped } = await this.#engine.each(batch, () => {
      seen++;
      return true;
    });
    return { races: [...races.values()], ...(stopped && { stopped }) };
  }

  /** Ends the worker; it is started again when it is needed. */
  close(): Promise<void> {
    return this.#engine.close();
  }
}

function keyOf({ file, line, column }: Race['first']): string {
  return `${file}:${line}:${column}`;
}
