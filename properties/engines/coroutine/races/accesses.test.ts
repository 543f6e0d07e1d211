import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { others, reads, writes } from '../../../../fixtures/implementations/accesses.ts';
import { call, object } from '../../../../spec/example.ts';
import type { Args, Call } from '../../../../spec/program.ts';
import type { Schedule } from '../../controlled/schedule.ts';
import { RaceEngine } from './engine.ts';
import type { Access, Race } from './race.ts';

const engine = new RaceEngine({ execution: 60_000, loading: 60_000 });
afterAll(() => engine.close());

const module = new URL('../../../../fixtures/implementations/accesses.ts', import.meta.url);
const lines = readFileSync(module, 'utf8').split('\n');
const schedules: readonly Schedule[] = [
  { kind: 'directed', directions: [] },
  { kind: 'directed', directions: [{ decision: 0, thread: 1 }] },
];

/** The word at 2 is read plainly, and written plainly. */
const reading = call('acquire');
const writing = call('release');

async function racesOf(...threads: readonly (readonly Call[])[]): Promise<readonly Race[]> {
  const program = { objects: [object('lock')], threads };
  const batch = { source: { module: module.href }, form: 'body' as const, program, schedules };
  const { races, stopped } = await engine.races(batch);
  expect(stopped).toBeUndefined();
  return races;
}

function accessOf(args: Args): Call {
  return call('locked', args);
}

/** The accesses of a function in the races, and what stands where they are said to be. */
function accessesIn(races: readonly Race[], name: string): readonly (Access & { readonly text: string })[] {
  const all = races.flatMap(({ first, second }) => [first, second]);
  return all
    .filter((access) => access.function === name)
    .map((access) => ({ ...access, text: lines[access.line - 1]?.slice(access.column - 1) ?? '' }));
}

/** Found by the stack: only the line is known. */
const indirect = 'called';
const direct = Object.keys(reads).filter((read) => read !== indirect);

describe('a way to read', () => {
  test.each(direct)('%s races with a write, and is told with its place', async (read) => {
    const races = await racesOf([accessOf({ read })], [writing]);
    const accesses = accessesIn(races, read);
    expect(accesses.length).toBeGreaterThan(0);
    for (const { access, atomic, file, text, thread } of accesses) {
      expect({ access, atomic, file, thread }).toEqual({
        access: 'read',
        atomic: false,
        file: fileURLToPath(module),
        thread: 0,
      });
      expect(text).toMatch(/^(?:words|\(\{ words \}\)|new (?:Text|Data|Int32|Uint8)|Array\.from|Reflect)/);
    }
    expect(accessesIn(races, 'release')).toMatchObject(accesses.map(() => ({ access: 'write', thread: 1 })));
  });

  test('that is called in some other way is told with its line', async () => {
    const [race] = await racesOf([accessOf({ read: indirect })], [writing]);
    expect(race?.first).toMatchObject({ access: 'read', column: 0, function: '' });
    expect(lines[(race?.first.line ?? 0) - 1]).toContain(`${indirect}: `);
  });

  test.each(Object.keys(reads))('%s does not race with another read', async (read) => {
    expect(await racesOf([accessOf({ read })], [reading, accessOf({ read })])).toEqual([]);
  });

  test.each(Object.keys(reads))('%s does not race with what the same thread does', async (read) => {
    expect(await racesOf([writing, accessOf({ read }), writing], [])).toEqual([]);
  });
});

describe('a way to write', () => {
  test.each(Object.keys(writes))('%s races with a read, and is told with its place', async (write) => {
    const races = await racesOf([accessOf({ write })], [reading]);
    const accesses = accessesIn(races, write);
    expect(accesses.length).toBeGreaterThan(0);
    for (const { access, atomic, text } of accesses) {
      expect({ access, atomic }).toEqual({ access: 'write', atomic: false });
      expect(text).toMatch(/^(?:words|\(words as never|new (?:Text|Data|Uint8))/);
    }
  });

  test.each(Object.keys(writes))('%s races with itself', async (write) => {
    const races = await racesOf([accessOf({ write })], [accessOf({ write })]);
    expect(accessesIn(races, write).length).toBeGreaterThan(0);
  });
});

describe('what touches nothing of it', () => {
  test.each(Object.keys(others))('%s races with nothing', async (other) => {
    expect(await racesOf([accessOf({ other })], [reading, writing])).toEqual([]);
  });
});
