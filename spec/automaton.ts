import type { Outcome } from './history.ts';
import type { Args, Call, Family, ObjectSpec } from './program.ts';

/**
 * The executable specification of a family: every behaviour its documentation allows.
 *
 * `State` is an immutable plain value whose JSON text identifies it.
 */
export interface Automaton<State> {
  readonly family: Family;
  /**
   * The constructor: the state of a new object, or the error it must raise.
   * @param objects all of the program's, for arguments that refer to others.
   */
  create(args: Args, objects: readonly ObjectSpec[]): Creation<State>;
  /**
   * After how many seconds the call may give up; undefined if it never may.
   * @param args the constructor's: some objects have a time-out of their own.
   */
  timeout(call: Call, args: Args): number | undefined;
  /** Every step of the caller's pending call, open now or not. */
  steps(view: View<State>): readonly Step<State>[];
  /** Situations that a run has to reach to be worth anything; steps name them. */
  readonly labels: readonly string[];
}

/**
 * What a condition is held to. `strict`: it wakes as many waiters as it was asked to, and none without
 * being asked. `lax`: it may wake more, and may return without having been notified; both are documented.
 */
export type Profile = 'strict' | 'lax';

export type Creation<State> =
  | { readonly state: State; readonly rules: readonly string[] }
  | { readonly raises: string; readonly rules: readonly string[] };

/** What a pending call's next step may depend on. */
export interface View<State> {
  readonly state: State;
  readonly thread: number;
  readonly call: Call;
  /** Where the call stands; `requested` at first, then whatever its steps say. */
  readonly phase: string;
  /** Its time-out is over. */
  readonly expired: boolean;
  /** It was seen asleep. */
  readonly asleep: boolean;
  /** The other threads' pending calls that have no outcome yet, on the same object. */
  readonly others: readonly Pending[];
  /** The same, on other objects. */
  readonly elsewhere: readonly Pending[];
  /** The states of all objects of the program, by position. */
  readonly objects: readonly unknown[];
}

/** A call that has been made and has not returned. */
export interface Pending {
  readonly thread: number;
  readonly call: Call;
  readonly phase: string;
  readonly expired: boolean;
  readonly asleep: boolean;
}

/** One thing that the documentation says can happen to a pending call. */
export interface Step<State> {
  /** In the field's words: granted, expired, refused. */
  readonly name: string;
  /** The step is open in this state. */
  readonly open: boolean;
  /**
   * `now`: if nothing else happens it must happen; `eventually`: it must, if nothing else ever
   * happens, but may be late; `free`: it need not.
   */
  readonly due: 'now' | 'eventually' | 'free';
  /**
   * It is how the call ends. Once open it stays open, and no step of other calls rests on it: it is taken
   * when the call is seen to end, not before.
   */
  readonly atReturn?: true;
  /** The rules it rests on: taken, it is evidence for them. */
  readonly rules: readonly string[];
  /** The rules that are broken when it is due and never happens; default the first of {@link rules}. */
  readonly overdue?: readonly string[];
  /** The rules that are broken when its outcome is seen though the step is not open. */
  readonly forbidden?: readonly string[];
  /** The rules on what the outcome looks like: broken when the call ends, but with something else. */
  readonly shape?: readonly string[];
  /** Situations reached by taking it: some of the automaton's {@link Automaton.labels}. */
  readonly labels?: readonly string[];
  /** What the step makes of the object. Absent: nothing changes. */
  readonly state?: State;
  /** What it makes of other objects, by position: a condition gives up its lock. */
  readonly objects?: Readonly<Record<number, unknown>>;
  /** What becomes of other threads' pending calls, by thread. */
  readonly others?: Readonly<Record<number, Progress>>;
  /** What becomes of the call itself. */
  readonly then: Progress;
}

/**
 * The call goes on in another phase, at once or when a function that was handed over has been called and
 * has ended so; or its outcome is decided.
 */
export type Progress = { readonly phase: string; readonly runs?: Outcome } | Outcome;

/** Phase of every call when it is made. */
export const requested = 'requested';
