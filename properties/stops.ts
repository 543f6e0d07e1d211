import { familyOf, type Unit } from './plan.ts';
import type { Notice } from './run.ts';
import { describeStop, type UnitResult } from './runUnit.ts';
import { Tally } from './tally.ts';

/** Each costs a second or more and two workers: after so many the rest of a family is left out. */
const most = 3;

/** Counts the threads of a run that hung, crashed or ended the process. */
export class Stops {
  readonly #counts = new Map<string, number>();
  readonly #reasons = new Set<string>();
  readonly #unusable = new Set<string>();

  /** Remembers how a part of the run ended. */
  count({ unit, stopped }: UnitResult): void {
    if (stopped === undefined) return;
    if (stopped.kind === 'unusable') {
      this.#unusable.add(stopped.reason);
      return;
    }
    const family = familyOf(unit);
    this.#counts.set(family, (this.#counts.get(family) ?? 0) + 1);
    this.#reasons.add(`${family}: ${describeStop(stopped)}`);
  }

  /** What to say of a part of the run that is not worth beginning; undefined: begin it. */
  skip(unit: Unit): UnitResult | undefined {
    const family = familyOf(unit);
    if ((this.#counts.get(family) ?? 0) < most) return undefined;
    const reason = `left out after ${most} threads of ${family} did not come back`;
    return { unit, tally: new Tally(), inconclusive: { reason, blamed: [] } };
  }

  /** What a reader has to know of it. */
  *notices(): Generator<Notice> {
    for (const text of [...this.#unusable].sort()) yield { record: 'notice', text };
    for (const reason of [...this.#reasons].sort()) {
      yield { record: 'notice', text: `Workers were replaced. ${reason}.` };
    }
  }
}
