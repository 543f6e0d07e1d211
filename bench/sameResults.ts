import { describeOutcome, type HistoryEvent, sameOutcome } from '../spec/history.ts';
import type { Program } from '../spec/program.ts';

/** What a history says of results: of each call, each constructor and each function that was handed over. */
type Result = Extract<HistoryEvent, { type: 'created' | 'end' | 'callback' }>;

/**
 * What two implementations do differently in a program of one thread, in a sentence; undefined if they do the same. Messages
 * and times do not count.
 */
export function differenceOf(
  { threads }: Program,
  first: readonly { readonly type: string }[],
  second: readonly { readonly type: string }[],
): string | undefined {
  const one = resultsIn(first);
  const other = resultsIn(second);
  for (let position = 0; position < Math.max(one.length, other.length); position++) {
    const [a, b] = [one[position], other[position]];
    if (a !== undefined && b !== undefined && a.type === b.type && sameOutcome(a.outcome, b.outcome))
      continue;
    const done = one.slice(0, position).filter(({ type }) => type === 'end').length;
    const call = threads[0]?.[done];
    const what =
      a?.type === 'created' || b?.type === 'created'
        ? 'the constructor'
        : `call ${done + 1}, ${call?.method}`;
    return `${what}: ${shown(a)} on one, ${shown(b)} on the other`;
  }
  return undefined;
}

function resultsIn(events: readonly { readonly type: string }[]): readonly Result[] {
  return (events as readonly HistoryEvent[]).filter(
    (event): event is Result => event.type === 'end' || event.type === 'created' || event.type === 'callback',
  );
}

function shown(result: Result | undefined): string {
  if (result === undefined) return 'nothing';
  return `${result.type === 'callback' ? 'a call back that ' : ''}${describeOutcome(result.outcome)}`;
}
