import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lifoPrograms } from './lifo.ts';
import { prioPrograms } from './prio.ts';
import { queuePrograms } from './queue.ts';
import { simpleqPrograms } from './simpleq.ts';

const programs = { queue: queuePrograms, lifo: lifoPrograms, prio: prioPrograms, simpleq: simpleqPrograms };

describe.each(Object.entries(programs))('the programs of %s', (family, arbitrary) => {
  test('make calls on one queue, in two to four threads', () => {
    fc.assert(
      fc.property(arbitrary, ({ objects, threads }) => {
        expect(objects.map((made) => made.family)).toEqual([family]);
        expect(threads.length).toBeGreaterThanOrEqual(2);
        expect(threads.length).toBeLessThanOrEqual(4);
        expect(threads.every((calls) => calls.length > 0)).toBe(true);
      }),
    );
  });

  test('put items that are told from each other, as long as there are not many', () => {
    fc.assert(
      fc.property(arbitrary, ({ threads }) => {
        const puts = threads.flat().filter(({ method }) => method.startsWith('put'));
        const items = puts.slice(0, 10).map(({ args }) => args.item);
        expect(items).not.toContain(undefined);
        expect(new Set(items).size).toBe(items.length);
      }),
    );
  });
});
