import type { History, Outcome } from '../../history.ts';
import type { Call, Program } from '../../program.ts';

/** A wait that was made before anybody notified. */
interface Wait {
  readonly call: Call;
  /** The waits that were made before. Whoever makes one has the lock: they are waiters by then. */
  readonly before: readonly Wait[];
}

/**
 * True if a wait that was made later went on first: no more waiters had been notified than had gone on by
 * then, and one that was made before, without a time-out, was none of them.
 */
export function laterWaiterFirst(history: History, { threads }: Program): boolean {
  const pending = new Map<number, Wait>();
  let notified = 0;
  let goneOn = 0;
  for (const event of history) {
    if (event.type === 'call') {
      const call = threads[event.thread]?.[event.call];
      if (call?.object !== 0) continue;
      notified += meantBy(call);
      const waits = call.method === 'wait' || call.method === 'waitFor';
      if (waits && notified === 0) pending.set(event.thread, { call, before: [...pending.values()] });
    }
    if (event.type !== 'end') continue;
    const wait = pending.get(event.thread);
    if (!pending.delete(event.thread) || !succeeds(event.outcome)) continue;
    goneOn++;
    const left = [...pending.values()].filter((other) => wait?.before.includes(other));
    if (notified <= goneOn && left.some(({ call: { args } }) => args.timeout === undefined)) return true;
  }
  return false;
}

/** How many waiters a call notifies at most. */
function meantBy({ method, args }: Call): number {
  if (method === 'notifyAll') return Infinity;
  return method === 'notify' ? Math.max(0, Number(args.n ?? 1)) : 0;
}

function succeeds(outcome: Outcome): boolean {
  return 'returns' in outcome && Boolean(outcome.returns);
}
