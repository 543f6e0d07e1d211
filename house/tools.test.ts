import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from './sources.ts';

/*
 * The tools are shown a project with one fault each: a check that is configured to see nothing would
 * pass for ever.
 */
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockproof-faulty-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** Runs one of the project's tools, on the project's Node, in the faulty project. */
function run(tool: string, ...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: folder });
    let output = '';
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (output += String(text)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

const tsconfig = JSON.stringify({ compilerOptions: { strict: true, target: 'esnext', module: 'nodenext' } });

describe('the linter sees', () => {
  const later = 'export async function later(): Promise<boolean> { return Promise.resolve(true); }';
  test.each([
    ['a promise that nobody awaits', `later();\n${later}`, 'no-floating-promises'],
    ['a promise taken for its value', `if (later()) console.log(1);\n${later}`, 'no-misused-promises'],
    ['an await of what is no promise', `export const one = await 1;`, 'await-thenable'],
    [
      'an assertion that nobody awaits',
      `import { expect, test } from 'vitest';\n${later}\ntest('a', () => { expect(later()).resolves.toBe(true); });`,
      'valid-expect',
    ],
  ])('%s', async (_, text, rule) => {
    await write({ 'tsconfig.json': tsconfig, 'package.json': '{"type":"module"}', 'faulty.test.ts': text });
    const { code, output } = await run('oxlint', '--type-aware', '--config', join(root, '.oxlintrc.json'));
    expect(output).toContain(rule);
    expect(code).toBe(1);
  });
});

test('the formatter sees what is not formatted', async () => {
  await write({ 'faulty.ts': 'export const   one = "1"' });
  const { code, output } = await run('oxfmt', '--check', '--config', join(root, '.oxfmtrc.json'));
  expect(output).toContain('faulty.ts');
  expect(code).toBe(1);
});

test('the search for dead code sees files, exports and dependencies', async () => {
  await write({
    'package.json': JSON.stringify({ type: 'module', dependencies: { unneeded: '1' } }),
    'tsconfig.json': tsconfig,
    'index.ts': "import { used } from './spec/used.ts';\nconsole.log(used);",
    'spec/used.ts': 'export const used = 1;\nexport const forgotten = 2;',
    'spec/lonely.ts': 'export const lonely = 1;',
  });
  const { code, output } = await run('knip', '--config', join(root, 'knip.jsonc'));
  for (const dead of ['forgotten', 'spec/lonely.ts', 'unneeded']) expect(output).toContain(dead);
  expect(code).toBe(1);
});

test('the compiler refuses what Node cannot erase', async () => {
  await write({ 'faulty.ts': 'export enum Colour { red }' });
  const { code, output } = await run('tsc', '--noEmit', '-p', await extended());
  expect(output).toContain('erasableSyntaxOnly');
  expect(code).not.toBe(0);
});

/** The project's own settings, for the faulty project. */
async function extended(): Promise<string> {
  const settings = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { types: [] },
    include: ['*.ts'],
  };
  await write({ 'tsconfig.json': JSON.stringify(settings) });
  return 'tsconfig.json';
}
