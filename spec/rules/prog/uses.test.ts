import { expect, test } from 'vitest';
import type { History } from '../../history.ts';
import { repeatsValues, takesOtherTime } from './uses.ts';

const printed = (...lines: readonly string[]): History =>
  lines.map((text) => ({ type: 'prints', to: 'stdout', text, at: 0 }));

test('values repeat if two threads say the same one', () => {
  expect(repeatsValues(printed('Thread-1: 0', 'Thread-2: 1', 'at last: 1'))).toBe(false);
  expect(repeatsValues(printed('Thread-1: 1', 'Thread-2: 1', 'at last: 1'))).toBe(true);
  expect(repeatsValues([])).toBe(false);
});

test('two threads take another time if they are quicker or slower', () => {
  expect(takesOtherTime(printed('ratio 1.95'))).toBe(true);
  expect(takesOtherTime(printed('ratio 0.40'))).toBe(true);
  expect(takesOtherTime(printed('ratio 1.04'))).toBe(false);
  expect(takesOtherTime([])).toBe(false);
});
