import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../spec/example.ts';
import type { Program } from '../spec/program.ts';
import { Lane } from './engines/lane.ts';
import type { Schedule } from './engines/controlled/schedule.ts';
import { CoroutineEngine } from './engines/coroutine/engine.ts';
import type { Source } from './engines/source.ts';
import { replay } from './replay.ts';
import type { Counterexample } from './run.ts';
import { directionsOf } from './search.ts';
import { schedulesFor } from './seeds.ts';
import { lanes, threads, verify } from './verify.ts';

const patient = { execution: 60_000, loading: 60_000 };
const pool = Array.from({ length: lanes }, () => new Lane(threads, patient));
const coroutines = new CoroutineEngine(patient);
afterAll(() => Promise.all([...pool, coroutines].map((engine) => engine.close())));

function way(member: string): Source {
  const { href } = new URL('../fixtures/implementations/livelocks.ts', import.meta.url);
  return { module: href, export: 'ways', member };
}

async function counterexamplesOf(source: Source, engine: 'baton' | 'coroutine') {
  const found: Counterexample[] = [];
  const run = { families: ['lock'], level: 'must', seed: 1, budget: 'quick', pool } as const;
  for await (const record of verify({ ...run, source, engines: ['lockstep', engine] })) {
    if (record.record === 'counterexample') found.push(record);
  }
  return found;
}

function shown(counterexample: Counterexample | undefined) {
  if (counterexample === undefined) return undefined;
  const { number: _, minimality: __, foundAfter: ___, engine: ____, ...rest } = counterexample;
  return rest;
}

test('decisions among threads that spin can be written down, and are the same again', async () => {
  const acquire = call('acquire');
  const program: Program = {
    objects: [object('lock')],
    threads: [[acquire], [acquire], [acquire, call('release')]],
  };
  const batch = { source: way('spins-rightly'), form: 'body' as const, program, record: true };
  const schedules = schedulesFor(1, 40, 40);
  const { executions } = await coroutines.run({ ...batch, schedules });
  const spun = executions.filter(({ records }) => records.some(({ spinning }) => spinning !== undefined));
  expect(spun.length).toBeGreaterThan(10);
  const written = executions.map(({ records }): Schedule => ({
    kind: 'directed',
    directions: directionsOf(records),
  }));
  const again = await coroutines.run({ ...batch, schedules: written });
  expect(again.executions).toEqual(executions);
});

describe.each(['baton', 'coroutine'] as const)('in the %s engine', (engine) => {
  test.each(['forgets-to-clear', 'gives-way', 'releases-in-vain'])(
    'a lock that %s is refused as one that spins for ever, and does so again',
    async (member) => {
      const source = way(member);
      const livelocks = (await counterexamplesOf(source, engine)).filter(({ kind }) => kind === 'livelock');
      expect(livelocks.length).toBeGreaterThan(0);
      for (const counterexample of livelocks) {
        expect(counterexample.seen).toBe('spins for ever (livelock)');
        const token = counterexample.token as string;
        expect(token.length).toBeLessThanOrEqual(200);
        for (const by of ['baton', 'coroutine'] as const) {
          // A rule's own example may need what only real workers have.
          if (by === 'coroutine' && counterexample.rules.includes('lock.dead-holder-keeps')) continue;
          const { workers } = pool[0] as Lane;
          const again = await replay(token, source, { engine: by, workers, coroutines });
          expect(shown(again)).toEqual(shown(counterexample));
        }
      }
    },
  );

  test('a lock that spins as long as it has to is not', async () => {
    expect(await counterexamplesOf(way('spins-rightly'), engine)).toEqual([]);
  });
});
