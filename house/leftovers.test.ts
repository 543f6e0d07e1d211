import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));
const reference = new URL('../impl/threading/index.ts', import.meta.url).href;

let folder: string;
let temporary: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-'));
  temporary = mkdtempSync(join(tmpdir(), 'lockproof-'));
});
afterEach(() => {
  for (const made of [folder, temporary]) rmSync(made, { recursive: true });
});

/** The command line in a process group of its own, so that all that it starts can be counted. */
function lockproof(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { ...process.env, CI: '1', TMPDIR: temporary },
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Whether any process is left of the group. */
function isLeft({ pid }: ChildProcess): boolean {
  try {
    return process.kill(-(pid as number), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

async function expectNothingLeft(run: ChildProcess): Promise<void> {
  // A process that was ended with its parent takes a moment to be gone; it has as long as the test has.
  await expect.poll(() => isLeft(run), { timeout: 20_000 }).toBe(false);
  expect(readdirSync(temporary)).toEqual([]);
}

test('a run that ends leaves no process and no temporary file', async () => {
  const run = lockproof('verify', '--family', 'thread', '--budget', 'quick', '--rule', 'thread.join.*');
  const [code] = (await once(run, 'close')) as [number];
  expect(code).toBe(0);
  await expectNothingLeft(run);
  expect(readdirSync(folder)).toEqual(['reports']);
}, 120_000);

test('neither does one of an implementation whose threads hang', async () => {
  const module = join(folder, 'hangs.mjs');
  writeFileSync(
    module,
    `import * as threading from '${reference}';
    const word = new Int32Array(new SharedArrayBuffer(4));
    class Thread extends threading.Thread {
      join() { Atomics.wait(word, 0, 0); }
    }
    export default { name: 'hangs', threading: { ...threading, Thread } };`,
  );
  const run = lockproof('verify', module, '--family', 'thread', '--rule', 'thread.join.returns-at-end');
  const [code] = (await once(run, 'close')) as [number];
  expect(code).toBe(1);
  await expectNothingLeft(run);
}, 120_000);

test('neither does one that is interrupted', async () => {
  const run = lockproof('verify', '--family', 'thread');
  let said = '';
  run.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.includes(' %')) run.kill('SIGINT');
  });
  const [code] = (await once(run, 'close')) as [number];
  expect(code).not.toBe(0);
  await expectNothingLeft(run);
}, 120_000);
