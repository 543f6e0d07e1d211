import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { latch } from './fixtures/own/latchRules.ts';
import { rulesOf } from './spec/families.ts';
import { conformance } from './vitest.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const suite = fileURLToPath(new URL('./fixtures/suite', import.meta.url));
const vitest = fileURLToPath(new URL('./node_modules/vitest/vitest.mjs', import.meta.url));

interface Test {
  readonly file: string;
  readonly suites: readonly string[];
  readonly title: string;
  readonly status: string;
  readonly messages: readonly string[];
}

let folder: string;
let exitCode: number;
let tests: readonly Test[];

/** Runs vitest on the suites in `fixtures/suite`, as somebody else's project would, with its exit code and what it said. */
function run(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^VITEST|^TEST$/.test(name)),
  );
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [vitest, ...args, '--root', suite],
      { env, cwd: root },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      },
    );
  });
}

async function read<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  const file = join(folder, 'results.json');
  ({ code: exitCode } = await run('run', '--reporter=json', `--outputFile=${file}`));
  const { testResults } = await read<{
    testResults: readonly {
      readonly name: string;
      readonly assertionResults: readonly {
        readonly ancestorTitles: readonly string[];
        readonly title: string;
        readonly status: string;
        readonly failureMessages: readonly string[];
      }[];
    }[];
  }>(file);
  tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
      file: name.replace(/^.*\//, ''),
      suites: ancestorTitles,
      title,
      status,
      messages: failureMessages,
    })),
  );
});

afterAll(() => rm(folder, { recursive: true }));

function of(file: string, family: string): readonly Test[] {
  return tests.filter((one) => one.file === file && one.suites.at(-1) === family);
}

function idsOf(family: 'lock' | 'event'): readonly string[] {
  return (rulesOf.get(family) ?? []).map(({ id }) => id);
}

describe('a suite', () => {
  test('has a test for each rule, named by its id, and one for generated programs', () => {
    for (const [file, family] of [
      ['reference.test.ts', 'lock'],
      ['testAndSet.test.ts', 'lock'],
      ['testAndSet.test.ts', 'event'],
    ] as const) {
      expect(of(file, family).map(({ title }) => title)).toEqual([...idsOf(family), 'generated programs']);
    }
    expect(new Set(tests.map(({ suites }) => suites[0]))).toEqual(
      new Set([
        'conformance of impl/reference.ts',
        'conformance of fixtures/implementations/peeked.ts',
        'conformance of fixtures/implementations/testAndSet.ts',
        'conformance of fixtures/own/latch.ts',
        'conformance of fixtures/own/selfishLatch.ts',
      ]),
    );
  });

  test('has the same titles when it is collected again', async () => {
    const file = join(folder, 'list.json');
    const { code, output } = await run('list', '--no-static-parse', `--json=${file}`);
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    const listed = await read<readonly { readonly name: string }[]>(file);
    expect(listed.map(({ name }) => name).sort()).toEqual(
      tests.map(({ suites, title }) => [...suites, title].join(' > ')).sort(),
    );
  });
});

describe('an implementation that conforms', () => {
  test('passes, but for what does not apply', () => {
    const byStatus = Object.groupBy(of('reference.test.ts', 'lock'), ({ status }) => status);
    expect(Object.keys(byStatus).sort()).toEqual(['passed', 'skipped']);
    expect(byStatus['skipped']?.map(({ title }) => title)).toEqual(['lock.acquire.interruptible']);
  });
});

