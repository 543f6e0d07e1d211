import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '../impl/usageError.ts';
import { rulesOf } from '../spec/families.ts';
import { Lane } from './engines/lane.ts';
import type { Source } from './engines/source.ts';
import type { LabelResult, RuleResult, RunEnd, RunRecord } from './run.ts';
import { type Progress, threads, verify, type VerifyOptions } from './verify.ts';

const pool = [new Lane(threads, { execution: 60_000, loading: 60_000 })];
afterAll(() => Promise.all(pool.map((engine) => engine.close())));

const reference: Source = { module: urlOf('../impl/reference.ts') };

function urlOf(path: string): string {
  return new URL(path, import.meta.url).href;
}

function partial(member: string): Source {
  return { module: urlOf('../fixtures/subjects/partial.ts'), export: 'partial', member };
}

function mutant(member: string): Source {
  return { module: urlOf('../fixtures/mutants/lock.ts'), export: 'mutants', member };
}

const defaults: VerifyOptions = {
  source: reference,
  families: ['lock'],
  level: 'must',
  seed: 1,
  budget: 'quick',
};

async function all(running: AsyncIterable<RunRecord | Progress>) {
  const records: (RunRecord | Progress)[] = [];
  for await (const record of running) records.push(record);
  return records;
}

function recordsOf(options: Partial<VerifyOptions>) {
  return all(verify({ ...defaults, pool, ...options }));
}

async function run(source: Source, options: Partial<VerifyOptions> = {}) {
  const records = await recordsOf({ source, engines: ['lockstep', 'baton'], ...options });
  const rules = records.filter((record): record is RuleResult => record.record === 'rule');
  return {
    of: (id: string) => rules.find(({ rule }) => rule === id),
    rules,
    labels: records.filter((record): record is LabelResult => record.record === 'label'),
    end: records.at(-1) as RunEnd,
  };
}

describe('what an implementation leaves out is not provided', () => {
  test('a family', async () => {
    const { rules, end } = await run(partial('a lock alone'), { families: ['event'] });
    const applicable = rules.filter(({ verdict }) => verdict !== 'not applicable');
    expect(applicable.length).toBeGreaterThan(10);
    expect(new Set(applicable.map(({ verdict, reason }) => `${verdict}: ${reason}`))).toEqual(
      new Set(['not provided: the implementation has no event']),
    );
    expect(end).toMatchObject({
      verdict: 'vacuous',
      reason: 'no rule was judged: the implementation provides nothing of what was asked for',
      executions: 0,
    });
  });

  test('with-statements', async () => {
    const { rules, end } = await run(partial('a lock alone'), { families: ['with'], level: 'observed' });
    expect(rules.filter(({ verdict }) => verdict === 'kept')).toEqual([]);
    const reasons = rules.flatMap(({ reason, verdict }) => (verdict === 'not provided' ? [reason] : []));
    expect(reasons).toContain('the implementation has no with');
    expect(end.verdict).toBe('vacuous');
  });

  test('a method that its objects do not have', async () => {
    const { of, end } = await run(partial('without locked'), {
      rules: ['lock.locked', 'lock.acquire.returns-true'],
    });
    expect(of('lock.locked')).toMatchObject({
      verdict: 'not provided',
      reason: 'the implementation has no lock.locked',
      exercised: 0,
    });
    expect(of('lock.acquire.returns-true')?.verdict).toBe('kept');
    expect(end.verdict).toBe('conforms');
  });

  test('an argument that it says it does not take', async () => {
    const { of, end } = await run(partial('without time-outs'), {
      rules: ['lock.acquire.timeout-expires', 'lock.acquire.nonblocking-fails'],
    });
    expect(of('lock.acquire.timeout-expires')).toMatchObject({
      verdict: 'not provided',
      reason: 'the implementation has no lock.acquire.timeout',
    });
    expect(of('lock.acquire.nonblocking-fails')?.verdict).toBe('kept');
    expect(end.verdict).toBe('conforms');
  });

  test('but a rule is kept that other programs exercised', async () => {
    const alone = await run(partial('without locked'), { rules: ['lock.acquire.free'] });
    expect(alone.of('lock.acquire.free')).toMatchObject({
      verdict: 'not provided',
      reason: 'the implementation has no lock.locked',
    });
    expect(alone.end.verdict).toBe('vacuous');

    const { of, end, labels } = await run(partial('without locked'));
    expect(of('lock.acquire.free')).toMatchObject({ verdict: 'kept' });
    expect(of('lock.acquire.free')?.exercised).toBeGreaterThan(100);
    expect(of('lock.locked')?.verdict).toBe('not provided');
    expect(labels.length).toBeGreaterThan(0);
    expect(end.verdict).toBe('conforms');
  });
});

