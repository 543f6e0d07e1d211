import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutRepeats } from './repeats.ts';

test.each([
  ['', ''],
  ['a', 'a'],
  ['a a', 'a (2 times)'],
  ['a b a b', 'a b a b'],
  ['a b a b a b', '[a, b] (3 times)'],
  ['x a b a b a b y', 'x [a, b] (3 times) y'],
  ['a b a b a b a', '[a, b] (3 times) a'],
  ['a a b a a b a a b', '[a, a, b] (3 times)'],
  ['a a a b c b c b c', 'a (3 times) [b, c] (3 times)'],
])('%s is told as %s', (texts, told) => {
  expect(withoutRepeats(texts === '' ? [] : texts.split(' ')).join(' ')).toBe(told);
});

test('thousands are told as such', () => {
  expect(withoutRepeats(Array.from({ length: 2400 }, (_, position) => 'ab'[position % 2] as string))).toEqual(
    ['[a, b] (1,200 times)'],
  );
});

test('nothing is lost', () => {
  const unfolded = (told: readonly string[]): readonly string[] =>
    told.flatMap((text) => {
      const [, group = text, times = '1'] = /^(.*) \((\d+) times\)$/.exec(text) ?? [];
      const members = group.replace(/^\[(.*)\]$/, '$1').split(', ');
      return Array.from({ length: Number(times) }, () => members).flat();
    });
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), (texts) => {
      expect(unfolded(withoutRepeats(texts))).toEqual(texts);
    }),
  );
});
