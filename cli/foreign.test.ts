import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRecords, runOf } from '../reports/runFile.ts';

const script = fileURLToPath(new URL('../cli.ts', import.meta.url));
const hostile = fileURLToPath(new URL('../fixtures/harnesses/hostile.ts', import.meta.url));
const python = spawnSync('python3', ['--version'], { encoding: 'utf8' });
const hasPython = python.status === 0;
/** What later versions do otherwise nobody has declared yet. */
const isKnown = /^Python 3\.(?:8|9|10|11|12|13)\./u.test(python.stdout ?? '');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param before is given the process as soon as it says that it judges. */
function lockproof(args: readonly string[], before: (pid: number) => void = () => undefined): Promise<Told> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', CI: '1' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => (stdout += String(text)));
    child.stderr.on('data', (text) => {
      const hadBegun = /^Judging/mu.test(stderr);
      stderr += String(text);
      if (!hadBegun && /^Judging/mu.test(stderr)) before(child.pid as number);
    });
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

function harness(misdeed: string): readonly string[] {
  return ['--harness', `'${process.execPath}' '${hostile}' '${misdeed}'`];
}

describe('a harness that is not in order', () => {
  test.each([
    ['no JSON', /answered with a line that is no JSON\.\nThe last lines exchanged/],
    ['exit', /ended \(exit code 5\) before it had answered/],
    ['wrong version', /speaks version 2 of the protocol/],
  ])('makes a run inconclusive, and says why: %s', async (misdeed, message) => {
    const { status, stderr } = await lockproof(['verify', ...harness(misdeed), '--family', 'lock']);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    // What is no run leaves no file.
    expect(existsSync(join(folder, 'reports')) ? readdirSync(join(folder, 'reports/out')) : []).toEqual([]);
  });

  test('is told by what it does wrongly when it is looked at', async () => {
    const { status, stdout } = await lockproof(['smoke', ...harness('too few executions')]);
    expect(stdout).toMatch(/^ok +describes the implementation$/mu);
    expect(stdout).toMatch(/^WRONG +runs a program as often as it is told: .*0 executions where/mu);
    expect(stdout).toMatch(/^The harness is not in order: \d+ of its answers are wrong\.$/mu);
    expect(status).toBe(2);
  });

  test('a Python that is not there is said to be missing', async () => {
    const { status, stderr } = await lockproof(['verify', 'cpython:no-such-python']);
    expect(stderr).toMatch(
      /could not be started: .*no-such-python.*\. Install Python 3\.8 or newer, or say where it is/u,
    );
    expect(status).toBe(2);
  });
});

describe('a wrong argument', () => {
  test.each([
    [['smoke'], /Say which harness/],
    [['verify', 'cpython', '--harness', 'true'], /both say what is to be judged/],
    [['verify', 'cpython', '--engine', 'baton'], /--engine chooses none behind a harness/],
    [['verify', '--harness', ' '], /needs the command/],
    [['verify', 'cpython', '--family', 'lokc'], /Did you mean 'lock'/],
    [['exhaust', 'cpython'], /only 'lockproof verify' and 'lockproof smoke' do/],
  ])('%j', async (args, message) => {
    const { status, stderr } = await lockproof(args);
    expect(stderr).toMatch(message);
    expect(status).toBe(64);
  });
});

describe.skipIf(!hasPython)('CPython', () => {
  test('has a harness that is in order', async () => {
    const { status, stdout } = await lockproof(['smoke', 'cpython']);
    expect(stdout).toMatch(/^The harness is in order\.$/mu);
    expect(status).toBe(0);
  });

  test.skipIf(!isKnown)('keeps the rules of all families, or says which it does not', async () => {
    const { status, stdout } = await lockproof(['verify', 'cpython', '--budget', 'quick', '--seed', '1']);
    expect(stdout).toMatch(/^verdict +conforms/mu);
    expect(status).toBe(0);
    const file = join(folder, 'reports/out/run.jsonl');
    const { rules, counterexamples, notices } = runOf(parseRecords(readFileSync(file, 'utf8'), file));
    const having = (verdict: string) => rules.filter((rule) => rule.verdict === verdict);
    expect(having('kept').length).toBeGreaterThan(280);
    expect(having('broken')).toEqual([]);
    expect(having('inconclusive')).toEqual([]);
    for (const { reason, counterexample } of having('deviates')) {
      expect(reason).toMatch(/^\w+ 3\.\d+\.\d+: /u);
      expect(counterexamples.map(({ number }) => number)).toContain(counterexample);
    }
    expect(notices.map(({ text }) => text).join('\n')).toMatch(/for JavaScript alone/u);
  });

  test('is left alone when a run is interrupted', async () => {
    const marked = ['verify', 'cpython', '--seed', '1', '--family', 'cond'];
    const { status, stderr } = await lockproof(marked, (pid) => process.kill(pid, 'SIGINT'));
    expect(stderr).toMatch(/Interrupted\./u);
    expect(status).toBe(130);
  });
});