describe('an implementation with a fault', () => {
  test('fails the run', () => {
    expect(exitCode).toBe(1);
  });

  test('fails the rule that it breaks with its counterexample, and a line that shows it again', () => {
    const broken = of('testAndSet.test.ts', 'lock').find(({ title }) => title === 'lock.mutual-exclusion');
    expect(broken).toMatchObject({ status: 'failed' });
    const message = broken?.messages[0] ?? '';
    expect(message).toContain('lock.mutual-exclusion is broken');
    expect(message).toMatch(/lockproof replay lp1\.[\w-]+ \S*testAndSet\.ts/);
    expect(message).toMatch(/thread 1/);
    expect(message).toMatch(/thread 2/);
  });

  test('fails no test without a counterexample', () => {
    const failed = of('testAndSet.test.ts', 'lock').filter(({ status }) => status === 'failed');
    expect(failed.map(({ title }) => title)).toContain('generated programs');
    for (const { file, messages } of failed) {
      const rule = file === 'testAndSet.test.ts' ? 'lock.mutual-exclusion' : 'latch.no-lost-wakeup';
      expect(messages[0]).toContain(`${rule} is broken`);
    }
  });

  test('still passes the rules that it keeps', () => {
    const passed = of('testAndSet.test.ts', 'lock').filter(({ status }) => status === 'passed');
    expect(passed.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'lock.acquire.default-blocks',
        'lock.release.returns-none',
        'lock.release.unlocked-raises',
      ]),
    );
  });

  test('is skipped where it provides nothing', () => {
    const statuses = new Set(of('testAndSet.test.ts', 'event').map(({ status }) => status));
    expect(statuses).toEqual(new Set(['skipped']));
    const timed = of('testAndSet.test.ts', 'lock').find(
      ({ title }) => title === 'lock.acquire.timeout-expires',
    );
    expect(timed).toMatchObject({ status: 'skipped' });
  });
});

test('an implementation whose plain accesses race fails the test of its programs, with both places', () => {
  const failed = of('peeked.test.ts', 'lock').filter(({ status }) => status === 'failed');
  expect(failed.map(({ title }) => title)).toEqual(['generated programs']);
  expect(failed[0]?.messages[0]).toMatch(/plain accesses race[^]*Race 1\.[^]*in PeekedMutex\.locked/);
});

describe("a primitive of one's own", () => {
  const ids = latch.rules.map(({ id }) => id);

  test('has a test for each of its rules, which an implementation that conforms passes', () => {
    const own = of('latch.test.ts', 'latch');
    expect(own.map(({ title }) => title)).toEqual([...ids, 'generated programs']);
    expect(new Set(own.map(({ status }) => status))).toEqual(new Set(['passed']));
  });

  test('fails the rule that is broken, with what to look at and how to see it again', () => {
    const own = of('selfishLatch.test.ts', 'latch').filter(({ suites }) =>
      suites[0]?.includes('selfishLatch'),
    );
    const failed = own.filter(({ status }) => status === 'failed');
    expect(failed.map(({ title }) => title)).toEqual(['latch.no-lost-wakeup', 'generated programs']);
    const message = failed[0]?.messages[0] ?? '';
    expect(message).toMatch(/lockproof replay lp1\.[\w-]+ \S*selfishLatch\.ts/);
    expect(message).toContain('When the count becomes 0, every thread that waits goes on.');
    expect(message).toContain('Look whether the last countDown wakes all');
    expect(message).toMatch(/lockproof explain latch\.no-lost-wakeup \S*selfishLatch\.ts/);
  });

  test('is skipped where an implementation has nothing of it', () => {
    const other = of('selfishLatch.test.ts', 'latch').filter(({ suites }) =>
      suites[0]?.includes('testAndSet'),
    );
    expect(other.map(({ title }) => title)).toEqual([...ids, 'generated programs']);
    expect(new Set(other.map(({ status }) => status))).toEqual(new Set(['skipped']));
  });
});

describe('conformance refuses', () => {
  test.each<[string, unknown]>([
    ['a path', './mine.ts'],
    ['an implementation itself', { name: 'mine' }],
    ['a URL of the web', new URL('https://example.com/mine.ts')],
    ['nothing', undefined],
  ])('%s', (_, given) => {
    expect(() => conformance(given as URL)).toThrow(/^conformance takes the URL of a module/);
  });
});
