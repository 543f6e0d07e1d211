import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { outline, transform, Untransformable } from './transform.ts';

function transformed(source: string, accessors: readonly string[] = []): string {
  return transform(source, 'module.ts', new Set(accessors), 'the:runtime');
}

describe('a module that is transformed', () => {
  test('keeps its lines', () => {
    const source = `import { step } from './step.ts';\nexport function twice(\n  words: Words,\n) {\n  step(words)\n    .next(\n  2);\n  return step(\n words);\n}\n// the end`;
    const lines = transformed(source).split('\n');
    expect(lines).toHaveLength(source.split('\n').length);
    expect(lines[7]).toContain('return');
    expect(lines.at(-1)).toBe('// the end');
  });

  test('keeps statements apart that no semicolon does', () => {
    const text = transformed('function f(words) {\n  step(words)\n  step(words)\n  return 1\n}');
    const { program, errors } = parseSync('module.ts', text);
    expect(errors).toEqual([]);
    const twin = program.body.flatMap((node) => (node.type === 'FunctionDeclaration' ? [node] : [])).at(-1);
    expect(twin?.body?.body.filter(({ type }) => type === 'ExpressionStatement')).toHaveLength(2);
  });

  test('has functions whose own text runs where no thread is played', () => {
    const lines = transformed(
      'export function f(words: Words) {\n  // One.\n  for (let turn = 0; turn < 2; turn++) step(words);\n  return 1;\n}\nconst g = (x) =>\n  f(x);',
    ).split('\n');
    expect(lines[0]).toMatch(
      /isPlaying\(\)\)return .*; for \(let turn = 0; turn < 2; turn\+\+\) step\(words\); return 1; \}/,
    );
    expect(lines).toHaveLength(7);
    expect(lines[5]).toMatch(/isPlaying\(\)\?.*:\(\(x\) => f\(x\)\)\(/);
  });

  test.each([
    ['a line ends a statement', '{\n  step(words)\n  step(words)\n}'],
    ['a text has lines', '{\n  step(`a\n b`);\n}'],
    ['there are functions inside', '{\n  step(() => step(words));\n}'],
    ['it makes promises', '{\n  return step(Promise);\n}'],
    ['it has resources', '{\n  using one = step(words);\n  step(one);\n}'],
  ])('has functions whose twins are run to their ends, where %s', (_, body) => {
    const text = transformed(`export function f(words) ${body}`);
    expect(text).toMatch(/function f\(\$\d\)\{return \$drive\(/);
  });

  test('uses no name that it has itself', () => {
    const text = transformed('const $1 = 1, $$drive = 2; export function f(x) { return x($1, $$drive); }');
    expect(text).toMatch(/^import\{.*drive as \$\$\$drive/);
  });

  test('leaves alone what calls nobody', () => {
    const source = 'export const double = (x) => Math.max(x, 2) * 2;';
    expect(transformed(source)).toContain(source);
  });

  test('reads by name what is an accessor somewhere', () => {
    const source = 'export const f = (x) => { x(); return x.level; };';
    expect(transformed(source)).toContain('.level;');
    expect(transformed(source, ['level'])).toMatch(/getter\(\$\d+,"level"\)/);
  });

  test('that cannot be read is told with its line', () => {
    expect(() => transformed('const a = 1;\nconst = 2;')).toThrow(Untransformable);
    expect(() => transformed('const a = 1;\nconst = 2;')).toThrow(/^module\.ts:2: /);
  });
});

test('every module of the reference and the fixtures can be read when it is transformed', () => {
  const home = fileURLToPath(new URL('../../../../', import.meta.url));
  const files = globSync('{impl,fixtures}/**/*.ts', { cwd: home, exclude: ['**/*.d.ts'] });
  const wrong = files.filter((file) => {
    const source = readFileSync(`${home}${file}`, 'utf8');
    return parseSync(file, transformed(source, ['level', 'memory', 'maxsize'])).errors.length > 0;
  });
  expect(wrong).toEqual([]);
  expect(files.length).toBeGreaterThan(300);
});

test('an outline has what is imported at run time, and accessors that call something', () => {
  const source = `
    import type { A } from './types.ts';
    import { type B, c } from './values.ts';
    import data from './data.json' with { type: 'json' };
    export * from './all.ts';
    class X {
      get plain() { return this.x; }
      get level() { return c(); }
      set size(value) { c(value); }
    }`;
  expect(outline(source, 'module.ts')).toEqual({
    imports: ['./values.ts', './all.ts'],
    accessors: ['level', 'size'],
  });
});
