import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberSet } from './numberSet.ts';

const number = fc.oneof(
  fc.maxSafeNat(),
  fc.nat({ max: 40 }),
  // Alike in the lower bits.
  fc.nat({ max: 2 ** 20 }).map((upper) => upper * 2 ** 32),
);

test('takes every number once, as a Set does', () => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 300 }), (numbers) => {
      const set = new NumberSet();
      const known = new Set<number>();
      for (const one of numbers) {
        expect(set.add(one)).toBe(!known.has(one));
        known.add(one);
      }
    }),
  );
});
