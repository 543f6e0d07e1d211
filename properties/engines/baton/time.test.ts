import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import { describeValue } from '../../../spec/history.ts';
import type { Call, Family, Program, Value } from '../../../spec/program.ts';
import { programsFor } from '../../programs/index.ts';
import { directionsOf } from '../../search.ts';
import { BatonEngine } from './engine.ts';
import type { Execution } from '../controlled/execution.ts';
import type { Recorded } from '../controlled/recorder.ts';
import type { Schedule } from '../controlled/schedule.ts';

const engine = new BatonEngine(3, { execution: 60_000, loading: 60_000 });
afterAll(() => engine.close());

const moduleAt = (path: string) => new URL(`../../../${path}`, import.meta.url).href;
const reference = moduleAt('impl/reference.ts');
const atomics = moduleAt('fixtures/implementations/atomics.ts');
const misbehaving = moduleAt('fixtures/implementations/misbehaving.ts');

async function run(
  module: string,
  program: Program,
  schedules: readonly Schedule[],
): Promise<readonly Execution[]> {
  const batch = { source: { module }, form: 'body' as const, program, schedules, record: true };
  const { executions, stopped } = await engine.run(batch);
  expect(stopped).toBeUndefined();
  expect(executions).toHaveLength(schedules.length);
  return executions;
}

function onLock(...threads: readonly (readonly Call[])[]): Program {
  return { objects: [object('lock')], threads };
}

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);
const random = (count: number) => seeds(count).map((seed): Schedule => ({ kind: 'random', seed }));
const pct = (count: number) => seeds(count).map((seed): Schedule => ({ kind: 'pct', seed, depth: 2 }));

/** Strings without quotation marks. */
function textOf(value: Value): string {
  return typeof value === 'string' ? value : describeValue(value);
}

/** How the only call of a thread ended: with what, and when. */
function endOf({ events }: Execution, thread: number): string {
  const end = events.find((event) => event.type === 'end' && event.thread === thread);
  if (end?.type !== 'end') return 'does not end';
  return 'returns' in end.outcome ? `${textOf(end.outcome.returns)} at ${end.at}` : end.outcome.raises;
}

describe('a sleep that may be over in time', () => {
  const sleep = call('acquire', { timeout: 10 });
  const wake = call('release');
  const program = onLock([sleep], [wake]);

  test.each([
    ['random', random(200)],
    ['PCT', pct(400)],
  ])(
    'is ended by whoever comes first, and goes on in time or late (%s schedules)',
    async (_kind, schedules) => {
      const executions = await run(atomics, program, schedules);
      const seen = new Set(
        executions.map((execution) => `${endOf(execution, 0)}, woke ${endOf(execution, 1)}`),
      );
      expect([...seen].sort()).toEqual([
        'ok at 0, woke 1 at 0',
        'ok at 0.01, woke 1 at 0',
        'timed-out at 0.01, woke 0 at 0',
        'timed-out at 0.01, woke 0 at 0.01',
      ]);
    },
  );

  test('can be sent late by a direction', async () => {
    const executions = await run(atomics, program, random(200));
    const late = executions.filter(({ records }) => records.some((record) => record.late));
    expect(late.length).toBeGreaterThan(0);
    const directed = late.map(({ records }): Schedule => ({
      kind: 'directed',
      directions: directionsOf(records),
    }));
    expect(await run(atomics, program, directed)).toEqual(late);
    for (const execution of late) expect(endOf(execution, 0)).toBe('ok at 0.01');
  });

  test('is not late if it was over before', async () => {
    const executions = await run(atomics, program, random(200));
    const expired = executions.filter((execution) => endOf(execution, 0).startsWith('timed-out'));
    expect(expired.length).toBeGreaterThan(0);
    for (const { records } of expired) expect(records.some((record) => record.late)).toBe(false);
  });
});

test('a timed acquire that races a release is seen to expire and to succeed', async () => {
  const locked = call('locked');
  const program = onLock(
    [call('acquire'), locked, locked, locked, locked, call('release')],
    [call('acquire', { timeout: 1 })],
  );
  for (const schedules of [random(200), pct(200)]) {
    const ends = new Set((await run(reference, program, schedules)).map((execution) => endOf(execution, 1)));
    expect(ends).toContain('true at 0');
    expect(ends).toContain('false at 1');
  }
});

