import { describe, expect, test } from 'vitest';
import { cycles } from './cycles.ts';
import { type Import, importsOf } from './imports.ts';
import { layerOf, layers, ours, violations } from './layers.ts';
import { sources, textOf } from './sources.ts';

const files = sources().filter((path) => path.endsWith('.ts'));
const imports = files.flatMap((file) => importsOf(file, textOf(file)));

describe('the imports of this checkout', () => {
  test('run one way', () => {
    expect(violations(imports)).toEqual([]);
  });

  test('form no cycle', () => {
    expect(cycles(imports)).toEqual([]);
  });

  test('lead to files that exist', () => {
    const known = new Set(sources());
    const missing = imports.filter(
      ({ from, to }) =>
        layerOf(from)?.name !== 'tests' && ours.test(to) && !known.has(to) && !known.has(`${to}.ts`),
    );
    expect(missing).toEqual([]);
  });

  test.each(layers.filter(({ name }) => name !== 'bench').map(({ name }) => name))(
    'were read in %s',
    (name) => {
      const from = imports.filter((each) => layerOf(each.from)?.name === name);
      expect(from.length).toBeGreaterThan(0);
    },
  );

  test.each([
    ['properties', 'impl/implementation.ts'],
    ['properties', 'spec/program.ts'],
    ['impl', 'spec/program.ts'],
    ['fixtures', 'impl/implementation.ts'],
  ])('include the one that %s has of %s', (name, to) => {
    expect(imports.some((each) => layerOf(each.from)?.name === name && each.to === to)).toBe(true);
  });
});

describe('an import is found', () => {
  test.each([
    ["import { a } from '../a.ts'", 'spec/a.ts'],
    ["import type { A } from '../a.ts'", 'spec/a.ts'],
    ["import '../a.ts'", 'spec/a.ts'],
    ["import rows from './rows.json' with { type: 'json' }", 'spec/judge/rows.json'],
    ["export * from './b.ts'", 'spec/judge/b.ts'],
    ["export { b } from './b.ts'", 'spec/judge/b.ts'],
    ["const b = await import('../../impl/b.ts')", 'impl/b.ts'],
    ["new Worker(new URL('./thread', import.meta.url))", 'spec/judge/thread'],
    ["import fs from 'node:fs'", 'node:fs'],
    ["import fc from 'fast-check'", 'fast-check'],
  ])('%s', (text, to) => {
    expect(importsOf('spec/judge/judge.ts', text).map((each) => each.to)).toEqual([to]);
  });

  test('and text that is no module is refused', () => {
    expect(() => importsOf('spec/broken.ts', 'import {')).toThrow(/spec\/broken\.ts/);
  });
});

describe('an import the wrong way is refused', () => {
  const by = 'import';
  test.each<Import>([
    { from: 'spec/rule.ts', to: 'impl/implementation.ts', by },
    { from: 'spec/rule.ts', to: 'node:fs', by },
    { from: 'spec/rule.ts', to: 'fast-check', by },
    { from: 'spec/rule.ts', to: 'fixtures/mutants/lock.ts', by: 'url' },
    { from: 'impl/implementation.ts', to: 'properties/run.ts', by },
    { from: 'impl/threading/lock.ts', to: 'impl/implementation.ts', by },
    { from: 'impl/threading/lock.ts', to: 'spec/rule.ts', by },
    { from: 'impl/threading/lock.ts', to: 'tinypool', by },
    { from: 'impl/threading/index.ts', to: 'impl/reference.ts', by },
    { from: 'properties/run.ts', to: 'impl/reference.ts', by },
    { from: 'properties/run.ts', to: 'reports/terminal.ts', by },
    { from: 'properties/run.ts', to: 'impl/threading/lock.ts', by },
    { from: 'properties/run.ts', to: 'fixtures/mutants/lock.ts', by },
    { from: 'fixtures/mutants/lock.ts', to: 'properties/run.ts', by },
    { from: 'reports/terminal.ts', to: 'fixtures/mutants/lock.ts', by },
    { from: 'reports/terminal.ts', to: 'cli.ts', by },
    { from: 'properties/run.ts', to: 'properties/run.test.ts', by },
    { from: 'elsewhere/new.ts', to: 'spec/rule.ts', by },
  ])('$from -> $to', (wrong) => {
    expect(violations([wrong])).toEqual([expect.stringContaining(wrong.from)]);
  });

  test('and a cycle is named', () => {
    const ring = ['a', 'b', 'c'].map((name, position, all) => ({
      from: `spec/${name}.ts`,
      to: `spec/${all[(position + 1) % all.length]}.ts`,
      by: 'import' as const,
    }));
    expect(cycles(ring)).toEqual(['spec/a.ts -> spec/b.ts -> spec/c.ts -> spec/a.ts']);
    expect(cycles(ring.slice(1))).toEqual([]);
  });
});
