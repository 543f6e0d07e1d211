import type { History, Outcome } from '../../history.ts';
import type { Call, Program } from '../../program.ts';

/** A call that has returned. */
interface Made {
  readonly call: Call;
  readonly outcome: Outcome;
  /** Seconds that it took. */
  readonly lasted: number;
}

/** True if a thread made a call while another thread was in one. */
export function overlaps(history: History): boolean {
  const busy = new Set<number>();
  for (const event of history) {
    if (event.type === 'end') busy.delete(event.thread);
    if (event.type !== 'call') continue;
    if (busy.size > 0) return true;
    busy.add(event.thread);
  }
  return false;
}

/** True if a thread made a call between two calls of another thread. */
export function comesBetween(history: History): boolean {
  const callers = history.flatMap((event) => (event.type === 'call' ? [event.thread] : []));
  return callers.some(
    (thread, position) =>
      callers.indexOf(thread) < position && position > 0 && callers[position - 1] !== thread,
  );
}

/** True if two increments wrote the same: one of them is lost. */
export function losesIncrement(history: History, program: Program): boolean {
  const written = callsMade(history, program)
    .filter(({ call }) => call.method === 'increment')
    .map(({ outcome }) => ('returns' in outcome ? outcome.returns : undefined));
  return new Set(written).size < written.length;
}

/** True if a call that gave up did so later than it could have. */
export function expiresLate(history: History, program: Program): boolean {
  return callsMade(history, program).some(({ call, outcome, lasted }) => {
    const { timeout } = call.args;
    const gaveUp = 'returns' in outcome && outcome.returns === false;
    return gaveUp && typeof timeout === 'number' && timeout > 0 && lasted > timeout * (1 + 1e-6);
  });
}

function callsMade(history: History, { threads }: Program): readonly Made[] {
  const pending = new Map<number, { readonly call: Call; readonly at: number }>();
  const made: Made[] = [];
  for (const event of history) {
    if (event.type === 'call') {
      const call = threads[event.thread]?.[event.call];
      if (call !== undefined) pending.set(event.thread, { call, at: event.at });
    }
    if (event.type !== 'end') continue;
    const begun = pending.get(event.thread);
    if (begun !== undefined) {
      made.push({ call: begun.call, outcome: event.outcome, lasted: event.at - begun.at });
    }
  }
  return made;
}
