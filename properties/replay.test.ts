import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '../impl/usageError.ts';
import { call, object } from '../spec/example.ts';
import { Lane } from './engines/lane.ts';
import type { Source } from './engines/source.ts';
import { replay } from './replay.ts';
import type { Counterexample } from './run.ts';
import { encodeToken, TokenError } from './token.ts';
import { threads, verify } from './verify.ts';

const pool = [new Lane(threads, { execution: 60_000, loading: 60_000 })];
afterAll(() => Promise.all(pool.map((engine) => engine.close())));

const reference: Source = { module: urlOf('../impl/reference.ts') };

function urlOf(path: string): string {
  return new URL(path, import.meta.url).href;
}

function mutantOf(family: 'lock' | 'sem', member: string): Source {
  return { module: urlOf(`../fixtures/mutants/${family}.ts`), export: 'mutants', member };
}

async function counterexampleOf(source: Source, rule: string): Promise<Counterexample> {
  const family = rule.startsWith('sem') ? 'sem' : 'lock';
  const run = {
    families: [family],
    rules: [rule],
    level: 'observed',
    seed: 1,
    budget: 'quick',
    pool,
  } as const;
  for await (const record of verify({ ...run, source, engines: ['lockstep', 'baton'] })) {
    if (record.record === 'counterexample' && record.rules.includes(rule)) return record;
  }
  throw new Error(`Nothing broke ${rule}.`);
}

/** What a replay has to show again; how it was found and made small belongs to the run. */
function shown(counterexample: Counterexample) {
  const { number: _, minimality: __, foundAfter: ___, ...rest } = counterexample;
  return rest;
}

describe('the token of a counterexample', () => {
  test.each<[string, 'lock' | 'sem', string, string]>([
    ['of a lost wake-up', 'lock', 'wakes-nobody', 'lock.no-lost-wakeup'],
    ['of a race', 'lock', 'tests-then-sets', 'lock.mutual-exclusion'],
    ['of a race that needs two preemptions', 'lock', 'forgets-contention', 'lock.no-lost-wakeup'],
    ['of a time that ends', 'lock', 'expired-clears-contention', 'lock.no-lost-wakeup'],
    ['of a semaphore', 'sem', 'check-then-take', 'sem.counter.never-negative'],
    ["of a rule's own example", 'lock', 'starts-locked', 'lock.new.unlocked'],
  ])(
    '%s shows the same ten times out of ten, and nothing on the reference',
    async (_, family, member, rule) => {
      const source = mutantOf(family, member);
      const found = await counterexampleOf(source, rule);
      expect(found.trace.length).toBeGreaterThan(0);
      const token = found.token as string;
      for (let time = 0; time < 10; time++) {
        const again = await replay(token, source);
        expect(shown(again as Counterexample)).toEqual(shown(found));
      }
      expect(await replay(token, reference)).toBeUndefined();
    },
  );
});

test('a thread that ends the process does so again', async () => {
  const source: Source = { module: urlOf('../fixtures/hostile/exits.ts') };
  const found = await counterexampleOf(source, 'lock.acquire.free');
  expect(found.seen).toContain('ended the process with code 3');
  expect(shown((await replay(found.token as string, source)) as Counterexample)).toEqual(shown(found));
});

describe('what cannot be replayed is refused', () => {
  const program = { objects: [object('lock')], threads: [[call('acquire')]] };
  const token = encodeToken({ program, schedule: { kind: 'random', seed: 1 }, form: 'body' });

  test.each([
    ['no token', 'starts-locked', 'is no token'],
    ['a token that was cut', token.slice(0, -1), 'was cut or changed'],
    [
      'an example that is not there',
      encodeToken({ rule: 'lock.new.unlocked', example: 99, form: 'body' }),
      'rule lock.new.unlocked, example 99',
    ],
    [
      'a rule that is not there',
      encodeToken({ rule: 'lock.new.unlokced', example: 0, form: 'body' }),
      'which this version does not have',
    ],
    [
      'an example that has no fixed order',
      encodeToken({ rule: 'lock.publishes', example: 0, form: 'body' }),
      'which this version does not have',
    ],
  ])('%s', async (_, bad, message) => {
    const running = replay(bad, reference);
    await expect(running).rejects.toThrow(TokenError);
    await expect(running).rejects.toThrow(message);
  });

  test('an implementation that cannot be loaded', async () => {
    const nowhere = { module: urlOf('../fixtures/nowhere.ts') };
    await expect(replay(token, nowhere, { where: './nowhere.ts' })).rejects.toThrow(UsageError);
    await expect(replay(token, nowhere, { where: './nowhere.ts' })).rejects.toThrow(
      './nowhere.ts cannot be loaded',
    );
  });
});
