import { expect, test } from 'vitest';
import { isShared, numberMemory, traceNumber } from './numbers.ts';

function view(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(8));
}

test('what is no view of shared memory is none, also before and after others were seen', () => {
  const none = [undefined, null, 1, {}, new Int32Array(2), new SharedArrayBuffer(8)];
  expect(none.map(isShared)).toEqual(none.map(() => false));
  const one = view();
  expect(isShared(one)).toBe(true);
  numberMemory(one.buffer, 1);
  expect(none.map(isShared)).toEqual(none.map(() => false));
});

test('each view has the number of its memory, however many are used by turns, and also when that changes', () => {
  const views = Array.from({ length: 5 }, view);
  views.forEach(({ buffer }, position) => numberMemory(buffer, position + 1));
  for (let round = 0; round < 3; round++) {
    expect(views.map((one) => isShared(one) && traceNumber(one))).toEqual([1, 2, 3, 4, 5]);
  }
  numberMemory((views[4] as Int32Array<SharedArrayBuffer>).buffer, 9);
  expect(views.map((one) => isShared(one) && traceNumber(one))).toEqual([1, 2, 3, 4, 9]);
  expect(traceNumber(view())).toBe(0);
});
