import { afterAll, describe, expect, test } from 'vitest';
import type { Family } from '../spec/program.ts';
import { Lane } from './engines/lane.ts';
import type { Counterexample, RuleResult, RunEnd, RunRecord } from './run.ts';
import { type Progress, threads, verify, type VerifyOptions } from './verify.ts';

const pool = [new Lane(threads, { execution: 60_000, loading: 60_000 })];
afterAll(() => Promise.all(pool.map((engine) => engine.close())));

function urlOf(path: string): string {
  return new URL(path, import.meta.url).href;
}

const reference = { module: urlOf('../impl/reference.ts') };
const testsThenSets = {
  module: urlOf('../fixtures/mutants/lock.ts'),
  export: 'mutants',
  member: 'tests-then-sets',
};

async function run(options: Partial<VerifyOptions> & Pick<VerifyOptions, 'source'>) {
  const records: (RunRecord | Progress)[] = [];
  const running = verify({
    level: 'must',
    seed: 1,
    budget: 'quick',
    engines: ['lockstep', 'baton'],
    pool,
    ...options,
  });
  for await (const record of running) records.push(record);
  const results = records.filter((record): record is RuleResult => record.record === 'rule');
  return {
    of: (id: string) => results.find(({ rule }) => rule === id),
    counterexamples: records.filter((record): record is Counterexample => record.record === 'counterexample'),
    end: records.at(-1) as RunEnd,
  };
}

describe('what holds of all primitives', () => {
  test('is broken by a refused history of its own example, beside what the automaton cites', async () => {
    const rules = ['model.shared-memory'];
    const { of, counterexamples, end } = await run({ source: testsThenSets, families: ['model'], rules });
    expect(of('model.shared-memory')).toMatchObject({ verdict: 'broken', counterexample: 1 });
    expect(counterexamples.map((counterexample) => counterexample.rules)).toEqual([
      ['model.shared-memory', 'lock.mutual-exclusion'],
    ]);
    expect(end.verdict).toBe('broken');
  });

  test('is hidden where the rule of the primitive is known to be broken', async () => {
    const families: readonly Family[] = ['lock', 'model'];
    const rules = ['lock.mutual-exclusion', 'model.shared-memory'];
    const { of, counterexamples } = await run({ source: testsThenSets, families, rules });
    expect(of('lock.mutual-exclusion')?.verdict).toBe('broken');
    expect(of('model.shared-memory')).toMatchObject({
      verdict: 'inconclusive',
      reason: 'hidden by lock.mutual-exclusion',
    });
    expect(counterexamples.length).toBe(1);
  });

  test('as a freedom is broken too, and the run does not conform', async () => {
    const rules = ['model.compound-not-atomic'];
    const { of, end } = await run({ source: testsThenSets, families: ['model'], rules });
    expect(of('model.compound-not-atomic')?.verdict).toBe('broken');
    expect(end).toMatchObject({
      verdict: 'inconclusive',
      reason: 'a rule that was not asked for is broken: lock.mutual-exclusion',
    });
  });
});

describe('a freedom of which whole histories make use', () => {
  test('is used if some history was seen to', async () => {
    const { of } = await run({ source: reference, families: ['model'], rules: ['model.*-free'] });
    for (const id of ['model.parallelism-free', 'model.interleaving-free', 'model.timeout-upper-free']) {
      expect(of(id)?.verdict).toBe('used');
      expect(of(id)?.exercised).toBeGreaterThan(1);
    }
  });

  test('is not used because its example ran', async () => {
    // On a free lock each call is one step: where one thread runs at a time, none overlaps another.
    const module = urlOf('../fixtures/subjects/partial.ts');
    const source = { module, export: 'partial', member: 'a lock alone' };
    const { of, end } = await run({ source, families: ['model'], rules: ['model.parallelism-free'] });
    expect(of('model.parallelism-free')).toMatchObject({ verdict: 'unused', exercised: 0 });
    expect(end.executions).toBeGreaterThan(100);
  });
});
