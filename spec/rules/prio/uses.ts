import type { History } from '../../history.ts';
import type { Call, Program, Value } from '../../program.ts';

/** An item that was put or got, and between which positions of the history. */
interface Moved {
  readonly item: Value;
  readonly begin: number;
  readonly end: number;
}

/**
 * True if of two equal numbers the one that was put later came out earlier. Only of zeros of different
 * signs it can be told which is which.
 */
export function equalsOutOfOrder(history: History, program: Program): boolean {
  const put = movedIn(history, program, 'put');
  const got = movedIn(history, program, 'get');
  return got.some((first) =>
    got.some((second) => isBefore(first, second) && wasPutBefore(put, second.item, first.item)),
  );
}

/** Every item like `one` was put before any like `other`, to which it is equal, though not the same. */
function wasPutBefore(put: readonly Moved[], one: Value, other: Value): boolean {
  if (one !== other || Object.is(one, other)) return false;
  const like = (wanted: Value) => put.filter(({ item }) => Object.is(item, wanted));
  return like(one).every((early) => like(other).every((late) => isBefore(early, late)));
}

function isBefore(one: Moved, other: Moved): boolean {
  return one.end < other.begin;
}

function movedIn(history: History, { threads }: Program, method: 'put' | 'get'): readonly Moved[] {
  const moved: Moved[] = [];
  const pending = new Map<number, { readonly call: Call; readonly begin: number }>();
  for (const [position, event] of history.entries()) {
    if (event.type === 'call') {
      const call = threads[event.thread]?.[event.call] as Call;
      pending.set(event.thread, { call, begin: position });
    }
    const begun = event.type === 'end' ? pending.get(event.thread) : undefined;
    if (event.type !== 'end' || begun?.call.method !== method || 'raises' in event.outcome) continue;
    const item = method === 'put' ? (begun.call.args.item as Value) : event.outcome.returns;
    moved.push({ item, begin: begun.begin, end: position });
  }
  return moved;
}
