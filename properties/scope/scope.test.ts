import { describe, expect, test } from 'vitest';
import type { Family } from '../../spec/program.ts';
import { keyOf } from '../interleavings.ts';
import { programsOf } from './programs.ts';
import { settings, shapes } from './units.ts';

/** How many ways there are to choose so many out of `from`, where one may be chosen again. */
function multisets(from: number, choose: number): number {
  let ways = 1;
  for (let step = 1; step <= choose; step++) ways = (ways * (from + step - 1)) / step;
  return ways;
}

describe('the small scope of', () => {
  test.each(Object.entries(settings) as [Family, NonNullable<(typeof settings)[Family]>][])(
    '%s has every program once, whichever thread is which',
    (family, own) => {
      for (const setting of own) {
        const programs = [...programsOf(setting, family)];
        const expected = (setting.shapes ?? shapes).reduce(
          (sum, { threads, units }) => sum + multisets(setting.units.length ** units, threads),
          0,
        );
        expect(programs).toHaveLength(expected);
        const sorted = programs.map(({ objects, threads }) => {
          const withoutItems = threads.map((calls) =>
            calls.map((made) => ({ ...made, args: { ...made.args, item: undefined } })),
          );
          return `${keyOf({ objects, threads: [] })} ${withoutItems
            .map((calls) => JSON.stringify(calls))
            .sort()
            .join('|')}`;
        });
        expect(new Set(sorted).size).toBe(expected);
      }
    },
  );
});
