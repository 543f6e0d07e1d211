import { automatonOf } from '../spec/families.ts';
import { Judge, type JudgeOptions } from '../spec/judge/judge.ts';
import type { ObjectSpec } from '../spec/program.ts';

/** Seconds by which timers of the platform may fire early, as seen from another thread. */
const realClockTolerance = 0.002;

/** One judge for all programs on the same objects, so that what it has worked out serves them all. */
export class Judges {
  readonly #judges = new Map<string, Judge>();
  readonly #pollingInterval: number;

  /** @param pollingInterval seconds; see the contract. */
  constructor(pollingInterval: number) {
    this.#pollingInterval = pollingInterval;
  }

  /** The judge for programs on these objects. */
  for(objects: readonly ObjectSpec[]): Judge {
    return this.#judge(`virtual ${keyOf(objects)}`, objects, { pollingInterval: this.#pollingInterval });
  }

  /** The judge for programs on these objects whose threads run freely: their clocks may differ a little. */
  onRealClock(objects: readonly ObjectSpec[]): Judge {
    const options = { pollingInterval: this.#pollingInterval, clockTolerance: realClockTolerance };
    return this.#judge(`real ${keyOf(objects)}`, objects, options);
  }

  #judge(key: string, objects: readonly ObjectSpec[], options: JudgeOptions): Judge {
    let judge = this.#judges.get(key);
    if (judge === undefined) {
      judge = new Judge(objects, automatonOf, options);
      this.#judges.set(key, judge);
    }
    return judge;
  }
}

function keyOf(objects: readonly ObjectSpec[]): string {
  return objects.map(({ family, args }) => `${family}(${Object.entries(args).map(String).join(';')})`).join();
}
