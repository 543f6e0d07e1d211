import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Evidence } from '../../../spec/judge/evidence.ts';
import { call, object } from '../../../spec/example.ts';
import type { Family, Program } from '../../../spec/program.ts';
import { historyOf } from '../controlled/execution.ts';
import type { Schedule } from '../controlled/schedule.ts';
import { judgeHistory } from '../../explore.ts';
import { Judges } from '../../judges.ts';
import { programsFor } from '../../programs/index.ts';
import { schedulesFor } from '../../seeds.ts';
import type { Searched } from '../controlled/batches.ts';
import type { Source } from '../source.ts';
import { CoroutineEngine } from './engine.ts';

const engine = new CoroutineEngine({ execution: 60_000, loading: 60_000 });
afterAll(() => engine.close());

const by = { pollingInterval: 0, profile: 'strict', specifications: [] } as const;
const asyncTwins: Source = {
  module: new URL('../../../fixtures/correct/asyncTwins.ts', import.meta.url).href,
};
const reference: Source = { module: new URL('../../../impl/reference.ts', import.meta.url).href };
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

function smallPrograms(family: Family): fc.Arbitrary<Program> {
  const programs = programsFor(family, families) as fc.Arbitrary<Program>;
  return programs.filter(({ threads }) => threads.flat().length <= 6);
}

async function searched(
  source: Source,
  program: Program,
  limits: { bound: number; unreduced?: boolean; budget?: number; fault?: string },
): Promise<Searched> {
  const wish = { budget: 20_000, outcomes: true, ...limits };
  const found = await engine.search({ source, form: 'body' }, [program], by, wish);
  if ('stopped' in found) throw new Error(found.stopped.reason);
  return found.done[0] as Searched;
}

describe('what is left out, for its state is known, shows nothing else', () => {
  test.each(
    families.flatMap((family) => [
      { family, of: 'calls that block', source: reference },
      { family, of: 'calls that return promises', source: asyncTwins },
    ]),
  )('$family, of $of', async ({ family, source }) => {
    await fc.assert(
      fc.asyncProperty(smallPrograms(family), fc.integer({ min: 1, max: 2 }), async (program, bound) => {
        const all = await searched(source, program, { bound, unreduced: true });
        fc.pre(all.exhausted === bound);
        const reduced = await searched(source, program, { bound });
        expect(reduced.exhausted).toBe(bound);
        expect(reduced.outcomes).toEqual(all.outcomes);
        expect(reduced.rules.toSorted()).toEqual(all.rules.toSorted());
        expect(reduced.executions).toBeLessThanOrEqual(all.executions);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});

test('steps that do not affect each other are not run in every order', async () => {
  const section = [call('acquire'), call('release')];
  const program: Program = { objects: [object('sem', { value: 2 })], threads: [section, section, section] };
  const all = await searched(reference, program, { bound: 2, unreduced: true });
  const reduced = await searched(reference, program, { bound: 2 });
  expect(reduced.outcomes).toEqual(all.outcomes);
  expect(reduced.executions).toBeLessThan(0.95 * all.executions);
});

describe('of a faulty implementation', () => {
  const module = new URL('../../../fixtures/mutants/', import.meta.url);
  const pair = [call('acquire'), call('release')];

  test.each([
    ['lock', 'wakes-nobody', 'lock.no-lost-wakeup', [pair, pair]],
    ['lock', 'tests-then-sets', 'lock.mutual-exclusion', [pair, pair]],
    ['sem', 'check-then-take', 'sem.counter.never-negative', [[call('acquire')], [call('acquire')]]],
  ] as const)('%s, %s: the fewest preemptions are found', async (family, member, fault, threads) => {
    const source = { module: new URL(`${family}.ts`, module).href, export: 'mutants', member };
    const program: Program = { objects: [object(family)], threads };
    const reduced = await searched(source, program, { bound: 3, fault });
    const all = await searched(source, program, { bound: 3, fault, unreduced: true });
    expect(reduced.failure?.preemptions).toBeGreaterThan(0);
    expect(reduced.failure?.preemptions).toBe(all.failure?.preemptions);
    const fewer = await searched(source, program, {
      bound: (all.failure?.preemptions ?? 0) - 1,
      fault,
      unreduced: true,
    });
    expect(fewer.failure).toBeUndefined();
    const schedule: Schedule = { kind: 'directed', directions: reduced.failure?.directions ?? [] };
    const judged = await engine.judge({ source, form: 'body', program, schedules: [schedule] }, by);
    expect(judged?.map(({ refused }) => refused)).toEqual([true]);
  });
});

test('a budget that is spent is not said to have exhausted anything', async () => {
  const threads = Array.from({ length: 2 }, () => [call('acquire'), call('release')]);
  const program: Program = { objects: [object('lock')], threads };
  const { executions, exhausted } = await searched(reference, program, { bound: 2, budget: 3 });
  expect({ executions, exhausted }).toEqual({ executions: 3, exhausted: 0 });
});

/** Evidence in an order of its own: which came first says nothing. */
function sortedOf(evidence: readonly Evidence[]): readonly string[] {
  return evidence.map(({ rules, labels }) => JSON.stringify([rules, labels])).sort();
}

describe('executions that are judged while they happen', () => {
  test.each(families)('are judged as they are from what is recorded of them: %s', async (family) => {
    const judges = new Judges(by);
    await fc.assert(
      fc.asyncProperty(
        programsFor(family, families) as fc.Arbitrary<Program>,
        fc.integer(),
        async (program, seed) => {
          const batch = {
            source: reference,
            form: 'body' as const,
            program,
            schedules: schedulesFor(seed, 15, 15),
          };
          const judged = await engine.judge(batch, by);
          const { executions } = await engine.run(batch);
          const judge = judges.for(program);
          expect(
            judged?.map((execution) => ({ ...execution, evidence: sortedOf(execution.evidence) })),
          ).toEqual(
            executions.map((execution) => ({
              ending: execution.ending,
              interleaving: execution.interleaving,
              decisions: execution.decisions,
              evidence: sortedOf(judgeHistory(judge, program, historyOf(execution)).evidence),
              refused: false,
            })),
          );
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  });

  test('end with the first that is refused', async () => {
    const module = new URL('../../../fixtures/mutants/lock.ts', import.meta.url).href;
    const source = { module, export: 'mutants', member: 'wakes-nobody' };
    const threads = Array.from({ length: 2 }, () => [call('acquire'), call('release')]);
    const program: Program = { objects: [object('lock')], threads };
    const schedules = schedulesFor(1, 200, 0);
    const judged = await engine.judge({ source, form: 'body', program, schedules }, by);
    expect(judged?.findIndex(({ refused }) => refused)).toBe((judged?.length ?? 0) - 1);
    expect(judged?.length).toBeLessThan(200);
  });
});
