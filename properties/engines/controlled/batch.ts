import type { Program } from '../../../spec/program.ts';
import type { WithForm } from '../loaded.ts';
import type { Source } from '../source.ts';
import type { Execution } from './execution.ts';
import type { Schedule } from './schedule.ts';

/** A program, and the schedules to run it under. */
export interface Batch {
  readonly source: Source;
  readonly form: WithForm;
  readonly program: Program;
  readonly schedules: readonly Schedule[];
  /** Record every decision: default false. */
  readonly record?: boolean;
}

/** What came of a batch: the executions that ended, one a schedule from the first on, and what stopped it early. */
export interface BatchResult {
  readonly executions: readonly Execution[];
  readonly stopped?: Stopped;
}

/** Why a batch ended before its last schedule. */
export type Stopped =
  /** The module cannot be loaded, or its objects cannot be made and posted. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** A thread did not come back from this call, ended the process or crashed its worker. */
  | {
      readonly kind: 'hung' | 'exited' | 'crashed';
      readonly thread: number;
      readonly reason: string;
      /** What the execution had shown until then. */
      readonly execution: Omit<Execution, 'ending'>;
    };

/** How long the engine waits for a sign of life, in milliseconds. */
export interface Patience {
  /** In the middle of an execution, default 1500. */
  readonly execution: number;
  /** While a module is loaded and objects are made, default 8000. */
  readonly loading: number;
}
