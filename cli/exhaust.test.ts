import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseScopeRecords } from '../reports/scopeFile.ts';

const script = fileURLToPath(new URL('../cli.ts', import.meta.url));
const faulty = fileURLToPath(new URL('../fixtures/implementations/testAndSet.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs `lockproof exhaust` in the test's own folder. @param press Ctrl-C when this says so. */
async function exhaust(args: readonly string[], press?: () => boolean) {
  const env = { ...process.env, NO_COLOR: '1', CI: '1' };
  const child = spawn(process.execPath, [script, 'exhaust', ...args], { cwd: folder, env });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  for (let pressed = press === undefined; !pressed && child.exitCode === null; await pause(20)) {
    pressed = press?.() === true;
    if (pressed) child.kill('SIGINT');
  }
  return { code: await closed, stdout, stderr };
}

function recordsIn(name: string) {
  const path = join(folder, 'reports/out', name);
  const records = parseScopeRecords(readFileSync(path, 'utf8'), name);
  return records.map((record) => (record.record === 'end' ? { ...record, seconds: 0 } : record));
}

const lock = ['--family', 'lock', '--preemptions', '1'];

describe('lockproof exhaust', { timeout: 120_000 }, () => {
  test('runs every small program, and says how many schedules and states there were', async () => {
    const { code, stdout } = await exhaust(lock);
    expect(stdout).toMatch(/at most 1 preemptions: all schedules of 360\s+programs are allowed/);
    expect(stdout).toMatch(/^lock +360 +[\d,]+ +[\d,]+ +0 +0 +\d+$/m);
    expect(code).toBe(0);
    const parts = recordsIn('scope.jsonl').filter((record) => record.record === 'part');
    expect(parts.map(({ programs }) => programs)).toEqual([100, 100, 100, 60]);
    expect(Math.min(...parts.map(({ executions, programs }) => executions - programs))).toBeGreaterThan(0);
  });

  test('goes on where an earlier run ended, in the middle of a line or anywhere', async () => {
    await exhaust(lock);
    const whole = recordsIn('scope.jsonl');
    const path = join(folder, 'reports/out/scope.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${lines.slice(0, 3).join('\n')}\n${lines[3]?.slice(0, 20)}`);
    const { code } = await exhaust([...lock, '--resume']);
    expect(code).toBe(0);
    expect(recordsIn('scope.jsonl')).toEqual(whole);
  });

  test('can be interrupted, and what was done is kept', async () => {
    const path = join(folder, 'reports/out/scope.jsonl');
    const hasPart = () => existsSync(path) && readFileSync(path, 'utf8').includes('"part"');
    const interrupted = await exhaust(['--family', 'rlock,queue'], hasPart);
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toMatch(/Interrupted\..*--resume/s);
    const before = recordsIn('scope.jsonl');
    expect(before.some(({ record }) => record === 'end')).toBe(false);
    const other = await exhaust([...lock, '--resume']);
    expect(other.code).toBe(64);
    expect(other.stderr).toContain('is of another run');
    expect(recordsIn('scope.jsonl')).toEqual(before);
  });

  test('can be done in parts that are the whole together', async () => {
    await exhaust(lock);
    const whole = recordsIn('scope.jsonl').filter((record) => record.record === 'part');
    await exhaust([...lock, '--shard', '1/2']);
    await exhaust([...lock, '--shard', '2/2']);
    const sharded = [recordsIn('scope-1-of-2.jsonl'), recordsIn('scope-2-of-2.jsonl')]
      .flat()
      .filter((record) => record.record === 'part');
    expect(sharded.toSorted((a, b) => a.part - b.part)).toEqual(whole);
  });

  test('shows what fails, as small as it is', async () => {
    const { code, stdout } = await exhaust([faulty, ...lock]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/lock\.mutual-exclusion is broken/);
    const told = stdout.replaceAll(/\s+/g, ' ');
    expect(told).toMatch(
      /minimal: no smaller program fails within this scope .* no schedule with fewer preemptions/,
    );
    expect(stdout).toMatch(/lockproof replay \S+/);
  });

  test.each([
    [['--family', 'thread'], /'thread' has no small scope/],
    [['--preemptions', 'two'], /'two' is no number of preemptions/],
    [['nowhere.ts'], /no file 'nowhere.ts'/],
  ])('%j is wrong usage: nothing is written', async (args, message) => {
    const { code, stderr } = await exhaust(args);
    expect(code).toBe(64);
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });
});
