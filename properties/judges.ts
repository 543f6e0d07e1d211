import { automatonOf, plainAutomatonOf } from '../spec/families.ts';
import { callKey } from '../spec/judge/configuration.ts';
import { Judge, type JudgeOptions } from '../spec/judge/judge.ts';
import type { ObjectSpec, Program } from '../spec/program.ts';
import type { Surface } from './engines/baton/thread.ts';

/** Seconds by which timers of the platform may fire early, as seen from another thread. */
const realClockTolerance = 0.002;

/** How an implementation says that it keeps time, and what it is held to; see the contract. */
export type JudgedBy = Pick<Surface, 'pollingInterval' | 'profile'>;

/** One judge for all programs on the same objects, so that what it has worked out serves them all. */
export class Judges {
  readonly by: JudgedBy;
  readonly #judges = new Map<string, Judge>();
  readonly #most: number;

  /**
   * @param most explanations that all judges together keep in mind; about a kilobyte each.
   */
  constructor({ pollingInterval, profile }: JudgedBy, most = 50_000) {
    this.by = { pollingInterval, profile };
    this.#most = most;
  }

  /** The judge for this program, and for others on the same objects. */
  for(program: Program): Judge {
    return this.#judge('virtual', program, { pollingInterval: this.by.pollingInterval });
  }

  /** The judge for this program if its threads run freely: their clocks may differ a little. */
  onRealClock(program: Program): Judge {
    const options = { pollingInterval: this.by.pollingInterval, clockTolerance: realClockTolerance };
    return this.#judge('real', program, options);
  }

  #judge(clock: string, { objects, threads }: Program, options: JudgeOptions): Judge {
    // Statements are told apart: without them there is less to keep in mind.
    const statements = threads.some((calls) => calls.some(({ method }) => method === 'with'));
    const key = `${clock} ${statements} ${keyOf(objects)}`;
    const specification = statements ? automatonOf : plainAutomatonOf;
    const judge =
      this.#judges.get(key) ??
      new Judge(objects, (family) => specification(family, this.by.profile), options);
    // A Map iterates in the order of setting: who was asked last stands last.
    this.#judges.delete(key);
    this.#judges.set(key, judge);
    this.#forget();
    return judge;
  }

  /** Lets go of the judges that were not asked for longest, as long as all together have too much in mind. */
  #forget(): void {
    let size = 0;
    for (const judge of this.#judges.values()) size += judge.size;
    for (const [key, judge] of this.#judges) {
      if (size <= this.#most || this.#judges.size === 1) return;
      size -= judge.size;
      this.#judges.delete(key);
    }
  }
}

function keyOf(objects: readonly ObjectSpec[]): string {
  return objects.map(({ family, args }) => callKey({ object: 0, method: family, args })).join();
}
