import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The contents of the README's code blocks in this language, in order. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(
    ([, block]) => block ?? '',
  );
}

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-readme-'));
  // Stands for the installed package, which the test of the package tries as it is.
  mkdirSync(join(folder, 'node_modules'));
  const installed = join(folder, 'node_modules', 'lockproof');
  mkdirSync(installed);
  writeFileSync(
    join(installed, 'package.json'),
    JSON.stringify({ type: 'module', exports: { '.': './index.js', './threading': './threading.js' } }),
  );
  writeFileSync(
    join(installed, 'index.js'),
    'export const defineImplementation = (definition) => definition;\n',
  );
  const threading = pathToFileURL(join(root, 'impl/threading/index.ts')).href;
  writeFileSync(join(installed, 'threading.js'), `export * from '${threading}';\n`);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the mutex of the README fails as the README says', () => {
  const [module] = blocks('ts');
  writeFileSync(join(folder, 'my-mutex.ts'), module ?? '');
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'cli.ts'), 'verify', 'my-mutex.ts', '--seed', '1'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  const [shown] = blocks('text');
  expect(shown).toContain('lock.no-lost-wakeup is broken');
  expect(stdout).toContain(shown);
  expect(status).toBe(1);
});

test('the program of the README runs', () => {
  const program = blocks('ts').find((block) => block.includes('squares.ts'));
  writeFileSync(join(folder, 'squares.ts'), program ?? '');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['squares.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n').sort()).toEqual([
    expect.stringMatching(/^3 squared is 9, says (one|two)$/u),
    expect.stringMatching(/^4 squared is 16, says (one|two)$/u),
  ]);
  expect(status).toBe(0);
});

test('every command of the README is one that the package has', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const commands = [...readme.matchAll(/npm (?:run )?(start|test|thorough|bench|coverage)/g)].map(
    ([, script]) => script ?? '',
  );
  expect(commands.length).toBeGreaterThan(3);
  for (const script of commands) expect(scripts).toHaveProperty(script);
  const verbs = new Set(
    [...readme.matchAll(/lockproof\s+(verify|replay|explain|rules|mutants|report)\b/g)].map(
      ([, verb]) => verb,
    ),
  );
  const { stdout } = spawnSync(process.execPath, [join(root, 'cli.ts'), '--help'], { encoding: 'utf8' });
  expect(verbs.size).toBe(6);
  for (const verb of verbs) expect(stdout).toContain(`  ${verb} `);
});
