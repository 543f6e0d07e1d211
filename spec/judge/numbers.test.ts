import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Numbers } from './numbers.ts';

test('a number never stands for two texts, however much is forgotten meanwhile', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 8 }), (asked, most) => {
      const numbers = new Numbers(most);
      const meaning = new Map<number, string>();
      for (const text of asked) {
        const number = numbers.of(text);
        expect(meaning.get(number) ?? text).toBe(text);
        meaning.set(number, text);
      }
    }),
  );
});

test('a text keeps its number as long as nothing is forgotten', () => {
  const numbers = new Numbers(3);
  const first = ['x', 'y', 'z'].map((text) => numbers.of(text));
  expect(['x', 'y', 'z'].map((text) => numbers.of(text))).toEqual(first);
  expect(numbers.of('more')).not.toBeOneOf(first);
  expect(numbers.of('x')).not.toBeOneOf(first);
});
