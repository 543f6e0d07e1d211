import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { call, object } from '../spec/example.ts';
import type { Program } from '../spec/program.ts';
import type { Batch } from './engines/controlled/batch.ts';
import { BatonEngine } from './engines/baton/engine.ts';
import type { Execution } from './engines/controlled/execution.ts';
import type { Schedule } from './engines/controlled/schedule.ts';
import { explore, type Subject } from './explore.ts';
import { Judges } from './judges.ts';
import { programsFor } from './programs/index.ts';
import { countPreemptions, directionsOf, search } from './search.ts';
import { schedulesFor } from './seeds.ts';

/** An engine that keeps what it ran. */
class Recording extends BatonEngine {
  readonly ran: { readonly schedule: Schedule; readonly execution: Execution }[] = [];

  override async each(batch: Batch, see: (execution: Execution) => boolean) {
    let position = 0;
    return super.each(batch, (execution) => {
      this.ran.push({ schedule: batch.schedules[position++] as Schedule, execution });
      return see(execution);
    });
  }
}

const engine = new Recording(4, { execution: 60_000, loading: 60_000 });
const judges = new Judges({ pollingInterval: 0, profile: 'strict' });
beforeEach(() => void engine.ran.splice(0));
afterAll(() => engine.close());

const reference = '../impl/reference.ts';
const oneStep = '../fixtures/subjects/oneStep.ts';

function subjectOf(module: string): Subject {
  const source = { module: new URL(module, import.meta.url).href };
  return { source, form: 'body', engine, judges };
}

/** Threads that make so many calls each, of one atomic operation each. */
function stepping(calls: readonly number[]): Program {
  return {
    objects: [object('sem', { value: 9 })],
    threads: calls.map((count) => Array.from({ length: count }, () => call('acquire'))),
  };
}

const locking: Program = {
  objects: [object('lock')],
  threads: [
    [call('acquire'), call('release')],
    [call('acquire'), call('release')],
  ],
};

/** Every order in which threads can make so many steps each, by the number of preemptions in it. */
function ordersOf(steps: readonly number[]): readonly string[][] {
  const levels: string[][] = [];
  const go = (left: readonly number[], order: string, last: number, preemptions: number): void => {
    if (left.every((count) => count === 0)) (levels[preemptions] ??= []).push(order);
    for (const [thread, count] of left.entries()) {
      if (count === 0) continue;
      const preempts = last >= 0 && last !== thread && (left[last] as number) > 0;
      go(left.with(thread, count - 1), `${order}${thread}`, thread, preemptions + Number(preempts));
    }
  };
  go(steps, '', -1, 0);
  return Array.from(levels, (level) => level ?? []);
}

function orderOf({ records }: Execution): string {
  return records.map(({ thread }) => thread).join('');
}

