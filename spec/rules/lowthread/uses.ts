import type { History } from '../../history.ts';
import type { Call, Program } from '../../program.ts';

/** True if the main thread has raised KeyboardInterrupt when somebody had made another call since interrupting it. */
export function interruptsLater(history: History, { threads }: Program): boolean {
  let isInterrupted = false;
  let isLater = false;
  for (const event of history) {
    if (event.type === 'call') {
      const made: Call | undefined = threads[event.thread]?.[event.call];
      isLater ||= isInterrupted;
      isInterrupted ||= made?.method === 'interruptMain';
    }
    if (event.type !== 'end' || event.thread !== 0 || !('raises' in event.outcome)) continue;
    if (event.outcome.raises === 'KeyboardInterrupt') return isLater;
  }
  return false;
}
