import type { History, Outcome } from '../../history.ts';
import type { Call, Program } from '../../program.ts';

/** A wait that has returned. */
interface Wait {
  readonly thread: number;
  readonly call: Call;
  readonly outcome: Outcome;
  /** Positions in the history. */
  readonly begin: number;
  readonly end: number;
  /** Seconds that it took. */
  readonly lasted: number;
  /** The other threads that slept in the call that they were in when it was made. */
  readonly sleepers: number;
}

/** True if a party that came when all others slept did not get the last number. */
export function numbersOutOfOrder(history: History, program: Program): boolean {
  const parties = partiesOf(program);
  return waitsIn(history, program).some(
    ({ outcome, sleepers }) =>
      sleepers === parties - 1 && 'returns' in outcome && outcome.returns !== parties - 1,
  );
}

/** True if a passage was broken when one of its parties had passed already. */
export function passesInPart(history: History, program: Program): boolean {
  const passed = waitsIn(history, program).filter(({ outcome }) => 'returns' in outcome);
  return passed.length % partiesOf(program) > 0;
}

/** True if a thread was told that all parties wait. */
export function showsAllWaiting(history: History, program: Program): boolean {
  const answers = endedCalls(history, program).filter(({ call }) => call.method === 'nWaiting');
  return answers.some(({ outcome }) => 'returns' in outcome && outcome.returns === partiesOf(program));
}

/** True if a wait that came while parties were leaving lasted longer than its time. */
export function waitsForLeavers(history: History, program: Program): boolean {
  const waits = waitsIn(history, program);
  return waits.some(({ call, outcome, begin, lasted }) => {
    const { timeout } = call.args;
    const leaving = waits.some(
      (other) => other.begin < begin && other.end > begin && 'returns' in other.outcome,
    );
    return leaving && 'raises' in outcome && typeof timeout === 'number' && lasted > timeout * (1 + 1e-6);
  });
}

function partiesOf({ objects }: Program): number {
  return Number(objects[0]?.args.parties);
}

function waitsIn(history: History, program: Program): readonly Wait[] {
  return endedCalls(history, program).filter(({ call }) => call.method === 'wait' && call.object === 0);
}

function endedCalls(history: History, { threads }: Program): readonly Wait[] {
  const ended: Wait[] = [];
  const pending = new Map<number, Omit<Wait, 'end' | 'outcome' | 'lasted'> & { readonly at: number }>();
  const asleep = new Set<number>();
  for (const [position, event] of history.entries()) {
    if (event.type === 'blocked') asleep.add(event.thread);
    if (event.type === 'call') {
      const { thread, at } = event;
      const call = threads[thread]?.[event.call] as Call;
      pending.set(thread, { thread, call, begin: position, sleepers: asleep.size, at });
    }
    if (event.type !== 'end') continue;
    asleep.delete(event.thread);
    const { at, ...begun } = pending.get(event.thread) as NonNullable<ReturnType<typeof pending.get>>;
    ended.push({ ...begun, outcome: event.outcome, end: position, lasted: event.at - at });
  }
  return ended;
}