/** The orders that the engine ran, by the number of preemptions that is counted in their records. */
function ran(): readonly string[][] {
  const levels: string[][] = [];
  for (const { execution } of engine.ran) {
    (levels[countPreemptions(execution.records)] ??= []).push(orderOf(execution));
  }
  return Array.from(levels, (level) => (level ?? []).sort());
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

function multinomial(counts: readonly number[]): number {
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.reduce((ways, count) => ways / factorial(count), factorial(sum));
}

describe('without limits', () => {
  const shapes = [[1], [1, 1], [2, 2], [3, 3], [4, 4], [1, 1, 1], [2, 1, 1], [1, 2, 2], [2, 2, 2]];

  test.each(shapes.map((shape) => [shape.join(' + '), multinomial(shape), shape] as const))(
    'threads with %s calls have %i schedules, each run once, with the fewest preemptions first',
    async (_, ways, shape) => {
      const program = stepping(shape);
      const bound = shape.reduce((sum, calls) => sum + calls, 0);
      const result = await search(subjectOf(oneStep), program, { bound });
      expect(result).toEqual({ executions: ways, exhausted: bound });
      expect(ran()).toEqual(ordersOf(shape).map((orders) => orders.sort()));
      const preemptions = engine.ran.map(({ execution }) => countPreemptions(execution.records));
      expect(preemptions).toEqual(preemptions.toSorted((a, b) => a - b));
    },
  );
});

describe('within limits', () => {
  const shape = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });

  test('a bound leaves out exactly the schedules with more preemptions', async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(3), async (calls, bound) => {
        engine.ran.length = 0;
        const program = stepping(calls);
        const expected = ordersOf(calls).slice(0, bound + 1);
        const result = await search(subjectOf(oneStep), program, { bound });
        expect(result).toEqual({ executions: expected.flat().length, exhausted: bound });
        expect(ran()).toEqual(expected.map((orders) => orders.sort()));
      }),
      { numRuns: 20 },
    );
  });

  test('a budget that ends the search leaves nothing out below what it says is exhausted', async () => {
    const calls = [3, 3, 2];
    const program = stepping(calls);
    const orders = ordersOf(calls);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), async (budget) => {
        engine.ran.length = 0;
        const { exhausted, executions } = await search(subjectOf(oneStep), program, {
          bound: 4,
          budgetOnWorkers: budget,
        });
        const levels = ran();
        expect(executions).toBe(levels.flat().length);
        for (let level = 0; level <= exhausted; level++) {
          expect(levels[level]).toEqual(orders[level]?.toSorted());
        }
        expect(exhausted === 4).toBe(orders.slice(0, 5).flat().length === executions);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a program whose threads sleep, for ever or for a time', () => {
  const programs = fc
    .constantFrom('lock' as const, 'bsem' as const, 'event' as const)
    .chain((family) => programsFor(family, [family]) as fc.Arbitrary<Program>)
    .map(({ objects, threads }) => ({
      objects,
      threads: threads.slice(0, 2).map((calls) => calls.slice(0, 2)),
    }));

  test('has no schedule twice, and none that chance finds is missing', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.integer(), async (program, seed) => {
        engine.ran.length = 0;
        const subject = subjectOf(reference);
        const { exhausted, executions, failure } = await search(subject, program, {
          bound: 2,
          budgetOnWorkers: 4000,
        });
        expect(failure).toBeUndefined();
        const known = new Set(engine.ran.map(({ execution }) => execution.interleaving));
        expect(engine.ran).toHaveLength(executions);
        expect(known.size).toBe(executions);
        expect(exhausted).toBe(2);
        const { judged } = await explore(subject, program, schedulesFor(seed, 60, 40), true);
        const missing = judged.filter(
          ({ execution: { records, interleaving } }) =>
            countPreemptions(records) <= exhausted && !known.has(interleaving),
        );
        expect(missing).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  test('runs the same again under the directions of its decisions, which are no more than were given', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        engine.ran.length = 0;
        const subject = subjectOf(reference);
        await search(subject, program, { bound: 2, budgetOnWorkers: 100 });
        const first = [...engine.ran];
        const schedules = first.map(({ execution }): Schedule => ({
          kind: 'directed',
          directions: directionsOf(execution.records),
        }));
        const { judged } = await explore(subject, program, schedules, true);
        for (const [position, { execution }] of judged.entries()) {
          const before = first[position];
          expect(execution.records).toEqual(before?.execution.records);
          expect(schedules[position]).toEqual(before?.schedule);
        }
      }),
      { numRuns: 8 },
    );
  });
});

describe('failures', () => {
  const program: Program = { ...stepping([3, 3]), objects: [object('sem', { value: 5 })] };

  test('are found with the fewest preemptions', async () => {
    const subject = subjectOf('../fixtures/mutants/lock.ts');
    const mutant = { ...subject.source, export: 'mutants', member: 'tests-then-sets' };
    const { failure, exhausted, preemptions } = await search({ ...subject, source: mutant }, locking, {
      bound: 3,
    });
    expect({ exhausted, preemptions, rules: failure?.verdict.rules }).toEqual({
      exhausted: 1,
      preemptions: 2,
      rules: ['lock.mutual-exclusion'],
    });
    expect(countPreemptions(failure?.execution.records ?? [])).toBe(2);
  });

  test('that are not wanted do not keep other schedules from being run', async () => {
    const unwanted = 'sem.release.wakes';
    const result = await search(subjectOf(oneStep), program, { bound: 6, fault: unwanted });
    expect(result).toEqual({ executions: 20, exhausted: 6 });
    const { judged } = await explore(subjectOf(oneStep), program, [{ kind: 'directed', directions: [] }]);
    expect(judged.map(({ verdict }) => verdict.kind)).not.toEqual(['allowed']);
    engine.ran.pop();
    expect(ran()).toEqual(ordersOf([3, 3]).map((orders) => orders.sort()));
  });

  test('that end a worker end the search, wanted or not', async () => {
    const subject = subjectOf('../fixtures/hostile/exits.ts');
    const unwanted = await search(subject, locking, { bound: 2, fault: 'lock.new.class' });
    expect(unwanted).toEqual({ executions: 0, exhausted: -1 });
    const wanted = await search(subject, locking, { bound: 2 });
    expect(wanted.failure?.stopped).toMatchObject({ kind: 'exited', thread: 0 });
    expect(wanted).toMatchObject({ exhausted: -1, preemptions: 0 });
  });
});
