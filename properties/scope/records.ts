import type { Counterexample, RunVerdict } from '../run.ts';

/** One record of a file on the small scope. In order: `scope`, then `part`s, each behind its `counterexample`s, then `end`. */
export type ScopeRecord = ScopeStart | ScopePart | Counterexample | ScopeEnd;

export interface ScopeStart {
  readonly record: 'scope';
  /** Version of the format. */
  readonly format: 1;
  /** Version of Lockproof. */
  readonly lockproof: string;
  readonly implementation: string;
  /** The module as its user named it; empty for the reference. */
  readonly module: string;
  /** The most preemptions of a schedule. */
  readonly preemptions: number;
  readonly families: readonly string[];
  /** Which parts of the whole: every `of`-th, from the one at `index` (counted from 1) on. */
  readonly shard: { readonly index: number; readonly of: number };
}

/** Some of the programs of a family: all their schedules with few preemptions. */
export interface ScopePart {
  readonly record: 'part';
  readonly family: string;
  /** Counted from 1 in the family. */
  readonly part: number;
  readonly programs: number;
  /** Schedules that were run; those that lead to a state that is known end there. */
  readonly executions: number;
  /** Different states at the decisions; 0 where only real workers ran the programs. */
  readonly states: number;
  /** Programs with an execution that no documented behaviour looks like: their search ended there. */
  readonly refused: number;
  /** Programs that have schedules left, for the budget was spent or a thread had to be given up. */
  readonly left: number;
  /** The rules that something was evidence for. */
  readonly rules: readonly string[];
  /** Why real workers ran the programs. */
  readonly onWorkers?: string;
}

export interface ScopeEnd {
  readonly record: 'end';
  readonly verdict: RunVerdict;
  /** Why, in a sentence. */
  readonly reason: string;
  readonly seconds: number;
}
