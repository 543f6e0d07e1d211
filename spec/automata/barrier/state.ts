import type { Pending } from '../../automaton.ts';
import type { Callback } from '../../program.ts';

/** What breaks a barrier, or sends its waiters away. */
export type Cause = 'abort' | 'time-out' | 'action' | 'reset';

/** Why a party does not pass: what has happened to it, or that it came to a broken barrier. */
export type Failure = Cause | 'own time-out' | 'earlier abort' | 'earlier break';

/** A barrier, its passages that have not been left by all, and what tells which rule a wrong answer breaks. */
export interface BarrierState {
  readonly parties: number;
  readonly action: Callback | null;
  /** Seconds, for waits that have no time-out of their own; null: without limit. */
  readonly timeout: number | null;
  readonly broken: Cause | null;
  readonly past: 'new' | 'passage' | 'reset';
  /** By tag: the parties' phases name it. A tag is used again when all have left. */
  readonly passages: readonly (Passage | null)[];
}

/** Parties that have all arrived, until the last of them has left. */
export interface Passage {
  /** The threads. */
  readonly members: readonly number[];
  /** The numbers that nobody has been given yet. */
  readonly left: readonly number[];
  /** Whether the action has still to be run, is run, or is over. */
  readonly action: 'due' | 'runs' | 'over';
  /** Why none of them passes. */
  readonly end: Cause | null;
  /** Aborted or reset when all had arrived: after an abort its parties may pass or fail. */
  readonly disturbed: 'abort' | 'reset' | null;
}

/** Arrived, and not all parties have. */
export const waiting = 'waiting';

/** The phase of a party of a passage, and of the one that runs its action. */
export function memberOf(tag: number): string {
  return `in ${tag}`;
}

export function actorOf(tag: number): string {
  return `acts in ${tag}`;
}

const failed = 'failed by ';

/** The phase of a party that will not pass. */
export function failedBy(cause: Failure): string {
  return `${failed}${cause}`;
}

/** The tag of the passage that a phase is about; undefined if it is about none. */
export function tagIn(phase: string): number | undefined {
  const digits = /^(?:acts )?in (\d+)$/u.exec(phase)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The cause in the phase of a party that will not pass; undefined if it may. */
export function causeIn(phase: string): Failure | undefined {
  return phase.startsWith(failed) ? (phase.slice(failed.length) as Failure) : undefined;
}

/** It waited, and will not pass. */
export function hasWaitedInVain({ phase }: Pending): boolean {
  const cause = causeIn(phase);
  return cause !== undefined && cause !== 'earlier abort' && cause !== 'earlier break';
}

/** Its parties may leave with their numbers. */
export function isOpen({ action, end }: Passage): boolean {
  return action === 'over' && end === null;
}

/** Those that wait for more parties. */
export function waitersAmong(others: readonly Pending[]): readonly Pending[] {
  return others.filter(({ phase }) => phase === waiting);
}

/** Those that belong to a passage. */
export function membersAmong(others: readonly Pending[], tag: number): readonly Pending[] {
  return others.filter(({ phase }) => tagIn(phase) === tag);
}

/** The state with another passage under a tag; null: all have left it. */
export function withPassage(state: BarrierState, tag: number, passage: Passage | null): BarrierState {
  const passages = Array.from({ length: Math.max(tag + 1, state.passages.length) }, (_, position) =>
    position === tag ? passage : (state.passages[position] ?? null),
  );
  while (passages.at(-1) === null) passages.pop();
  return { ...state, passages };
}

/** The state after a party, with a number or without one, has left its passage. */
export function withoutParty(
  state: BarrierState,
  tag: number,
  others: readonly Pending[],
  number?: number,
): BarrierState {
  const passage = state.passages[tag] as Passage;
  if (membersAmong(others, tag).length === 0) return withPassage(state, tag, null);
  return withPassage(state, tag, { ...passage, left: passage.left.filter((own) => own !== number) });
}

/** The state with every passage changed. */
export function withPassages(state: BarrierState, change: (passage: Passage) => Passage): BarrierState {
  return { ...state, passages: state.passages.map((passage) => passage && change(passage)) };
}
