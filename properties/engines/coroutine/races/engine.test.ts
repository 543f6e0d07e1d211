import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { variants } from '../../../../fixtures/implementations/races.ts';
import { call, object } from '../../../../spec/example.ts';
import type { Call, Program } from '../../../../spec/program.ts';
import type { Schedule } from '../../controlled/schedule.ts';
import type { Source } from '../../source.ts';
import { CoroutineEngine } from '../engine.ts';
import { RaceEngine } from './engine.ts';
import type { Race } from './race.ts';

const patient = { execution: 60_000, loading: 60_000 };
const engine = new RaceEngine(patient);
const coroutines = new CoroutineEngine(patient);
afterAll(() => Promise.all([engine.close(), coroutines.close()]));

const at = (path: string): string => new URL(`../../../../${path}`, import.meta.url).href;
const variant = (member: string): Source => ({
  module: at('fixtures/implementations/races.ts'),
  export: 'variants',
  member,
});

const random = Array.from({ length: 40 }, (_, seed): Schedule => ({ kind: 'random', seed }));
const [acquire, locked, release] = [call('acquire'), call('locked'), call('release')];
const section = [acquire, locked, release];

async function racesOf(
  source: Source,
  threads: Program['threads'],
  schedules: readonly Schedule[] = random,
): Promise<readonly Race[]> {
  const program = { objects: [object('lock')], threads };
  const { races, stopped } = await engine.races({ source, form: 'body', program, schedules });
  expect(stopped).toBeUndefined();
  return races;
}

/** What races with what, in a word each. */
function told(races: readonly Race[]): readonly string[] {
  return races
    .map(({ first, second }) =>
      [first, second]
        .map(({ access, atomic }) => (atomic ? `atomic ${access}` : access))
        .sort()
        .join(' with '),
    )
    .sort();
}

describe('what orders accesses', () => {
  test.each([
    ['a lock', [section, section, section]],
    ['an atomic flag', [[acquire], [locked, locked]]],
    ['a wake-up', [[acquire], [locked]]],
    ['a promise of a wake-up', [[acquire], [locked]]],
    ['other names of Atomics', [[acquire], [locked, locked]]],
    ['memory that others do not have', [section, section]],
  ])('%s: no race', async (member, threads) => {
    expect(Object.keys(variants)).toContain(member);
    expect(await racesOf(variant(member), threads)).toEqual([]);
  });

  test.each([
    ['a lock that is peeked at', [section, section], ['atomic write with read']],
    ['a plain flag', [[acquire], [locked]], ['read with write', 'read with write']],
    ['an atomic flag of which nobody looks what it is', [[acquire], [locked]], ['read with write']],
    ['a flag that somebody else may have set', [[acquire], [locked]], ['read with write']],
    ['a promise of nothing', [[acquire], [locked]], ['read with write']],
    ['other names of Atomics that miss each other', [[acquire], [locked]], ['atomic write with write']],
    ['a view that is opened anew', [[acquire], [acquire]], ['write with write']],
  ])('%s: a race', async (member, threads, races) => {
    expect(told(await racesOf(variant(member), threads))).toEqual(races);
  });
});

describe('a race', () => {
  test('has both places, the memory and the byte, and the execution that shows it', async () => {
    const source = variant('a lock that is peeked at');
    const [race] = await racesOf(source, [section, section]);
    expect(race).toMatchObject({ memory: 1, byte: 0 });
    const [peek, change] =
      race?.first.access === 'read' ? [race.first, race.second] : [race?.second, race?.first];
    expect(peek).toMatchObject({ atomic: false, function: 'PeekedMutex.locked', line: 35, column: 12 });
    expect(change).toMatchObject({ atomic: true, function: expect.stringMatching(/^Mutex\./) as string });
    expect(peek?.thread).not.toBe(change?.thread);
    const schedule = random[race?.execution ?? -1] as Schedule;
    expect(await racesOf(source, [section, section], [schedule])).toMatchObject([{ first: race?.first }]);
  });

  test('is told once for each pair of places', async () => {
    const races = await racesOf(variant('a plain flag'), [section, section, section, section]);
    const pairs = races.map(({ first, second }) => [first.line, first.column, second.line, second.column]);
    const unordered = pairs.map(([line, column, other, otherColumn]) =>
      [`${line}:${column}`, `${other}:${otherColumn}`].sort().join(),
    );
    expect(races.length).toBeGreaterThan(3);
    expect(new Set(unordered).size).toBe(races.length);
  });
});

describe('accesses under a correct lock', () => {
  const call = fc.record({ cell: fc.nat(2), writes: fc.boolean() });
  const threads = fc.array(fc.array(call, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 });
  const schedules = fc.array(
    fc.oneof<fc.Arbitrary<Schedule>[]>(
      fc.record({ kind: fc.constant('random'), seed: fc.integer() }),
      fc.record({ kind: fc.constant('pct'), seed: fc.integer(), depth: fc.nat(3) }),
    ),
    { minLength: 10, maxLength: 10 },
  );
  const source = variant('cells under a lock, or not');
  type Access = { readonly cell: number; readonly writes: boolean };
  const callsOf = (accesses: readonly Access[], locks: boolean): readonly Call[] =>
    accesses.map((access) => ({ object: 0, method: 'locked', args: { ...access, locks } }));

  test('never race, under any schedule', async () => {
    await fc.assert(
      fc.asyncProperty(threads, schedules, async (accesses, chosen) => {
        const program = accesses.map((own) => callsOf(own, true));
        expect(await racesOf(source, program, chosen)).toEqual([]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test('race without it, if two threads touch the same and one of them writes it', async () => {
    await fc.assert(
      fc.asyncProperty(threads, schedules, async (accesses, chosen) => {
        const conflict = accesses.some((own, thread) =>
          own.some(({ cell, writes }) =>
            accesses.some((others, other) =>
              others.some((access) => other !== thread && access.cell === cell && (writes || access.writes)),
            ),
          ),
        );
        const program = accesses.map((own) => callsOf(own, false));
        expect((await racesOf(source, program, chosen)).length > 0).toBe(conflict);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test('race where one thread alone goes without it, under some schedule', async () => {
    const writing = [{ cell: 0, writes: true }];
    const races = await racesOf(source, [callsOf(writing, true), callsOf(writing, false)]);
    expect(races.length).toBeGreaterThan(0);
  });
});

test('checked modules have the traces that they have without', async () => {
  const source: Source = { module: at('fixtures/implementations/features.ts') };
  const { features } = await import('../../../../fixtures/implementations/features.ts');
  const checked = new CoroutineEngine(patient, new URL('./worker', import.meta.url));
  try {
    for (const operation of Object.keys(features)) {
      const calls = [call('locked', { operation }), acquire];
      const program: Program = { objects: [object('lock')], threads: [calls, calls] };
      const batch = { source, form: 'body', program, schedules: random.slice(0, 10), record: true } as const;
      expect(await checked.run(batch)).toEqual(await coroutines.run(batch));
    }
  } finally {
    await checked.close();
  }
});

test('what cannot be played is said to be unusable', async () => {
  const source: Source = { module: at('fixtures/implementations/commonjs/mutex.ts') };
  const program = { objects: [object('lock')], threads: [[acquire]] };
  const found = await engine.races({ source, form: 'body', program, schedules: random });
  expect(found).toMatchObject({ races: [], stopped: { kind: 'unusable' } });
});
