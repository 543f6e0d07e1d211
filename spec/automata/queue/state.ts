import type { Item } from './items.ts';

/** A queue, with as much of its past as tells which rule a wrong answer breaks. */
export interface QueueState {
  readonly items: readonly Item[];
  /** The most items there may be; 0 and below: any number. */
  readonly maxsize: number;
  /** `raised`: while somebody may have slept for room; such sleepers need not notice. */
  readonly limit: 'given' | 'assigned' | 'raised';
  /** How many tasks are unfinished; 0 where they are not counted. */
  readonly unfinished: number;
  /** Some have been done. */
  readonly done: boolean;
  readonly closed: 'open' | 'plainly' | 'immediately';
  /** Items that must not come out any more, each once for each reason. */
  readonly gone: readonly Gone[];
}

/** It was delivered, dropped by a shutdown, or never stored since its put failed. */
export interface Gone extends Item {
  readonly why: 'delivered' | 'dropped' | 'refused';
}

/** A new queue. */
export function newQueue(maxsize: number): QueueState {
  return { items: [], maxsize, limit: 'given', unfinished: 0, done: false, closed: 'open', gone: [] };
}

/** Whether one more item may be put. */
export function hasRoom({ items, maxsize }: QueueState): boolean {
  return maxsize <= 0 || items.length < maxsize;
}

/** The items that are gone and these, in an order that does not depend on the order of events. */
export function withGone({ gone }: QueueState, why: Gone['why'], items: readonly Item[]): readonly Gone[] {
  const fresh = items.filter(({ text }) => !gone.some((one) => one.text === text && one.why === why));
  const all = [...gone, ...fresh.map((item) => ({ ...item, why }))];
  return all.sort((one, other) => (`${one.why} ${one.text}` < `${other.why} ${other.text}` ? -1 : 1));
}
