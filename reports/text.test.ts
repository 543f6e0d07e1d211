import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hang, list, printable, width, wrap } from './text.ts';

test('no wrapped line is too long, and nothing but blanks is lost', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
      const lines = wrap(text, columns);
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});

test('words are broken at blanks, long ones behind a seam', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('acquire(blocking: false)', 12)).toEqual(['acquire(', 'blocking:', 'false)']);
  expect(hang('1. ', 'a word and twenty columns more', 23)).toEqual([
    '1. a word and twenty',
    '   columns more',
  ]);
});

test('what a terminal would obey is written out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
  expect(printable('\u001b[31mred\n\u202etxt')).toBe(String.raw`\x1b[31mred\n\u202etxt`);
});

test('lists end with a word', () => {
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  expect(list(['a', 'b'], 'or')).toBe('a or b');
  expect(list([])).toBe('');
});
