import type { History } from '../../history.ts';
import type { Program } from '../../program.ts';

/** True if two threads were in a join() of each other at once, and both fell back to their times or their ends. */
export function joinsInACircle(history: History, program: Program): boolean {
  const joining = new Set<number>();
  let circle = false;
  for (const event of history) {
    if (event.type === 'call' && program.threads[event.thread]?.[event.call]?.method === 'join') {
      joining.add(event.thread);
      circle ||= joining.has(1) && joining.has(2);
    }
    if (event.type !== 'end') continue;
    // Who finds the circle says so.
    if (joining.delete(event.thread) && 'raises' in event.outcome) return false;
  }
  return circle;
}

/** True if the process has ended with a thread that was still at work. */
export function cutsOff(history: History): boolean {
  const working = new Set<number>();
  for (const event of history) {
    if (event.type === 'begin') working.add(event.thread);
    if (event.type === 'finish') working.delete(event.thread);
    if (event.type === 'exit') return working.size > 0;
  }
  return false;
}

/** True if a thread could not be started when the main thread had ended. */
export function refusesLateStart(history: History, program: Program): boolean {
  let late = false;
  let starting = false;
  for (const event of history) {
    if (event.type === 'finish' && event.thread === 0) late = true;
    if (event.type === 'call') starting = program.threads[event.thread]?.[event.call]?.method === 'start';
    if (event.type === 'end' && late && starting && 'raises' in event.outcome) return true;
  }
  return false;
}
