import { afterAll, describe, expect, test } from 'vitest';
import { Lane } from './engines/lane.ts';
import type { Source } from './engines/source.ts';
import type { EngineName } from './plan.ts';
import type { Counterexample, RunRecord } from './run.ts';
import { lanes, threads, verify } from './verify.ts';

/* The same run on real workers, and with one thread that plays all of a program's. */

const pool = Array.from({ length: lanes }, () => new Lane(threads, { execution: 60_000, loading: 60_000 }));
afterAll(() => Promise.all(pool.map((engine) => engine.close())));

const urlOf = (path: string): string => new URL(path, import.meta.url).href;
const reference: Source = { module: urlOf('../impl/reference.ts') };

function mutant(family: string, member: string): Source {
  return { module: urlOf(`../fixtures/mutants/${family}.ts`), export: 'mutants', member };
}

async function recordsOf(source: Source, families: readonly string[], engine: EngineName) {
  const records: RunRecord[] = [];
  const options = { source, families: families as never, level: 'must', seed: 1, budget: 'quick' } as const;
  for await (const record of verify({ ...options, pool, engines: ['lockstep', engine] })) {
    if (record.record === 'end') records.push({ ...record, seconds: 0 });
    else if (record.record === 'run') records.push({ ...record, startedAt: '' });
    else if (record.record !== 'progress') records.push(record);
  }
  return records;
}

describe('a run on coroutines has the records that it has on real workers', () => {
  test.each(['lock', 'rlock', 'cond', 'barrier', 'queue', 'with', 'model'])(
    'the reference, %s',
    async (family) => {
      const quick = await recordsOf(reference, [family], 'coroutine');
      expect(quick.filter(({ record }) => record === 'notice')).toEqual([]);
      expect(quick.at(-1)).toMatchObject({ verdict: 'conforms' });
      expect(quick).toEqual(await recordsOf(reference, [family], 'baton'));
    },
    120_000,
  );

  test.each([
    ['lock', 'wakes-nobody'],
    ['lock', 'tests-then-sets'],
    ['rlock', 'owner-cleared-after-unlock'],
    ['sem', 'check-then-take'],
    ['queue', 'checks-then-puts'],
  ])(
    'a mutant of %s that %s, with a counterexample no larger',
    async (family, member) => {
      const quick = await recordsOf(mutant(family, member), [family], 'coroutine');
      const onWorkers = await recordsOf(mutant(family, member), [family], 'baton');
      const [found, others] = [quick.filter(isCounterexample), onWorkers.filter(isCounterexample)];
      expect(found.length).toBeGreaterThan(0);
      expect(quick.filter((record) => !isCounterexample(record))).toEqual(
        onWorkers.filter((record) => !isCounterexample(record)),
      );
      // Where more can be searched, what is found may be smaller.
      expect(found.map(({ rules }) => rules[0])).toEqual(others.map(({ rules }) => rules[0]));
      for (const [position, { program }] of found.entries()) {
        const calls = others[position]?.program.threads.flat().length ?? 0;
        expect(program.threads.flat().length).toBeLessThanOrEqual(calls);
      }
    },
    120_000,
  );
});

function isCounterexample(record: RunRecord): record is Counterexample {
  return record.record === 'counterexample';
}

test('what cannot be played is run on real workers, and told', async () => {
  const source = { module: urlOf('../fixtures/implementations/commonjs/mutex.ts') };
  const quick = await recordsOf(source, ['lock'], 'coroutine');
  const told = quick.flatMap((record) => (record.record === 'notice' ? [record.text] : []));
  expect(told).toMatchObject([
    expect.stringMatching(/^Only real workers ran it: .*mutex\.cjs/u) as string,
    expect.stringMatching(/^Races of plain accesses were not looked for: .*mutex\.cjs/u) as string,
  ]);
  const others = quick.filter(({ record }) => record !== 'notice');
  expect(others).toEqual(await recordsOf(source, ['lock'], 'baton'));
}, 120_000);
