import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../../spec/example.ts';
import { describeValue } from '../../spec/history.ts';
import type { Call } from '../../spec/program.ts';
import { BatonEngine } from './baton/engine.ts';
import type { BatchResult } from './controlled/batch.ts';
import type { Schedule } from './controlled/schedule.ts';
import { CoroutineEngine } from './coroutine/engine.ts';

const patient = { execution: 60_000, loading: 60_000 };
/** For what hangs. */
const impatient = { execution: 2500, loading: 60_000 };
const engines = [
  { name: 'baton', engine: new BatonEngine(2, patient), hasty: new BatonEngine(2, impatient) },
  { name: 'coroutine', engine: new CoroutineEngine(patient), hasty: new CoroutineEngine(impatient) },
] as const;
afterAll(() => Promise.all(engines.flatMap(({ engine, hasty }) => [engine.close(), hasty.close()])));

const source = { module: new URL('../../fixtures/implementations/promising.ts', import.meta.url).href };
const schedules = Array.from({ length: 8 }, (_, seed): Schedule => ({ kind: 'random', seed }));
const release = call('release');

function does(way: string): Call {
  return call('acquire', { way });
}

describe.each(engines)('a call that returns a promise, in the $name engine', ({ engine, hasty }) => {
  function run(
    threads: readonly (readonly Call[])[],
    by: Pick<typeof engine, 'run'> = engine,
  ): Promise<BatchResult> {
    return by.run({ source, form: 'body', program: { objects: [object('lock')], threads }, schedules });
  }

  /** How executions ended, and what each call came to, thread by thread; each once. */
  async function outcomes(...threads: readonly (readonly Call[])[]): Promise<readonly string[]> {
    const { executions, stopped } = await run(threads);
    expect(stopped).toBeUndefined();
    expect(executions).toHaveLength(schedules.length);
    const shown = executions.map(({ ending, events }) => {
      const ends = threads.map((_, thread) =>
        events.flatMap((event) => {
          if (event.type !== 'end' || event.thread !== thread) return [];
          return 'raises' in event.outcome ? [event.outcome.raises] : [describeValue(event.outcome.returns)];
        }),
      );
      return `${ending}: ${ends.map((end) => end.join(' ')).join(' | ')}`;
    });
    return [...new Set(shown)].sort();
  }

  test('that is never settled stays blocked, and all is quiet', async () => {
    const { executions } = await run([[does('never')], [release]]);
    for (const { ending, events } of executions) {
      expect(ending).toBe('blocked');
      expect(events.filter(({ type }) => type === 'end')).toHaveLength(1);
      expect(events.find(({ type }) => type === 'blocked')).toMatchObject({ thread: 0 });
      expect(events.at(-1)).toMatchObject({ type: 'quiet', until: Infinity });
    }
  });

  test('ends when another thread notifies what it waits for', async () => {
    expect(await outcomes([does('meet')], [does('meet')])).toEqual([
      // Whoever notifies too early wakes nobody.
      'blocked:  | 0',
      'blocked: 0 | ',
      "complete: 'ok' | 1",
      "complete: 1 | 'ok'",
    ]);
  });

  test('raises what it is rejected with', async () => {
    expect(await outcomes([does('reject')], [does('reject'), release])).toEqual([
      'complete: RangeError | RangeError undefined',
    ]);
  });

  test('takes the time of its timers, which nobody waits for', async () => {
    const { executions } = await run([[does('later')], [release]]);
    for (const { events } of executions) {
      const end = events.find((event) => event.type === 'end' && event.thread === 0);
      expect(end).toMatchObject({ outcome: { returns: 'later' }, at: 0.02 });
    }
  });

  test('goes on in vain like a thread that spins or polls', async () => {
    expect(await outcomes([does('look')], [release])).toEqual(['complete: true | undefined']);
    expect(await outcomes([does('look')], [])).toEqual(['livelock:  | ']);
    expect(await outcomes([does('poll')], [])).toEqual(['blocked:  | ']);
    const polling = await outcomes([does('poll')], [release]);
    expect(polling).toEqual(['complete: false | undefined', 'complete: true | undefined']);
  });

  test('has not returned from what it swallows at the end', async () => {
    expect(await outcomes([does('swallow')], [release])).toEqual(['blocked:  | undefined']);
  });

  test('without end is hung', async () => {
    const { stopped } = await run([[does('spin')], [release]], hasty);
    expect(stopped).toMatchObject({ kind: 'hung', thread: 0 });
  });
});

test.each([
  ['a rejection that nobody handles', 'forget'],
  ['a rejection that nobody handles, in the middle of a call,', 'forgetEarly'],
  ['what a timer throws', 'throwLate'],
])('%s ends the thread; what one thread plays leaves that to real ones', async (_, way) => {
  const [{ engine: baton }, { engine: coroutines }] = engines;
  const batch = {
    source,
    form: 'body' as const,
    program: { objects: [object('lock')], threads: [[does(way)], [release]] },
    schedules,
  };
  const reason = expect.stringContaining('forgotten') as string;
  expect((await baton.run(batch)).stopped).toMatchObject({ kind: 'crashed', reason });
  expect((await coroutines.run(batch)).stopped).toMatchObject({ kind: 'unusable', reason });
});
