import type { Verdict } from '../../spec/judge/verdict.ts';
import type { Execution } from './controlled/execution.ts';

/** What is seen of a call that goes on and on. */
export const spins = 'spins for ever (livelock)';

/** Whether a thread was awake, in the middle of a call, when an execution ended because nothing could come of it. */
export function isSpinning({ spinning = 0 }: Pick<Execution, 'spinning'>, thread: number): boolean {
  return (spinning & (1 << thread)) !== 0;
}

/**
 * The verdict with what the judge cannot know: that the call which has to go on, and does not, is not asleep; or, if it
 * is, that others are not.
 */
export function withLivelock(verdict: Verdict, execution: Pick<Execution, 'spinning'>): Verdict {
  if (verdict.kind !== 'stuck' || execution.spinning === undefined) return verdict;
  if (isSpinning(execution, verdict.thread)) return { ...verdict, kind: 'livelock', seen: spins };
  const others: number[] = [];
  for (let thread = 0; execution.spinning >>> thread !== 0; thread++) {
    if (isSpinning(execution, thread)) others.push(thread + 1);
  }
  const who = others.length === 1 ? `thread ${others[0]} spins` : `threads ${others.join(' and ')} spin`;
  return { ...verdict, seen: `${verdict.seen}, while ${who} for ever (livelock)` };
}