test('a time that nobody waits for does not pass', async () => {
  const program = onLock(
    [call('acquire'), call('release')],
    [call('acquire', { timeout: 1 }), call('release')],
  );
  for (const { events, records } of await run(reference, program, random(100))) {
    const passes = records.some(({ thread, ready, late }) => late || (ready & (1 << thread)) === 0);
    expect(events.at(-1)?.at).toBe(passes ? 1 : 0);
  }
});

describe('in every program', () => {
  const families: readonly Family[] = ['lock', 'rlock', 'sem', 'bsem', 'event'];
  const programs = fc
    .constantFrom<Family>(...families, 'with')
    .chain((family) => programsFor(family, families) as fc.Arbitrary<Program>);

  /** Every execution of generated programs on the reference. */
  async function every(check: (program: Program, execution: Execution) => void): Promise<void> {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        for (const execution of await run(reference, program, [...random(10), ...pct(10)])) {
          check(program, execution);
        }
      }),
      { numRuns: 25, seed: 3 },
    );
  }

  test('the clock never runs backwards, and quiet lies ahead', async () => {
    let passed = 0;
    await every((_program, { events }) => {
      for (const [position, event] of events.entries()) {
        const before = events[position - 1]?.at ?? 0;
        expect(event.at).toBeGreaterThanOrEqual(before);
        expect(event.type === 'quiet' ? event.until : event.at).toBeGreaterThanOrEqual(event.at);
        if (event.at > before) passed++;
      }
    });
    expect(passed).toBeGreaterThan(0);
  });

  test('no call expires before its time', async () => {
    let expired = 0;
    await every((program, { events }) => {
      for (const { begin, end } of callsIn(events)) {
        const timeout = program.threads[begin.thread]?.[begin.call]?.args.timeout;
        if (typeof timeout !== 'number' || !('returns' in end.outcome)) continue;
        if (end.outcome.returns !== false) continue;
        expect(end.at).toBeGreaterThanOrEqual(begin.at + timeout);
        expired++;
      }
    });
    expect(expired).toBeGreaterThan(0);
  });
});

interface CallAndEnd {
  readonly begin: Extract<Recorded, { type: 'call' }>;
  readonly end: Extract<Recorded, { type: 'end' }>;
}

/** Calls that ended, with-statements by their last part. */
function* callsIn(events: readonly Recorded[]): Generator<CallAndEnd> {
  const pending = new Map<number, CallAndEnd['begin']>();
  for (const event of events) {
    if (event.type === 'call') pending.set(event.thread, event);
    if (event.type === 'end') yield { begin: pending.get(event.thread) as CallAndEnd['begin'], end: event };
  }
}

describe('clocks', () => {
  test('all show the time that a sleep took', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100_000_000 }), async (milliseconds) => {
        const seconds = milliseconds / 1e3;
        const looks = onLock([call('locked', { operation: 'clocks', seconds })]);
        const [execution] = await run(atomics, looks, [{ kind: 'random', seed: 1 }]);
        const end = execution?.events.at(-1);
        expect(end).toMatchObject({ outcome: { returns: { json: JSON.stringify(Array(5).fill(seconds)) } } });
      }),
      { numRuns: 20 },
    );
  });

  test('go on for a thread that does nothing but look at them', async () => {
    const program = onLock([call('acquire', { way: 'spinOnClock' })]);
    const [execution] = await run(misbehaving, program, [{ kind: 'random', seed: 1 }]);
    expect(execution?.ending).toBe('complete');
    const end = execution?.events.at(-1);
    expect(end).toMatchObject({ outcome: { returns: true } });
    expect(end?.at).toBeGreaterThanOrEqual(20);
  });

  test('begin anew in each execution', async () => {
    const program = onLock([call('acquire', { timeout: 10 })]);
    const ends = (await run(atomics, program, random(4))).map((execution) => endOf(execution, 0));
    expect(ends).toEqual(Array(4).fill('timed-out at 0.01'));
  });
});
