import type { History, Outcome } from '../history.ts';
import type { Call, Family, Program } from '../program.ts';

/** A pending call that takes what others may wait for, too. */
interface Taking {
  asleep: boolean;
  /** The calls of this kind that slept when it was made. */
  readonly before: readonly Taking[];
}

/**
 * Whether a call on the first object was overtaken: another call that was made when it slept got what
 * both wanted, and there was not one left for it, which it might have been given without being seen to.
 * An owner who acquires once more overtakes nobody; a program in which one does cannot be asked.
 * @param how whether the one that overtook had slept, too; absent: it does not matter.
 */
export function overtakes(how?: 'asleep' | 'awake'): (history: History, program: Program) => boolean {
  return (history, { objects: [object], threads }) => {
    const queues = isQueue(object?.family);
    let left = queues ? 0 : Number(object?.args.value ?? 1);
    const pending = new Map<number, Taking>();
    for (const event of history) {
      if (event.type === 'blocked') {
        const taking = pending.get(event.thread);
        if (taking !== undefined) taking.asleep = true;
      }
      if (event.type === 'call') {
        const call = threads[event.thread]?.[event.call] as Call;
        if (call.object !== 0) continue;
        left += givenBy(call);
        const before = [...pending.values()].filter(({ asleep }) => asleep);
        if (/^(?:acquire|get)/u.test(call.method)) pending.set(event.thread, { asleep: false, before });
      }
      const taking = event.type === 'end' ? pending.get(event.thread) : undefined;
      if (event.type !== 'end' || taking === undefined) continue;
      pending.delete(event.thread);
      if (!isServed(event.outcome, queues)) continue;
      left--;
      const overtaken = [...pending.values()].some((other) => taking.before.includes(other));
      const slept = taking.asleep ? 'asleep' : 'awake';
      if (overtaken && left <= 0 && (how === undefined || how === slept)) return true;
    }
    return false;
  };
}

function isQueue(family: Family | undefined): boolean {
  return family === 'queue' || family === 'lifo' || family === 'prio' || family === 'simpleq';
}

/** How many of what is taken the call gives, if it does. */
function givenBy({ method, args }: Call): number {
  if (method.startsWith('put')) return 1;
  return method === 'release' ? Number(args.n ?? 1) : 0;
}

function isServed(outcome: Outcome, queues: boolean): boolean {
  return 'returns' in outcome && (queues || outcome.returns === true);
}
