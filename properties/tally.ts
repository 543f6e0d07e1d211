import type { Evidence } from '../spec/judge/evidence.ts';

/** What has been seen of a rule so far. */
export interface RuleTally {
  exercised: number;
  interleavings: number;
  randomExecutions: number;
}

/** Counts of what executions were evidence for. Sums of tallies do not depend on the order of adding. */
export class Tally {
  executions = 0;
  readonly rules = new Map<string, RuleTally>();
  readonly labels = new Map<string, number>();

  /**
   * Counts one execution.
   * @param fresh this interleaving of this program was not seen before.
   * @param random the schedule was drawn at random.
   */
  add(evidence: readonly Evidence[], fresh: boolean, random: boolean): void {
    this.executions++;
    const once = new Set<string>();
    for (const { rules, labels } of evidence) {
      for (const rule of rules) {
        once.add(rule);
        this.rule(rule).exercised++;
      }
      for (const label of labels) this.labels.set(label, (this.labels.get(label) ?? 0) + 1);
    }
    for (const rule of once) this.#count(rule, fresh, random);
  }

  /** Counts an execution that was added as evidence for one more rule. */
  note(rule: string, fresh: boolean, random: boolean): void {
    this.rule(rule).exercised++;
    this.#count(rule, fresh, random);
  }

  #count(rule: string, fresh: boolean, random: boolean): void {
    const tally = this.rule(rule);
    if (fresh) tally.interleavings++;
    if (random) tally.randomExecutions++;
  }

  /** Adds another tally's counts. */
  merge(other: Tally): void {
    this.executions += other.executions;
    for (const [rule, counts] of other.rules) {
      const tally = this.rule(rule);
      tally.exercised += counts.exercised;
      tally.interleavings += counts.interleavings;
      tally.randomExecutions += counts.randomExecutions;
    }
    for (const [label, count] of other.labels) this.labels.set(label, (this.labels.get(label) ?? 0) + count);
  }

  /** The counts of a rule, to be changed in place. */
  rule(rule: string): RuleTally {
    let tally = this.rules.get(rule);
    if (tally === undefined) {
      tally = { exercised: 0, interleavings: 0, randomExecutions: 0 };
      this.rules.set(rule, tally);
    }
    return tally;
  }
}
