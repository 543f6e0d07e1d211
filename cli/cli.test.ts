import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../spec/catalogue.ts';

const script = fileURLToPath(new URL('../cli.ts', import.meta.url));
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/runs/${name}.jsonl`, import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command line in the test's own folder. */
function lockproof(...args: readonly string[]): Promise<Ended> {
  return run([script, ...args]);
}

/** Runs Node, and presses Ctrl-C as soon as what is written to standard error is enough. */
function run(args: readonly string[], enough: (stderr: string) => boolean = () => false): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', CI: '1' },
  });
  let stdout = '';
  let stderr = '';
  let pressed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (pressed || !enough(stderr)) return;
    pressed = true;
    child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('wrong usage is one sentence, ends with 64 and writes nothing', () => {
  test.each([
    ['an unknown command', ['verfy'], /verfy.*Did you mean verify\?/],
    ['an unknown option', ['verify', '--sede', '1'], /'--sede'.*Did you mean --seed\?/],
    ['too many arguments', ['rules', 'a.ts', 'b.ts'], /[Tt]oo many arguments/],
    ['a missing argument', ['explain'], /[Mm]issing required argument 'rule'/],
    [
      'an unknown family',
      ['verify', '--family', 'lokc'],
      /--family 'lokc' is unknown\. Did you mean 'lock'\?/,
    ],
    [
      'a glob that matches nothing',
      ['verify', '--rule', 'lock.aquire'],
      /--rule 'lock\.aquire' matches no rule/,
    ],
    ['a glob of another family', ['verify', '--family', 'lock', '--rule', 'sem.*'], /matches/],
    ['an unknown level', ['verify', '--level', 'may'], /--level 'may' is unknown.*must, should, observed/],
    ['a bad seed', ['verify', '--seed', '-1'], /--seed '-1' is no seed/],
    ['a seed that is too large', ['verify', '--seed', '4294967296'], /is no seed.*4294967295/],
    ['a bad budget', ['verify', '--budget', 'quik'], /--budget 'quik' is unknown\. Did you mean 'quick'\?/],
    ['a bad shard', ['verify', '--shard', '3/2'], /--shard '3\/2' is no part/],
    ['a shard from 0', ['verify', '--shard', '0/2'], /--shard '0\/2' is no part/],
    ['an unknown engine', ['verify', '--engine', 'steam'], /--engine 'steam' is unknown/],
    ['an unknown format', ['report', 'x', '--format', 'pdf'], /--format 'pdf' is unknown/],
    ['a missing module', ['verify', 'no/such.ts'], /There is no file 'no\/such\.ts'/],
    ['a folder for a module', ['verify', '.'], /'\.' is no file/],
    ['an unknown rule', ['explain', 'lock.relase'], /There is no rule 'lock\.relase'/],
    ['rules that no filter leaves', ['rules', '--family', 'lock', '--rule', 'sem.*'], /No rule fits all/],
    ['replay by steam', ['replay', 'lp1.abc', '--engine', 'steam'], /'steam' is unknown/],
    ['a bad token', ['replay', 'nonsense'], /'nonsense' is no token/],
    ['a token that was cut', ['replay', 'lp1.abc'], /was cut or changed/],
    ['a missing run file', ['report', 'run.jsonl'], /The run file 'run\.jsonl' cannot be read/],
  ])('%s', async (_what, args, message) => {
    const { code, stdout, stderr } = await lockproof(...args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(64);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('no command at all prints the help', async () => {
    const { code, stderr } = await lockproof();
    expect(stderr).toContain('Usage: lockproof');
    expect(code).toBe(64);
  });

  test.each([
    ['exports nothing', 'export const lock = 1;'],
    ['exports no implementation', 'export default 42;'],
    ['cannot be loaded', 'throw new Error("on purpose");'],
    ['is no program', 'export default {'],
  ])('a module that %s', async (_what, text) => {
    writeFileSync(join(folder, 'mine.ts'), text);
    const { code, stdout, stderr } = await lockproof('verify', 'mine.ts', '--budget', 'quick');
    expect(stderr).toContain('mine.ts');
    expect(stdout).toBe('');
    expect(code).toBe(64);
    expect(readdirSync(folder)).toEqual(['mine.ts']);
  });

  test('a run file that was cut', async () => {
    const whole = readFileSync(fixture('lostWakeup'), 'utf8');
    writeFileSync(join(folder, 'cut.jsonl'), whole.slice(0, whole.lastIndexOf('{')));
    const { code, stdout, stderr } = await lockproof('report', 'cut.jsonl');
    expect(stderr).toMatch(/cut\.jsonl has no 'end' record/);
    expect(stdout).toBe('');
    expect(code).toBe(64);
  });

  test('a failed start leaves an older run file as it was', async () => {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out', 'run.jsonl'), 'older');
    writeFileSync(join(folder, 'mine.ts'), 'export default {};');
    const { code } = await lockproof('verify', 'mine.ts', '--out', 'out');
    expect(code).toBe(64);
    expect(readdirSync(join(folder, 'out'))).toEqual(['run.jsonl']);
    expect(readFileSync(join(folder, 'out', 'run.jsonl'), 'utf8')).toBe('older');
  });
});

test('an error of its own ends with 70, a plea and the stack', async () => {
  const sabotage = 'data:text/javascript,Date.prototype.toISOString=()=>{throw new Error("on purpose")}';
  const { code, stdout, stderr } = await run([
    '--import',
    sabotage,
    script,
    'verify',
    '--rule',
    'lock.new.*',
  ]);
  expect(stderr).toMatch(/^Lockproof itself failed.*Please report it/);
  expect(stderr).toMatch(/Error: on purpose\n +at /);
  expect(stdout).toBe('');
  expect(code).toBe(70);
});

test('help tells the exit codes', async () => {
  for (const args of [['--help'], ['verify', '--help'], ['help', 'replay']]) {
    const { code, stdout } = await lockproof(...args);
    expect(stdout).toMatch(/Exit codes:\n {2}0 /);
    expect(code).toBe(0);
  }
});

test('rules as data are the whole catalogue, each with how it is encoded', async () => {
  const { code, stdout } = await lockproof('rules', '--format', 'json');
  const rows = JSON.parse(stdout) as readonly {
    id: string;
    encoded: string;
    reason?: string;
    examples?: string[];
  }[];
  expect(rows.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
  const bare = rows.filter(({ encoded, reason = '', examples = [] }) =>
    encoded === 'examples' ? examples.length === 0 : reason === '',
  );
  expect(bare).toEqual([]);
  expect(code).toBe(0);
});

test('a rule is explained with its examples and its mutants', async () => {
  const { code, stdout } = await lockproof('explain', 'lock.release.unlocked-raises');
  expect(stdout).toContain('https://docs.python.org/3/library/threading.html#threading.Lock.release');
  expect(stdout).toMatch(/Example 1: .*\n.*\n.*thread 1/);
  expect(stdout).toContain('raises RuntimeError');
  expect(stdout).toContain('Mutants that it has to kill');
  expect(code).toBe(0);
});

test.each(['prog', 'iter'])('a rule of %s is explained, too', async (own) => {
  const row = catalogue.find(({ family }) => family === own);
  const { code, stdout } = await lockproof('explain', row?.id ?? '');
  expect(stdout).toContain(row?.statement.slice(0, 20));
  expect(stdout).toMatch(/in a process of its own|not asked/);
  expect(code).toBe(0);
});

test('a report of a run file ends as the run did', async () => {
  const broken = await lockproof('report', fixture('lostWakeup'));
  expect(broken.stdout).toMatch(/^spin-then-sleep is broken: lock\.no-lost-wakeup\n/);
  expect(broken.code).toBe(1);
  const conforming = await lockproof('report', fixture('conforms'));
  expect(conforming.code).toBe(0);
});

test('a run file as data is the file', async () => {
  const { stdout } = await lockproof('report', fixture('twoFamilies'), '--format', 'json');
  expect(stdout).toBe(readFileSync(fixture('twoFamilies'), 'utf8'));
});

/** A mutex that looks for waiters before it unlocks, so that one that comes in between sleeps for ever. */
const forgetful = `
class Mutex {
  constructor(memory) { this.words = new Int32Array(memory); }
  acquire({ blocking = true } = {}) {
    while (Atomics.compareExchange(this.words, 0, 0, 1) !== 0) {
      if (!blocking) return false;
      Atomics.add(this.words, 1, 1);
      Atomics.wait(this.words, 0, 1);
      Atomics.sub(this.words, 1, 1);
    }
    return true;
  }
  release() {
    const waiters = Atomics.load(this.words, 1);
    Atomics.store(this.words, 0, 0);
    if (waiters > 0) Atomics.notify(this.words, 0, 1);
  }
}
export default {
  name: 'forgetful',
  lock: { create: () => new SharedArrayBuffer(8), open: (memory) => new Mutex(memory) },
  notProvided: ['lock.locked', 'lock.acquire.timeout'],
};
`;

describe('a broken implementation', () => {
  const verify = ['verify', 'mine.mjs', '--rule', 'lock.no-lost-wakeup', '--budget', 'quick', '--seed', '7'];

  test('is reported with a line that shows it again, every time', async () => {
    writeFileSync(join(folder, 'mine.mjs'), forgetful);
    const { code, stdout, stderr } = await lockproof(...verify, '--engine', 'baton');
    expect(stdout).toMatch(/^forgetful is broken: lock\.no-lost-wakeup\n/);
    expect(stderr).toContain('with seed 7');
    expect(code).toBe(1);
    expect(readdirSync(join(folder, 'reports', 'out'))).toEqual(['run.jsonl']);
    const again = await lockproof('report', join('reports', 'out', 'run.jsonl'), '--format', 'json');
    expect(again.stdout).toBe(readFileSync(join(folder, 'reports', 'out', 'run.jsonl'), 'utf8'));

    const [, token = ''] = /lockproof replay (\S+) mine\.mjs/.exec(stdout) ?? [];
    const replays = [
      await lockproof('replay', token, 'mine.mjs', '--format', 'json'),
      await lockproof('replay', token, 'mine.mjs', '--format', 'json'),
    ];
    expect(replays[0]?.stdout).toContain('"record":"counterexample"');
    expect(replays[1]?.stdout).toBe(replays[0]?.stdout);
    expect(replays.map((replay) => replay.code)).toEqual([1, 1]);

    const played = await lockproof('replay', token, 'mine.mjs', '--engine', 'coroutine', '--format', 'json');
    const { engine, ...rest } = JSON.parse(played.stdout) as Record<string, unknown>;
    expect(engine).toBe('coroutine');
    expect({ ...rest, engine: 'baton' }).toEqual(JSON.parse(replays[0]?.stdout ?? ''));
    expect(played.code).toBe(1);

    const reference = await lockproof('replay', token);
    expect(reference.stdout).toContain('It does not fail');
    expect(reference.code).toBe(0);
  });

  test('as data: the records of the run file, and nothing else', async () => {
    writeFileSync(join(folder, 'mine.mjs'), forgetful);
    const { stdout } = await lockproof(...verify, '--engine', 'baton', '--format', 'json', '--out', 'o');
    expect(stdout).toBe(readFileSync(join(folder, 'o', 'run.jsonl'), 'utf8'));
  });
});

test('Ctrl-C keeps what there is under a name that says so, and leaves an older run file alone', async () => {
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'out', 'run.jsonl'), 'older');
  const judging = (stderr: string) => stderr.includes('Judging');
  const { code, stderr } = await run(
    [script, 'verify', '--seed', '5', '--out', 'out', '--budget', 'thorough'],
    judging,
  );
  expect(code).toBe(130);
  expect(stderr).toMatch(/Interrupted\. What there was is kept in out\/run\.interrupted\.jsonl; `--seed 5`/);
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(['run.interrupted.jsonl', 'run.jsonl']);
  expect(readFileSync(join(folder, 'out', 'run.jsonl'), 'utf8')).toBe('older');
  const partial = await lockproof('report', join('out', 'run.interrupted.jsonl'));
  expect(partial.code).toBe(64);
});

test('mutants are killed by the rule that they break, and nothing is no success', async () => {
  const one = await lockproof(
    'mutants',
    '--rule',
    'lock.release.unlocked-raises',
    '--budget',
    'quick',
    '--seed',
    '1',
  );
  expect(one.stdout).toMatch(/1 of 1 mutant killed/);
  expect(one.code).toBe(0);
});
