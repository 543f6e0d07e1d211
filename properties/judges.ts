import { automatonOf } from '../spec/families.ts';
import { callKey } from '../spec/judge/configuration.ts';
import { Judge, type JudgeOptions } from '../spec/judge/judge.ts';
import type { Profile } from '../spec/automaton.ts';
import type { ObjectSpec } from '../spec/program.ts';
import type { Surface } from './engines/baton/thread.ts';

/** Seconds by which timers of the platform may fire early, as seen from another thread. */
const realClockTolerance = 0.002;

/** One judge for all programs on the same objects, so that what it has worked out serves them all. */
export class Judges {
  readonly #judges = new Map<string, Judge>();
  readonly #pollingInterval: number;
  readonly #profile: Profile;

  /** @param surface how the implementation says that it keeps time, and what it is held to; see the contract. */
  constructor({ pollingInterval, profile }: Pick<Surface, 'pollingInterval' | 'profile'>) {
    this.#pollingInterval = pollingInterval;
    this.#profile = profile;
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
      judge = new Judge(objects, (family) => automatonOf(family, this.#profile), options);
      this.#judges.set(key, judge);
    }
    return judge;
  }
}

function keyOf(objects: readonly ObjectSpec[]): string {
  return objects.map(({ family, args }) => callKey({ object: 0, method: family, args })).join();
}
