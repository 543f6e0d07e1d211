import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RaceResult, RunRecord } from '../properties/run.ts';
import { parseRecords } from '../reports/runFile.ts';

const script = fileURLToPath(new URL('../cli.ts', import.meta.url));
const fixture = new URL('../fixtures/implementations/races.ts', import.meta.url).href;

let folder: string;
let records: readonly RunRecord[];
let verified: Ended;

interface Ended {
  readonly status: number;
  readonly stdout: string;
}

async function lockproof(...args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: '1', CI: '1' };
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const [status] = (await once(child, 'close')) as [number];
  return { status, stdout };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-'));
  for (const [name, member] of Object.entries({
    'peeked.ts': 'a lock that is peeked at',
    'sound.ts': 'a lock',
    'declared.ts': 'a lock that may be peeked at',
  })) {
    const text = `import { variants } from '${fixture}';\nexport default variants['${member}'].implementation;\n`;
    writeFileSync(join(folder, name), text);
  }
  verified = await lockproof('verify', 'peeked.ts', '--family', 'lock', '--budget', 'quick', '--seed', '1');
  records = parseRecords(readFileSync(join(folder, 'reports/out/run.jsonl'), 'utf8'), 'run.jsonl');
});
afterAll(() => rmSync(folder, { recursive: true }));

function firstRace(): RaceResult {
  return records.find((record) => record.record === 'race') as RaceResult;
}

test('a race is in the run file and in the report, and ends with 2', async () => {
  const { token, first, second } = firstRace();
  expect(verified.status).toBe(2);
  expect(verified.stdout).toContain(`lockproof replay ${token} peeked.ts`);
  for (const { line, column } of [first, second])
    expect(verified.stdout).toContain(`races.ts:${line}:${column}`);
  expect(verified.stdout).toContain('inconclusive (exit code 2)');
  const { stdout } = await lockproof('report', 'reports/out/run.jsonl');
  expect(stdout).toBe(verified.stdout);
});

test('replay shows it again, with the same code', async () => {
  const { token } = firstRace();
  const { status, stdout } = await lockproof('replay', token, 'peeked.ts');
  expect(stdout).toMatch(/^It does not fail: [^]*\n\nRace 1\. [^]*in PeekedMutex\.locked\n/);
  expect(status).toBe(2);
  const json = await lockproof('replay', token, 'peeked.ts', '--format', 'json');
  expect(JSON.parse(json.stdout.split('\n')[0] ?? '')).toMatchObject({ record: 'race', token });
  expect(json.status).toBe(2);
});

test('where there is none, or it is declared, replay ends with 0', async () => {
  const { token } = firstRace();
  const sound = await lockproof('replay', token, 'sound.ts');
  expect(sound.status).toBe(0);
  expect(sound.stdout).not.toContain('Race');
  const declared = await lockproof('replay', token, 'declared.ts');
  expect(declared.status).toBe(0);
  expect(declared.stdout).toContain('It is declared: Whoever looks');
});
