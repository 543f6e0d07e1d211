import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channel } from '../../fixtures/own/channelRules.ts';
import { ownPrograms } from './own.ts';

test("programs of a primitive of somebody's own are of its blocks, on what its constructors make", () => {
  const programs = fc.sample(ownPrograms(channel), { seed: 1, numRuns: 500 });
  for (const { objects, threads } of programs) {
    expect(channel.constructors).toContainEqual(objects[0]?.args);
    expect(objects).toMatchObject([{ family: 'channel' }]);
    const methods = threads.flat().map(({ method }) => method);
    expect(Object.keys(channel.methods)).toEqual(expect.arrayContaining(methods));
    const items = threads.flat().flatMap(({ args }) => ('item' in args ? [args.item] : []));
    expect(items).toEqual(items.map((_, position) => position + 1));
  }
  const sizes = programs.map(({ threads }) => threads.length);
  expect(new Set(sizes)).toEqual(new Set([2, 3, 4]));
});
