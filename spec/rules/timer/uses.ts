import type { History } from '../../history.ts';
import type { Call, Program } from '../../program.ts';

/** Seconds after which a call counts as late. */
const late = 0.04;

function callAt({ threads }: Program, thread: number, position: number): Call | undefined {
  return threads[thread]?.[position];
}

/** True if the first timer has called its function noticeably later than its interval after its start. */
export function isLate(history: History, program: Program): boolean {
  const interval = Number(program.objects[0]?.args['interval']);
  let due = Infinity;
  for (const event of history) {
    if (event.type === 'call' && callAt(program, event.thread, event.call)?.method === 'start') {
      due = event.at + interval;
    }
    if (event.type === 'begin' && event.at >= due + late) return true;
  }
  return false;
}

/** True if a timer has called its function though a call that cancels it had returned. */
export function beginsAfterCancel(history: History, program: Program): boolean {
  const cancelled = new Set<number>();
  let calling: Call | undefined;
  for (const event of history) {
    if (event.type === 'call' && event.thread === 0) calling = callAt(program, 0, event.call);
    if (event.type === 'end' && event.thread === 0 && /cancel/iu.test(calling?.method ?? '')) {
      // What a timer calls is the body of the thread that follows its own position.
      cancelled.add((calling as Call).object + 1);
    }
    if (begins(event) && cancelled.has(event.thread)) return true;
  }
  return false;
}

/** True for what says that a thread begins, ordered or not: there its first call, that it begins, ends. */
function begins(event: History[number]): event is Extract<History[number], { type: 'begin' | 'end' }> {
  return event.type === 'begin' || (event.type === 'end' && event.thread !== 0);
}
