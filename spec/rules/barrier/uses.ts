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
  /** The other threads in calls when it was made, if all of them slept. */
  readonly sleepers: readonly number[] | undefined;
}

/** True if a party that came when another slept, and nobody did anything, got the lower number. */
export function numbersOutOfOrder(history: History, program: Program): boolean {
  const passed = waitsIn(history, program).filter(({ outcome }) => 'returns' in outcome);
  return passed.some((late) =>
    passed.some(
      (early) => late.sleepers?.includes(early.thread) === true && numberOf(early) > numberOf(late),
    ),
  );
}

function numberOf({ outcome }: Wait): number {
  return 'returns' in outcome ? Number(outcome.returns) : -1;
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

/**
 * True if a wait that came while parties were leaving slept on when its time was over, counted from when it
 * fell asleep.
 */
export function waitsForLeavers(history: History, program: Program): boolean {
  const waits = waitsIn(history, program);
  return waits.some(({ thread, call, begin, end }) => {
    const { timeout } = call.args;
    if (typeof timeout !== 'number') return false;
    const leaving = waits.some(
      (other) => other.begin < begin && other.end > begin && 'returns' in other.outcome,
    );
    const during = history.slice(begin, end);
    const asleep = during.find((event) => event.type === 'blocked' && event.thread === thread);
    const over = ((asleep?.at ?? Infinity) + timeout) * (1 + 1e-6);
    return leaving && during.some((event) => event.type === 'quiet' && event.until > over);
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
  const pending = new Map<number, Omit<Wait, 'end' | 'outcome'>>();
  const asleep = new Set<number>();
  for (const [position, event] of history.entries()) {
    if (event.type === 'blocked') asleep.add(event.thread);
    if (event.type === 'call') {
      const { thread } = event;
      const call = threads[thread]?.[event.call] as Call;
      const sleepers = asleep.size === pending.size ? [...asleep] : undefined;
      pending.set(thread, { thread, call, begin: position, sleepers });
    }
    if (event.type !== 'end') continue;
    const begun = pending.get(event.thread);
    asleep.delete(event.thread);
    pending.delete(event.thread);
    if (begun !== undefined) ended.push({ ...begun, outcome: event.outcome, end: position });
  }
  return ended;
}
