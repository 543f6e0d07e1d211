import { callKey } from '../spec/judge/configuration.ts';
import { Judge, type JudgeOptions } from '../spec/judge/judge.ts';
import type { Profile } from '../spec/automaton.ts';
import type { Family, ObjectSpec, Program } from '../spec/program.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';
import type { Surface } from './engines/baton/thread.ts';

/** Seconds by which timers of the platform may fire early, as seen from another thread. */
const realClockTolerance = 0.002;

/** One judge for all programs on the same objects, so that what it has worked out serves them all. */
export class Judges {
  /** What is judged by. */
  readonly rulebook: Rulebook;
  readonly #judges = new Map<string, Judge>();
  readonly #pollingInterval: number;
  readonly #profile: Profile;
  readonly #most: number;

  /**
   * @param surface how the implementation says that it keeps time, and what it is held to; see the contract.
   * @param rulebook what is judged by; default the documentation's rules.
   * @param most explanations that all judges together keep in mind; about a kilobyte each.
   */
  constructor(
    { pollingInterval, profile }: Pick<Surface, 'pollingInterval' | 'profile'>,
    rulebook: Rulebook = documented,
    most = 50_000,
  ) {
    this.rulebook = rulebook;
    this.#pollingInterval = pollingInterval;
    this.#profile = profile;
    this.#most = most;
  }

  /** The judge for this program, and for others on the same objects. */
  for(program: Program): Judge {
    return this.#judge('virtual', program, { pollingInterval: this.#pollingInterval });
  }

  /** The judge for this program if its threads run freely: their clocks may differ a little. */
  onRealClock(program: Program): Judge {
    const options = { pollingInterval: this.#pollingInterval, clockTolerance: realClockTolerance };
    return this.#judge('real', program, options);
  }

  #judge(clock: string, { objects, threads }: Program, options: JudgeOptions): Judge {
    // Statements are told apart: without them there is less to keep in mind.
    const statements = threads.some((calls) => calls.some(({ method }) => method === 'with'));
    const key = `${clock} ${statements} ${keyOf(objects)}`;
    const { rulebook } = this;
    const automatonOf = (family: Family) =>
      statements
        ? rulebook.automatonOf(family, this.#profile)
        : rulebook.plainAutomatonOf(family, this.#profile);
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
