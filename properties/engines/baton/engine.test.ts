import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import type { Family, Program } from '../../../spec/program.ts';
import { programsFor } from '../../programs/index.ts';
import { countPreemptions, directionsOf } from '../../search.ts';
import type { Source } from '../source.ts';
import { BatonEngine } from './engine.ts';
import type { Execution } from '../controlled/execution.ts';
import type { Schedule } from '../controlled/schedule.ts';

const engine = new BatonEngine(4, { execution: 60_000, loading: 60_000 });
afterAll(() => engine.close());

const reference = sourceOf('../../../impl/reference.ts');
const atomics = sourceOf('../../../fixtures/implementations/atomics.ts');

function sourceOf(path: string): Source {
  return { module: new URL(path, import.meta.url).href };
}

const families: readonly Family[] = ['lock', 'rlock', 'sem', 'bsem', 'event'];
const programs = fc
  .constantFrom<Family>(...families, 'with')
  .chain((family) => programsFor(family, families) as fc.Arbitrary<Program>);
const schedule = fc.oneof<fc.Arbitrary<Schedule>[]>(
  fc.record({ kind: fc.constant('random'), seed: fc.integer() }),
  fc.record({ kind: fc.constant('pct'), seed: fc.integer(), depth: fc.integer({ min: 0, max: 4 }) }),
  fc.record({
    kind: fc.constant('directed'),
    directions: fc
      .dictionary(fc.integer({ min: 0, max: 30 }).map(String), fc.nat(2), { maxKeys: 4 })
      .map((chosen) =>
        Object.entries(chosen)
          .map(([decision, thread]) => ({ decision: Number(decision), thread }))
          .sort((a, b) => a.decision - b.decision),
      ),
  }),
);
const schedules = fc.array(schedule, { minLength: 2, maxLength: 6 });

async function run(
  program: Program,
  chosen: readonly Schedule[],
  source: Source = reference,
): Promise<readonly Execution[]> {
  const batch = { source, form: 'body' as const, program, schedules: chosen, record: true };
  const { executions, stopped } = await engine.run(batch);
  expect(stopped).toBeUndefined();
  expect(executions).toHaveLength(chosen.length);
  return executions;
}

describe('a program under a schedule', () => {
  test('shows the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(programs, schedules, async (program, chosen) => {
        expect(await run(program, chosen)).toEqual(await run(program, chosen));
      }),
      { numRuns: 40 },
    );
  });

  test('shows the same alone and among others', async () => {
    await fc.assert(
      fc.asyncProperty(programs, schedules, async (program, chosen) => {
        const together = await run(program, chosen);
        for (const [position, one] of chosen.entries()) {
          expect(await run(program, [one])).toEqual([together[position]]);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('shows the same under the directions that its decisions come to', async () => {
    await fc.assert(
      fc.asyncProperty(programs, schedules, async (program, chosen) => {
        const executions = await run(program, chosen);
        const directed = executions.map(({ records }): Schedule => ({
          kind: 'directed',
          directions: directionsOf(records),
        }));
        expect(await run(program, directed)).toEqual(executions);
      }),
      { numRuns: 40 },
    );
  });

  test('is the same interleaving exactly if the same threads went on', async () => {
    await fc.assert(
      fc.asyncProperty(programs, schedules, async (program, chosen) => {
        const executions = await run(program, chosen);
        const threads = executions.map(({ records }) =>
          records.map(({ thread, late }) => `${thread}${late}`).join(),
        );
        expect(new Set(executions.map(({ interleaving }) => interleaving)).size).toBe(new Set(threads).size);
      }),
      { numRuns: 40 },
    );
  });
});

test('without directions no thread is kept waiting that could go on', async () => {
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      const [execution] = await run(program, [{ kind: 'directed', directions: [] }]);
      expect(countPreemptions(execution?.records ?? [])).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test('memory is as new in each execution', async () => {
  const write = (value: number) => ({ ...call('write', { value }), object: 1 });
  const read = { ...call('read'), object: 1 };
  const program: Program = {
    objects: [object('sem', { value: 1 }), object('cell')],
    threads: [[read, write(7), call('acquire', { blocking: false })]],
  };
  const executions = await run(
    program,
    Array.from({ length: 5 }, (_, seed) => ({ kind: 'random', seed })),
  );
  for (const { events } of executions) {
    const outcomes = events.flatMap((event) => (event.type === 'end' ? [event.outcome] : []));
    expect(outcomes).toEqual([{ returns: 0 }, { returns: undefined }, { returns: true }]);
  }
});

test('what happens in two operations can be torn apart, and is told in operations', async () => {
  const increment = call('locked', { operation: 'increment' });
  const load = call('locked', { operation: 'load' });
  const program: Program = { objects: [object('lock')], threads: [[increment, load], [increment]] };
  const torn: Schedule = { kind: 'directed', directions: [{ decision: 1, thread: 1 }] };
  const [plain, interrupted] = await run(program, [{ kind: 'directed', directions: [] }, torn], atomics);
  const last = (execution?: Execution) =>
    execution?.records.map(({ thread, operation }) => `${thread} ${operation}`);
  expect(last(plain)).toEqual(['0 begin', '0 store', '0 call', '1 begin', '1 store']);
  expect(last(interrupted)).toEqual(['0 begin', '1 begin', '1 store', '0 store', '0 call']);
  const loaded = (execution?: Execution) =>
    execution?.events.findLast((event) => event.type === 'end' && event.thread === 0);
  expect(loaded(plain)).toMatchObject({ outcome: { returns: 1 } });
  expect(loaded(interrupted)).toMatchObject({ outcome: { returns: 1 } });
});

test('arrays that no other thread sees are no scheduling points', async () => {
  const program: Program = {
    objects: [object('lock')],
    threads: [[call('locked', { operation: 'private' })]],
  };
  const [execution] = await run(program, [{ kind: 'random', seed: 1 }], atomics);
  expect(execution).toMatchObject({ ending: 'complete', decisions: 1 });
  expect(execution?.events.at(-1)).toMatchObject({ outcome: { returns: { json: '[0,2,0,"TypeError"]' } } });
});

describe('a batch that needs more room than was made', () => {
  test('for events and decisions loses no execution', async () => {
    const doze = (times: number) => call('locked', { operation: 'doze', times });
    const program: Program = { objects: [object('lock')], threads: [[doze(90)], [doze(3)]] };
    const chosen = Array.from({ length: 12 }, (_, seed): Schedule => ({ kind: 'random', seed }));
    const together = await run(program, chosen, atomics);
    for (const position of [0, 5, 11]) {
      expect(await run(program, [chosen[position] as Schedule], atomics)).toEqual([together[position]]);
    }
    for (const { events, ending } of together) {
      expect(ending).toBe('complete');
      expect(events.filter(({ type }) => type === 'end')).toHaveLength(2);
    }
  });

  test('for texts keeps every error', async () => {
    const wordy = sourceOf('../../../fixtures/implementations/wordy.ts');
    const release = call('release');
    const program: Program = {
      objects: [object('lock')],
      threads: [[release, release], [release]],
    };
    const chosen = Array.from({ length: 150 }, (_, seed): Schedule => ({ kind: 'random', seed }));
    for (const { events } of await run(program, chosen, wordy)) {
      const ends = events.filter((event) => event.type === 'end');
      expect(ends).toHaveLength(3);
      for (const { outcome } of ends) {
        expect(outcome).toMatchObject({
          raises: 'RuntimeError',
          message: expect.stringMatching(/^not locked, .* refusal \d+$/) as string,
        });
      }
    }
  });
});