describe('a run that judged nothing is vacuous', () => {
  test.each<[string, Partial<VerifyOptions>, string]>([
    [
      'of a rule that does not apply',
      { rules: ['lock.acquire.interruptible'], level: 'should' },
      'no rule was judged',
    ],
    [
      'without the engine that its rule needs',
      { rules: ['lock.new.unlocked'], engines: ['free'] },
      'no rule was judged',
    ],
    ['of a part that is empty', { rules: ['lock.locked'], shard: { index: 2, of: 2 } }, 'no rule was judged'],
    [
      'of a rule that only other engines show, beside one that was judged',
      { rules: ['lock.publishes', 'lock.new.unlocked'], level: 'observed', engines: ['lockstep'] },
      'nothing exercised lock.publishes',
    ],
  ])('%s', async (_, options, reason) => {
    const { end } = await run(reference, options);
    expect(end.verdict).toBe('vacuous');
    expect(end.reason).toContain(reason);
  });
});

describe('a broken rule', () => {
  const rules = ['lock.acquire.timeout-zero', 'lock.release.unlocks'];

  test.each([
    ['must', 'conforms'],
    ['should', 'conforms'],
    ['observed', 'broken'],
  ] as const)('that is only observed leaves a run at the level %s %s', async (level, verdict) => {
    const { of, end } = await run(partial('zero waits'), { rules, level });
    expect(of('lock.acquire.timeout-zero')).toMatchObject({ verdict: 'broken', counterexample: 1 });
    expect(end.verdict).toBe(verdict);
  });

  test('fails the run at its own level', async () => {
    const { end } = await run(mutant('release-returns-true'), { rules: ['lock.release.returns-none'] });
    expect(end).toMatchObject({ verdict: 'broken', reason: '1 rule is broken: lock.release.returns-none' });
  });

  test('that is declared is told, and does not fail the run', async () => {
    const { of, end } = await run(partial('zero waits, declared'), { rules, level: 'observed' });
    expect(of('lock.acquire.timeout-zero')).toMatchObject({
      verdict: 'deviates',
      reason: 'Nobody has needed it so far. (until 9999-12-31)',
      counterexample: 1,
    });
    expect(end.verdict).toBe('conforms');
  });

  test.each(['must', 'observed'] as const)(
    'that is declared and kept fails the run at the level %s',
    async (level) => {
      const { of, end } = await run(partial('declared for nothing'), { rules, level });
      expect(of('lock.acquire.timeout-zero')?.verdict).toBe('kept');
      expect(end).toMatchObject({
        verdict: 'broken',
        reason: 'a deviation is declared from what is kept: lock.acquire.timeout-zero; remove it',
      });
    },
  );
});

