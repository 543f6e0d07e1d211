import { expect, test } from 'vitest';
import { call } from '../../example.ts';
import type { History, Outcome } from '../../history.ts';
import type { Program } from '../../program.ts';
import { keepsDummy, ordersAnew, recyclesIdent, refusesSize } from './uses.ts';

type Uses = (history: History, program: Program) => boolean;

/** Whether the freedom is used where one thread makes calls of this method, which end so. */
function isUsed(uses: Uses, method: string, ...outcomes: readonly Outcome[]): boolean {
  const history: History = outcomes.flatMap((outcome, position) => [
    { type: 'call', thread: 0, call: position, at: position },
    { type: 'end', thread: 0, outcome, at: position },
  ]);
  return uses(history, { objects: [], threads: [outcomes.map(() => call(method))] });
}

const list = (text: string): Outcome => ({ returns: { json: text } });

test('a thread that the library did not start stays listed, or does not', () => {
  expect(isUsed(keepsDummy, 'enumerate', list('["another thread","the main thread"]'))).toBe(true);
  expect(isUsed(keepsDummy, 'enumerate', list('["the main thread"]'))).toBe(false);
  expect(isUsed(keepsDummy, 'currentThread', { returns: 'another thread' })).toBe(false);
});

test('two threads have had the same number, or have not', () => {
  expect(isUsed(recyclesIdent, 'getIdent', { returns: 1 }, { returns: 2 }, { returns: 2 })).toBe(true);
  expect(isUsed(recyclesIdent, 'getIdent', { returns: 1 }, { returns: 2 }, { returns: 3 })).toBe(false);
});

test('threads are listed as they came, or are not', () => {
  const reversed = list('["object 3","object 2","the main thread"]');
  expect(isUsed(ordersAnew, 'enumerateInOrder', reversed)).toBe(true);
  expect(isUsed(ordersAnew, 'enumerateInOrder', list('["the main thread","object 2","object 3"]'))).toBe(
    false,
  );
});

test('a size of stacks is refused, or is not', () => {
  expect(isUsed(refusesSize, 'stackSize', { returns: 0 }, { raises: 'ValueError' })).toBe(true);
  expect(isUsed(refusesSize, 'stackSize', { returns: 0 }, { returns: 4096 })).toBe(false);
});
