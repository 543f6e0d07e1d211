import type { History, Outcome } from '../../history.ts';
import type { Program } from '../../program.ts';

/** What the calls of this method showed, in order. */
function outcomesOf(method: string, history: History, { threads }: Program): readonly Outcome[] {
  const open = new Map<number, number>();
  const outcomes: Outcome[] = [];
  for (const event of history) {
    if (event.type === 'call') open.set(event.thread, event.call);
    if (event.type !== 'end') continue;
    const made = threads[event.thread]?.[open.get(event.thread) ?? -1];
    if (made?.method === method) outcomes.push(event.outcome);
  }
  return outcomes;
}

/** What the calls returned, as text. */
function textsOf(method: string, history: History, program: Program): readonly string[] {
  return outcomesOf(method, history, program).map((outcome) =>
    'returns' in outcome ? JSON.stringify(outcome.returns) : '',
  );
}

/** True if a thread that the library did not start is listed after its end. */
export function keepsDummy(history: History, program: Program): boolean {
  return textsOf('enumerate', history, program).some((text) => text.includes('another thread'));
}

/** True if two threads, one after the other, had the same number. */
export function recyclesIdent(history: History, program: Program): boolean {
  const idents = textsOf('getIdent', history, program);
  return new Set(idents).size < idents.length;
}

/** True if threads were not listed as they came. */
export function ordersAnew(history: History, program: Program): boolean {
  const asTheyCame = JSON.stringify({ json: '["the main thread","object 2","object 3"]' });
  return textsOf('enumerateInOrder', history, program).some((text) => text !== asTheyCame);
}

/** True if a valid size of stacks was refused. */
export function refusesSize(history: History, program: Program): boolean {
  return outcomesOf('stackSize', history, program).some(
    (outcome) => 'raises' in outcome && outcome.raises === 'ValueError',
  );
}