describe('the choice of rules', () => {
  test.each<[string, Partial<VerifyOptions>, string]>([
    ['that fits none', { rules: ['lock.aquire.*'] }, 'No rule matches lock.aquire.*.'],
    ['of which one fits none', { rules: ['lock.acquire.*', 'lock.lockd'] }, 'No rule matches lock.lockd.'],
    ['that fits none of the families', { rules: ['event.*'] }, 'No rule matches event.*.'],
  ])('%s is refused', async (_, options, message) => {
    const running = recordsOf(options);
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
  });

  test.each([2, 3])('in %i parts covers every rule and every program once', async (of) => {
    const whole = async (shard?: VerifyOptions['shard']) => {
      const source = partial('a lock alone');
      const families = ['lock', 'with', 'event'] as const;
      const records = await recordsOf({
        source,
        families,
        engines: ['lockstep', 'baton'],
        ...(shard && { shard }),
      });
      return {
        rules: records.flatMap((record) => (record.record === 'rule' ? [record.rule] : [])),
        parts: records.flatMap((record) =>
          record.record === 'progress' && !record.doing.startsWith('looking') ? [record.doing] : [],
        ),
      };
    };
    const complete = await whole();
    const shards = [];
    for (let index = 1; index <= of; index++) shards.push(await whole({ index, of }));
    expect(complete.parts).toContain('generated programs of lock');
    expect(shards.flatMap(({ rules }) => rules).sort()).toEqual(complete.rules.toSorted());
    expect(shards.flatMap(({ parts }) => parts).sort()).toEqual(complete.parts.toSorted());
    expect(shards.every(({ rules }) => rules.length >= Math.floor(complete.rules.length / of))).toBe(true);
    expect(new Set(complete.rules).size).toBe(complete.rules.length);
  });

  test('without globs is all rules of the families', async () => {
    const { rules } = await run(reference, { families: ['event'], engines: ['lockstep'] });
    expect(rules.map(({ rule }) => rule)).toEqual(rulesOf.get('event')?.map(({ id }) => id));
  });
});

describe('two runs with the same seed', () => {
  test.each<[string, Partial<VerifyOptions>]>([
    ['that conform', { families: ['event'], source: reference }],
    ['that find failures', { source: mutant('forgets-contention') }],
  ])('%s give the same records', async (_, options) => {
    // Each with engines of its own, side by side as in every run.
    const records = async () =>
      (await all(verify({ ...defaults, ...options }))).filter(({ record }) => record !== 'progress');
    const timeless = (timed: readonly object[]) =>
      timed.map((record) => ({ ...record, startedAt: undefined, seconds: undefined }));
    const first = await records();
    expect(first.length).toBeGreaterThan(15);
    expect(timeless(await records())).toEqual(timeless(first));
  });
});

describe('a run that is ended early', () => {
  /** Ends by itself only if nothing is left running in it. */
  async function inProcess(consume: string): Promise<{ readonly output: string; readonly code: unknown }> {
    const folder = await mkdtemp(join(tmpdir(), 'lockproof-'));
    const script = join(folder, 'script.mjs');
    await writeFile(
      script,
      `import { verify } from ${JSON.stringify(urlOf('verify.ts'))};
      const abort = new AbortController();
      const run = verify({
        source: { module: ${JSON.stringify(reference.module)} },
        level: 'must', seed: 1, budget: 'thorough', signal: abort.signal,
      });
      ${consume}`,
    );
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [code] = (await once(child, 'close')) as [unknown];
    await rm(folder, { recursive: true });
    return { output, code };
  }

  test('by its signal rejects with the reason, and leaves nothing running', async () => {
    const consume = `
      let seen = 0;
      try {
        for await (const record of run) if (++seen === 5) abort.abort(new Error('enough'));
        console.log('came to its end');
      } catch (error) {
        console.log(error.message);
      }`;
    expect(await inProcess(consume)).toEqual({ output: 'enough\n', code: 0 });
  });

  test('by whoever reads it leaves nothing running', async () => {
    const consume = `
      let seen = 0;
      for await (const record of run) if (++seen === 5) break;
      console.log('left');`;
    expect(await inProcess(consume)).toEqual({ output: 'left\n', code: 0 });
  });
});
