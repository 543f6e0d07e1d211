import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { latch } from '../fixtures/own/latchRules.ts';
import { channel } from '../fixtures/own/channelRules.ts';
import { documented, Rulebook } from '../spec/rulebook.ts';
import { BatonEngine } from './engines/baton/engine.ts';
import { rulebookOf } from './rulebooks.ts';
import { smallerPrograms } from './smallerPrograms.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const module = new URL('../fixtures/own/latchRules.ts', import.meta.url).href;

describe('a rulebook', () => {
  test('is loaded from plain data, and has the rules of the documentation, too', async () => {
    const rulebook = await rulebookOf([{ module, family: 'latch' }]);
    expect(rulebook.families).toEqual([...documented.families, 'latch']);
    expect(rulebook.rulesOf('latch')).toBe(latch.rules);
    expect(rulebook.rulesOf('lock')).toBe(documented.rulesOf('lock'));
    expect(rulebook.rule('latch.count')?.statement).toMatch(/^count is how often/);
    expect(rulebook.rule('lock.locked')).toBe(documented.rule('lock.locked'));
    expect(documented.rule('latch.count')).toBeUndefined();
    expect(rulebook.plainAutomatonOf('latch').labels).toContain('gave up');
    expect(() => documented.plainAutomatonOf('latch')).toThrow(/No object belongs to the family 'latch'/);
  });

  test('has what is known besides, once', async () => {
    const rulebook = await rulebookOf([{ module, family: 'latch' }], [latch, channel]);
    expect(rulebook.own.map(({ family }) => family)).toEqual(['latch', 'channel']);
    expect(await rulebookOf()).toBe(documented);
  });

  test.each([
    ['that is not there', 'nothing.mjs', undefined, /cannot be loaded: .*nothing\.mjs/],
    [
      'whose module throws',
      'throws.mjs',
      "throw new Error('on purpose');",
      /cannot be loaded: Error: on purpose/,
    ],
    ['that is another one', 'other.mjs', 'export const latch = { family: "latch" };', /does not export/],
  ])('is refused with one %s', async (_, name, text, message) => {
    if (text !== undefined) writeFileSync(join(folder, name), text);
    const address = { module: pathToFileURL(join(folder, name)).href, family: 'latch' };
    await expect(rulebookOf([address])).rejects.toThrow(message);
  });
});

test('a specification that never ends loading is found out in a worker', async () => {
  writeFileSync(join(folder, 'hangs.mjs'), 'await new Promise(() => {}); export const latch = 1;');
  writeFileSync(join(folder, 'mine.mjs'), "import { latch } from './hangs.mjs'; export default latch;");
  const engine = new BatonEngine(1, { loading: 300 });
  const source = { module: pathToFileURL(join(folder, 'mine.mjs')).href };
  await expect(engine.probe(source, 'mine.mjs')).rejects.toThrow(/mine\.mjs cannot be used: loading it/);
  await engine.close();
});

test('a smaller program lacks only arguments that the specification shows a call without', () => {
  const rulebook = new Rulebook([latch, channel]);
  const of = (family: string, args: object, method: string, given: object) => [
    ...smallerPrograms(
      {
        objects: [{ family, args: { ...args } }],
        threads: [[{ object: 0, method, args: { ...given } }]],
      },
      rulebook,
    ),
  ];
  const sent = of('channel', { capacity: 2 }, 'send', { item: 1, timeout: 1 });
  const calls = sent.flatMap(({ threads }) => threads.flat());
  expect(calls.map(({ args }) => Object.keys(args))).toContainEqual(['item']);
  expect(calls.filter(({ args }) => !('item' in args))).toEqual([]);
  const objects = sent.flatMap((program) => program.objects);
  expect(objects.map(({ args }) => args)).toContainEqual({ capacity: 1 });
  expect(objects.filter(({ args }) => !('capacity' in args))).toEqual([]);
});
