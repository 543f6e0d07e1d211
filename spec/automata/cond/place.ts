import { type Pending, requested, type View } from '../../automaton.ts';
import type { Call, Value } from '../../program.ts';
import { outcomeKey } from '../../judge/configuration.ts';
import { waitArguments } from './arguments.ts';

/** Where a wait or a waitFor stands. */
export type Place =
  | { readonly at: 'requested' }
  | Waiting
  | Woken
  /** Gave the lock up for a time-out that cannot be, and has to take it back before it says so. */
  | { readonly at: 'failing'; readonly depth: number; readonly raises: string }
  | Holding
  | Looked
  /** The predicate threw. */
  | { readonly at: 'thrown' };

/** A waiter: the lock is given up. */
export interface Waiting {
  readonly at: 'waiting';
  /** The levels that were given up. */
  readonly depth: number;
  /** What did not mean it: a notification of others, of nobody (n = 0), of another condition's waiters. */
  readonly spared?: 'others' | 'nobody' | 'foreign';
  /** The last notification that spared it went to a waiter whose time was over. */
  readonly absorbed?: true;
  /** Its time was over before it began to wait once more: its own clock may be a little behind. */
  readonly late?: true;
}

/** Notified: it has to take the lock back. */
export interface Woken {
  readonly at: 'woken';
  readonly depth: number;
  /** How many were meant: one, several, all. */
  readonly among: 'one' | 'some' | 'all';
  readonly notifier: number;
  /** It was never seen asleep: the notification came while it was falling asleep. */
  readonly falling?: true;
  /** Its time was over before. */
  readonly tardy?: true;
}

/** A waitFor that has the lock again, and looks at its predicate next. */
export interface Holding {
  readonly at: 'holding';
  readonly after: 'notification' | 'expiry';
  readonly late?: true;
}

/** The predicate was looked at. */
export interface Looked {
  readonly at: 'looked';
  readonly value: Value;
  /** How often in a row. */
  readonly looks: number;
  /** It has waited before. */
  readonly waited: boolean;
  readonly late?: true;
  /** By a thread that has not got the lock. */
  readonly unowned?: true;
}

const places = new Map<string, Place>([[requested, { at: 'requested' }]]);

/** A place as a call's phase. */
export function phaseOf(place: Place): { readonly phase: string } {
  // JSON has no NaN, and no -0.
  const text = place.at === 'looked' ? { ...place, value: outcomeKey({ returns: place.value }) } : place;
  const phase = JSON.stringify(text);
  if (!places.has(phase)) places.set(phase, place);
  return { phase };
}

/**
 * The place of a pending wait or waitFor.
 * @throws RangeError if the phase is none that {@link phaseOf} gave.
 */
export function placeOf({ phase }: Pick<Pending, 'phase'>): Place {
  const place = places.get(phase);
  if (place === undefined) throw new RangeError(`No wait is in the phase '${phase}'.`);
  return place;
}

/** True for the calls that wait for a notification. */
export function isWait({ method }: Call): boolean {
  return method === 'wait' || method === 'waitFor';
}

/** True if the call has waited as long as it may. */
export function isOver({ call, expired }: Pick<View<unknown>, 'call' | 'expired'>): boolean {
  return expired || waitArguments(call).kind === 'poll';
}

/** A pending call that is a waiter. */
export interface Waiter extends Pending {
  readonly place: Waiting;
}

/** Those of the calls that are waiters. */
export function waitersAmong(calls: readonly Pending[]): readonly Waiter[] {
  return calls.flatMap((other) => {
    const place = isWait(other.call) ? placeOf(other) : undefined;
    return place?.at === 'waiting' ? [{ ...other, place }] : [];
  });
}
