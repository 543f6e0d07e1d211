import { afterAll, describe, expect, test } from 'vitest';
import { rulesOf } from '../spec/families.ts';
import { efforts } from './budget.ts';
import { allFamilies } from './conclude.ts';
import { Lane } from './engines/lane.ts';
import { RaceEngine } from './engines/coroutine/races/engine.ts';
import type { Source } from './engines/source.ts';
import { Interleavings } from './interleavings.ts';
import { Judges } from './judges.ts';
import { planOf } from './plan.ts';
import { RaceSearch } from './races.ts';
import { replay, replayRaces } from './replay.ts';
import type { RaceResult, RunEnd, RunRecord } from './run.ts';
import type { Context } from './runUnit.ts';
import { Tally } from './tally.ts';
import { threads, verify, type VerifyOptions } from './verify.ts';

const pool = [new Lane(threads, { execution: 60_000, loading: 60_000 })];
afterAll(() => Promise.all(pool.map((engine) => engine.close())));

const urlOf = (path: string): string => new URL(path, import.meta.url).href;
const variant = (member: string): Source => ({
  module: urlOf('../fixtures/implementations/races.ts'),
  export: 'variants',
  member,
});

async function recordsOf(source: Source, options: Partial<VerifyOptions> = {}) {
  const records: RunRecord[] = [];
  const run = verify({
    source,
    families: ['lock'],
    level: 'must',
    seed: 1,
    budget: 'quick',
    engines: ['lockstep', 'coroutine'],
    pool,
    ...options,
  });
  for await (const record of run) if (record.record !== 'progress') records.push(record);
  return {
    records,
    races: records.filter((record) => record.record === 'race'),
    notices: records.flatMap((record) => (record.record === 'notice' ? [record.text] : [])),
    end: records.at(-1),
  };
}

const peeked = variant('a lock that is peeked at');
const file = 'fixtures/implementations/races.ts';

describe('a race that an implementation has', () => {
  test('leaves open whether it conforms, with both places', async () => {
    const { races, end } = await recordsOf(peeked);
    expect(races.length).toBeGreaterThan(0);
    expect(races.map(({ number }) => number)).toEqual(races.map((_, position) => position + 1));
    for (const { first, second } of races) {
      const [peek, change] = first.atomic ? [second, first] : [first, second];
      expect(peek).toMatchObject({ file, function: 'PeekedMutex.locked', access: 'read', atomic: false });
      expect(change).toMatchObject({ file, access: 'write', atomic: true });
    }
    expect(end).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(`^${races.length} races? of plain reads and writes: `) as string,
    });
  });

  test('is shown again by its token, and by no other implementation', async () => {
    const { races } = await recordsOf(peeked);
    const { token, first, second } = races[0] as RaceResult;
    expect(await replay(token, peeked)).toBeUndefined();
    const again = await replayRaces(token, peeked);
    expect(again.map((race) => [race.first, race.second])).toContainEqual([first, second]);
    expect(await replayRaces(token, variant('a lock'))).toEqual([]);
  });

  test('is the same with the same seed', async () => {
    expect((await recordsOf(peeked)).races).toEqual((await recordsOf(peeked)).races);
  });

  test('is found whichever engine explores', async () => {
    const { races } = await recordsOf(peeked, { engines: ['lockstep', 'coroutine'] });
    expect(races).toEqual((await recordsOf(peeked)).races);
  });

  test('changes nothing where a rule is broken', async () => {
    const { races, end } = await recordsOf(variant('a broken lock that is peeked at'));
    expect(races.length).toBeGreaterThan(0);
    expect(end).toMatchObject({
      verdict: 'broken',
      reason: expect.stringContaining('lock.no-lost-wakeup') as string,
    });
  });

  test('is not looked for if nobody wants to know', async () => {
    const { races, notices, end } = await recordsOf(peeked, { races: false });
    expect({ races, notices }).toEqual({ races: [], notices: [] });
    expect(end).toMatchObject({ verdict: 'conforms' });
  });
});

describe('a race that is declared', () => {
  test('is told with the reason, and fails nothing', async () => {
    const { races, notices, end } = await recordsOf(variant('a lock that may be peeked at'));
    expect(races.length).toBeGreaterThan(0);
    for (const { declared } of races) expect(declared).toMatch(/^Whoever looks whether a lock is free/);
    expect(notices).toEqual([]);
    expect(end).toMatchObject({ verdict: 'conforms' });
  });

  test('and not seen is told, and fails nothing', async () => {
    const { races, notices, end } = await recordsOf(variant('a lock of which too much is declared'), {
      budget: 'standard',
    });
    expect(races).toEqual([]);
    expect(notices).toEqual([
      'No race was seen in races.ts (PeekedMutex.locked), which benignRaces declares: it may be gone.',
    ]);
    expect(end).toMatchObject({ verdict: 'conforms' });
  });

  test('and not seen is not told where only a part was looked at', async () => {
    const source = variant('a lock of which too much is declared');
    const { notices } = await recordsOf(source, { rules: ['lock.mutual-exclusion'] });
    expect(notices).toEqual([]);
  });
});

test('where no access can be checked it is told that none was, and changes nothing else', async () => {
  const source: Source = { module: urlOf('../fixtures/implementations/commonjs/mutex.ts') };
  const { races, notices, end } = await recordsOf(source);
  expect(races).toEqual([]);
  expect(notices).toMatchObject([
    expect.stringMatching(/^Only real workers ran it: .*mutex\.cjs/) as string,
    expect.stringMatching(/^Races of plain accesses were not looked for: .*mutex\.cjs/) as string,
  ]);
  const { verdict, reason } = (await recordsOf(source, { races: false })).end as RunEnd;
  expect(end).toMatchObject({ verdict, reason });
});

test('the reference has none', async () => {
  const source: Source = { module: urlOf('../impl/reference.ts') };
  const surface = await (pool[0] as Lane).workers.probe(source, 'the reference');
  const context: Context = {
    source,
    surface,
    seed: 1,
    effort: efforts.standard,
    judges: new Judges(surface),
    interleavings: new Interleavings(),
    signal: new AbortController().signal,
  };
  const engine = new RaceEngine({ execution: 60_000, loading: 60_000 });
  const search = new RaceSearch(context, engine);
  const rules = allFamilies.flatMap((family) => rulesOf.get(family) ?? []);
  const plan = planOf(rules, allFamilies, surface, ['baton']);
  const units = search.unitsIn(
    plan,
    plan.map((unit) => ({ unit, tally: new Tally() })),
  );
  expect(units.length).toBeGreaterThan(150);
  for (const unit of units) await search.look(unit);
  await engine.close();
  expect([...search.races, ...search.notices(true)]).toEqual([]);
});
