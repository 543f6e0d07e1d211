import type { HarnessEvent } from '../../impl/protocol.ts';
import type { HistoryEvent } from '../../spec/history.ts';
import type { Program } from '../../spec/program.ts';

/**
 * What is wrong with the events that a harness tells of a program, as a sentence; undefined if they fit it: every event is of
 * a thread, call and object that there is, and only a call that has begun ends.
 */
export function misfitIn(
  { objects, threads }: Program,
  events: readonly (HarnessEvent | HistoryEvent)[],
): string | undefined {
  let last = threads.map(() => -1);
  let pending = threads.map(() => 0);
  for (const [position, event] of events.entries()) {
    const where = `event ${position + 1} (${event.type})`;
    if (event.type === 'execution') {
      last = threads.map(() => -1);
      pending = threads.map(() => 0);
    }
    if ('object' in event && event.object >= objects.length) return `${where} is of object ${event.object}`;
    // A body that makes no calls has no list of them.
    if (!('thread' in event) || event.type === 'begin' || event.type === 'finish') continue;
    const { thread } = event;
    const calls = threads[thread];
    if (calls === undefined) return `${where} is of thread ${thread}, of which the program has none`;
    if (event.type === 'call') {
      const call = calls[event.call];
      if (call === undefined) return `${where} is of call ${event.call}, of which thread ${thread} has none`;
      if (event.call <= (last[thread] ?? -1))
        return `${where} is of a call that thread ${thread} has made before`;
      last[thread] = event.call;
      // The body of a with-statement is within its call, and so is what leaves it.
      if (call.method !== 'leave') pending[thread] = (pending[thread] ?? 0) + 1;
    }
    if (event.type !== 'end' && event.type !== 'enter') continue;
    if ((pending[thread] ?? 0) === 0) return `${where} is of thread ${thread}, which has no pending call`;
    if (event.type === 'end') pending[thread] = (pending[thread] ?? 0) - 1;
  }
  return undefined;
}
