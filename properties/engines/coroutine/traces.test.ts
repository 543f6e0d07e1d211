import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Family, Program } from '../../../spec/program.ts';
import { programsFor } from '../../programs/index.ts';
import { BatonEngine } from '../baton/engine.ts';
import type { Schedule } from '../controlled/schedule.ts';
import type { Source } from '../source.ts';
import { CoroutineEngine } from './engine.ts';

const patient = { execution: 60_000, loading: 60_000 };
const baton = new BatonEngine(4, patient);
const coroutines = new CoroutineEngine(patient);
afterAll(() => Promise.all([baton.close(), coroutines.close()]));

const at = (path: string): Source => ({ module: new URL(`../../../${path}`, import.meta.url).href });
const reference = at('impl/reference.ts');
const asyncTwins = at('fixtures/correct/asyncTwins.ts');

const families = [
  'lock',
  'rlock',
  'sem',
  'bsem',
  'event',
  'cond',
  'barrier',
  'queue',
  'lifo',
  'prio',
  'simpleq',
  'with',
] as const satisfies readonly Family[];

const schedule = fc.oneof<fc.Arbitrary<Schedule>[]>(
  fc.record({ kind: fc.constant('random'), seed: fc.integer() }),
  fc.record({ kind: fc.constant('pct'), seed: fc.integer(), depth: fc.integer({ min: 0, max: 4 }) }),
);
const schedules = fc.array(schedule, { minLength: 20, maxLength: 20 });

describe('a program under a schedule has the same trace in both engines', () => {
  test.each(
    families.flatMap((family) => [
      { family, of: 'calls that block', source: reference },
      { family, of: 'calls that return promises', source: asyncTwins },
    ]),
  )('$family, of $of', async ({ family, source }) => {
    const programs = programsFor(family, families) as fc.Arbitrary<Program>;
    await fc.assert(
      fc.asyncProperty(programs, schedules, async (program, chosen) => {
        const batch = { source, form: 'body' as const, program, schedules: chosen, record: true };
        const played = await coroutines.run(batch);
        expect(played.stopped).toBeUndefined();
        expect(played).toEqual(await baton.run(batch));
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
