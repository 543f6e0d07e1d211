import { callKey } from '../spec/judge/configuration.ts';
import { Judge, type JudgeOptions } from '../spec/judge/judge.ts';
import type { Family, ObjectSpec, Program } from '../spec/program.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';
import type { SpecificationAddress } from '../spec/specification.ts';
import type { Surface } from './engines/baton/thread.ts';

/** Seconds by which timers of the platform may fire early, as seen from another thread. */
const realClockTolerance = 0.002;

/** How an implementation says that it keeps time, and what it is held to; see the contract. Plain data. */
export interface JudgedBy extends Pick<Surface, 'pollingInterval' | 'profile'> {
  /** Where the specifications are that are not the documentation's: a worker that judges loads them. */
  readonly specifications: readonly SpecificationAddress[];
}

/** One judge for all programs on the same objects, so that what it has worked out serves them all. */
export class Judges {
  readonly by: JudgedBy;
  /** What is judged by. */
  readonly rulebook: Rulebook;
  readonly #judges = new Map<string, Judge>();
  readonly #most: number;

  /**
   * @param rulebook what is judged by; default the documentation's rules.
   * @param most explanations that all judges together keep in mind; about a kilobyte each.
   */
  constructor(
    { pollingInterval, profile }: Omit<JudgedBy, 'specifications'>,
    rulebook: Rulebook = documented,
    most = 50_000,
  ) {
    const specifications = rulebook.own.map(({ module, family }) => ({ module, family }));
    this.by = { pollingInterval, profile, specifications };
    this.rulebook = rulebook;
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
    const { rulebook } = this;
    const automatonOf = (family: Family) =>
      statements
        ? rulebook.automatonOf(family, this.by.profile)
        : rulebook.plainAutomatonOf(family, this.by.profile);
    const judge = this.#judges.get(key) ?? new Judge(objects, automatonOf, options);
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
