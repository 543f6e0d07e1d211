import type { Level } from '../spec/catalogue.ts';
import type { History } from '../spec/history.ts';
import type { Program } from '../spec/program.ts';
import type { Access } from './engines/coroutine/races/race.ts';
import type { TraceStep } from './engines/trace.ts';

/** What a run says of a rule. For `may` rules: whether the freedom was used. */
export type RuleVerdict =
  | 'kept'
  | 'broken'
  | 'unexercised'
  | 'not provided'
  | 'not applicable'
  | 'deviates'
  | 'inconclusive'
  | 'used'
  | 'unused';

/** What a run says as a whole, and the exit code that goes with it. */
export const runVerdicts = { conforms: 0, broken: 1, inconclusive: 2, vacuous: 3 } as const;
export type RunVerdict = keyof typeof runVerdicts;

/** How much work a run does. */
export type Budget = 'quick' | 'standard' | 'thorough';

/**
 * One record of a run. In order: `run`, then `counterexample`s, `race`s, `rule`s, `label`s and `notice`s,
 * then `end`. Apart from the fields named `startedAt` and `seconds`, the same seed on the same
 * implementation gives the same records; of what runs in processes, real clocks also decide the times in histories
 * and which freedoms were seen to be used.
 */
export type RunRecord = RunStart | Counterexample | RaceResult | RuleResult | LabelResult | Notice | RunEnd;

export interface RunStart {
  readonly record: 'run';
  /** Version of the format of run files. */
  readonly format: 1;
  /** Version of Lockproof. */
  readonly lockproof: string;
  readonly implementation: string;
  /** The module as its user named it; empty for the reference. */
  readonly module: string;
  readonly seed: number;
  readonly budget: Budget;
  /** The weakest level whose broken rules fail the run. */
  readonly level: Level;
  readonly families: readonly string[];
  /** Globs that the rules were chosen by. */
  readonly rules: readonly string[];
  readonly startedAt: string;
}

export interface RuleResult {
  readonly record: 'rule';
  readonly rule: string;
  readonly family: string;
  readonly level: Level;
  readonly statement: string;
  /** What to look at first when it fails; only of rules that are not the documentation's. */
  readonly lookAt?: string;
  readonly verdict: RuleVerdict;
  /** How many calls and examples were evidence for it. */
  readonly exercised: number;
  /** Different interleavings among the executions that were. */
  readonly interleavings: number;
  /** Executions on schedules drawn at random that were evidence for it: none failed if it is kept. */
  readonly randomExecutions: number;
  /** Why the verdict is what it is, where that is not plain. */
  readonly reason?: string;
  /** The counterexample that breaks it. */
  readonly counterexample?: number;
}

/** A program and a schedule of an implementation that does not do what a rule says. */
export interface Counterexample {
  readonly record: 'counterexample';
  /** Counted from 1 in the run. */
  readonly number: number;
  /** The rules it breaks, the one that says most about it first. */
  readonly rules: readonly string[];
  /** `coroutine`: only in a replay, for what it finds in a run is confirmed by `baton`. `process`: an example whose threads the implementation starts, or a program of its own. */
  readonly engine: 'lockstep' | 'baton' | 'coroutine' | 'free' | 'process';
  /** `stuck`: a call sleeps that had to go on; `livelock`: it does not sleep, but spins for ever. */
  readonly kind: 'broken' | 'stuck' | 'livelock';
  readonly program: Program;
  readonly history: History;
  /** The event in the history that nothing explains, and the thread whose call it is. */
  readonly event: number;
  readonly thread: number;
  readonly expected: readonly string[];
  readonly seen: string;
  /** What happened in the way of atomic steps; empty where the engine does not see them. */
  readonly trace: readonly TraceStep[];
  /** Times that a thread that could have gone on had to let another one go on. */
  readonly preemptions: number;
  /** What `lockproof replay` takes; absent where the engine cannot repeat it. */
  readonly token?: string;
  /** What was tried to make it smaller, in a sentence. */
  readonly minimality: string;
  /** Executions until it was found. */
  readonly foundAfter: number;
}

/**
 * Two accesses to the same shared memory by different threads that nothing orders: one of them is a write, one of them
 * plain. There is one record for each pair of places.
 */
export interface RaceResult {
  readonly record: 'race';
  /** Counted from 1 in the run. */
  readonly number: number;
  /** The one that came first in the execution that showed it; files from where the run was begun. */
  readonly first: Access;
  readonly second: Access;
  /** Which of the implementation's memories, from 1, and which byte of it. */
  readonly memory: number;
  readonly byte: number;
  readonly program: Program;
  /** What `lockproof replay` takes. */
  readonly token: string;
  /** Why it does no harm, if the implementation says so. */
  readonly declared?: string;
}

/** A situation that a family's programs have to reach. */
export interface LabelResult {
  readonly record: 'label';
  readonly family: string;
  readonly label: string;
  readonly reached: number;
}

/** Something a reader has to know: a part left out, a worker that had to be replaced. */
export interface Notice {
  readonly record: 'notice';
  readonly text: string;
}

export interface RunEnd {
  readonly record: 'end';
  readonly verdict: RunVerdict;
  /** Why, in a sentence. */
  readonly reason: string;
  readonly executions: number;
  readonly seconds: number;
}
