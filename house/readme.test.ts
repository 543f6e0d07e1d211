import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

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
  const index = pathToFileURL(join(root, 'index.ts')).href;
  writeFileSync(join(installed, 'index.js'), `export * from '${index}';\n`);
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

/** Runs the command line in the folder of the README's modules. */
function lockproof(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(root, 'cli.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
}

describe('the latch of the README', () => {
  const [rules = '', latch = ''] = ['latch-rules.ts', 'my-latch.ts'].map((name) =>
    blocks('ts').find((block) => block.startsWith(`// ${name}`)),
  );
  const notifyAll = 'Atomics.notify(this.#left, 0)';
  const verify = ['verify', 'my-latch.ts', '--family', 'latch', '--budget', 'quick', '--seed', '1'];

  beforeAll(() => {
    writeFileSync(join(folder, 'latch-rules.ts'), rules);
  });

  test.each(['baton', 'coroutine'])('conforms, as the engine %s sees it', (engine) => {
    writeFileSync(join(folder, 'my-latch.ts'), latch);
    const { stdout, stderr, status } = lockproof(...verify, '--engine', 'lockstep', '--engine', engine);
    expect(stdout).toMatch(/^my latch conforms\.\n/);
    expect(stdout).toMatch(/4 rules are kept/);
    expect(stdout).not.toContain('Only real workers');
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });

  test('is told apart from one that wakes a single thread', () => {
    expect(latch).toContain(notifyAll);
    writeFileSync(join(folder, 'my-latch.ts'), latch.replace(notifyAll, 'Atomics.notify(this.#left, 0, 1)'));
    const { stdout, status } = lockproof(...verify);
    expect(stdout).toMatch(/^my latch is broken: latch\.no-lost-wakeup\n/);
    expect(stdout).toContain('1. Look whether the last countDown wakes all.');
    expect(status).toBe(1);
    const [, token = ''] = /lockproof replay (\S+) my-latch\.ts/.exec(stdout) ?? [];
    const again = lockproof('replay', token, 'my-latch.ts');
    expect(again.stdout).toContain('latch.no-lost-wakeup is broken');
    expect(again.stdout).toContain('1. Look whether the last countDown wakes all.');
    expect(again.status).toBe(1);
    writeFileSync(join(folder, 'my-latch.ts'), latch);
    expect(lockproof('replay', token, 'my-latch.ts').status).toBe(0);
  });

  test('has rules that are listed and explained', () => {
    writeFileSync(join(folder, 'my-latch.ts'), latch);
    const { stdout, status } = lockproof('explain', 'latch.no-lost-wakeup', 'my-latch.ts');
    expect(stdout).toMatch(/^latch\.no-lost-wakeup\nWhen the count is 0/);
    expect(stdout).toMatch(/Example 1: two wait for one\n +latch = Latch\(count: 1\)/);
    expect(stdout).not.toMatch(/Python|source/);
    expect(status).toBe(0);
    const listed = lockproof('rules', 'my-latch.ts', '--family', 'latch');
    expect(listed.stdout).toContain('latch.wait.timeout');
    expect(listed.status).toBe(0);
  });
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
