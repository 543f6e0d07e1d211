import type { Automaton } from '../automaton.ts';
import type { History } from '../history.ts';
import type { ObjectSpec, Program } from '../program.ts';
import { Explanations, type JudgeOptions } from './explanations.ts';
import { Trial } from './trial.ts';
import { allowed, type Verdict } from './verdict.ts';

export type { JudgeOptions } from './explanations.ts';

/**
 * Decides whether histories of programs on the same objects are allowed.
 *
 * Keeps, event by event, every explanation that the automata offer for what was seen
 * (just-in-time linearization, Lowe 2017, with steps between request and response). What an
 * event does to a set of explanations is computed once and remembered, so that judging many
 * similar histories costs a look-up an event.
 */
export class Judge {
  readonly #explanations: Explanations;

  /**
   * @param objects the objects of the programs to come.
   * @param automatonOf the specification of a family.
   */
  constructor(
    objects: readonly ObjectSpec[],
    automatonOf: (family: ObjectSpec['family']) => Automaton<unknown>,
    options: JudgeOptions = {},
  ) {
    this.#explanations = new Explanations(objects, automatonOf, options);
  }

  /** Seconds for which a call may sleep although it could go on. */
  get pollingInterval(): number {
    return this.#explanations.options.pollingInterval;
  }

  /** How much it has in mind: explanations, in all the sets of them that it has met. */
  get size(): number {
    return this.#explanations.size;
  }

  /** A new trial, for one history of this program. */
  begin(program: Program): Trial {
    return new Trial(this.#explanations, program);
  }

  /** The verdict on a whole history. */
  judge(program: Program, history: History): Verdict {
    const trial = this.begin(program);
    for (const event of history) {
      const verdict = trial.feed(event);
      if (verdict.kind !== 'allowed') return verdict;
    }
    return allowed;
  }
}
