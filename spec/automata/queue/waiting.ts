import { type Pending, requested, type Step, type View } from '../../automaton.ts';
import type { QueueState } from './state.ts';

/** Phase of a call that has found that it cannot go on. */
export const waiting = 'waiting';

/** What a call on a queue sees, and the steps that it may take. */
export type QueueView = View<QueueState>;
export type QueueStep = Step<QueueState>;

/** True if the call has waited, whether it was seen asleep or found that it could not go on. */
export function hasWaited({ phase, asleep }: Pick<QueueView, 'phase' | 'asleep'>): boolean {
  return asleep || phase !== requested;
}

/** The other threads' calls that begin with this word and were seen asleep. */
export function asleepIn({ others }: QueueView, method: string): readonly Pending[] {
  return others.filter(({ call, asleep }) => asleep && call.method.startsWith(method));
}
