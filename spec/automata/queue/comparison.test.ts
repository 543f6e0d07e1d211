import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparison } from './comparison.ts';

const comparable = fc.oneof(
  fc.tuple(fc.integer(), fc.integer(), fc.integer()),
  fc.tuple(fc.string(), fc.string(), fc.string()),
  fc.tuple(
    ...[0, 1, 2].map(() => fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.string({ maxLength: 1 })))),
  ),
);

test('what can be compared has one order, whichever way round it is asked', () => {
  fc.assert(
    fc.property(comparable, ([one, other]) => {
      const forth = comparison(one, other) as number;
      expect(Math.sign(forth)).toBe(0 - Math.sign(comparison(other, one) as number));
      expect(comparison(one, one)).toBe(0);
    }),
  );
});

test('the order is transitive', () => {
  fc.assert(
    fc.property(comparable, (values) => {
      const [least, middle, greatest] = [...values].sort((one, other) => comparison(one, other) as number);
      expect(comparison(least, middle)).toBeLessThanOrEqual(0);
      expect(comparison(middle, greatest)).toBeLessThanOrEqual(0);
      expect(comparison(least, greatest)).toBeLessThanOrEqual(0);
    }),
  );
});

test('the first elements that differ decide, and the rest is not looked at', () => {
  expect(comparison([1, 'b'], [1, 'a'])).toBeGreaterThan(0);
  expect(comparison([1, 'a', null], [2, 3])).toBeLessThan(0);
  expect(comparison([1], [1, null])).toBeLessThan(0);
  expect(comparison([null, 1], [null, 2])).toBeLessThan(0);
});

test('zeros of either sign are equal, and booleans are numbers', () => {
  expect(comparison(0, -0)).toBe(0);
  expect(comparison(true, 1)).toBe(0);
});

test.each([
  [1, 'a'],
  [[1], 1],
  [null, null],
  [Number.NaN, 1],
  [
    [1, 'a'],
    [1, 2],
  ],
])('%j and %j have no order', (one, other) => {
  expect(comparison(one, other)).toBeUndefined();
});
