import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import type { Outcome } from '../../../spec/history.ts';
import type { Args, Call, Program } from '../../../spec/program.ts';
import { BatonEngine } from '../baton/engine.ts';
import type { Execution } from './execution.ts';
import type { Schedule } from './schedule.ts';

const engine = new BatonEngine(4, { execution: 60_000, loading: 60_000 });
afterAll(() => engine.close());

const module = new URL('../../../fixtures/implementations/atomics.ts', import.meta.url).href;

/** Runs the bare operations of `Atomics`. */
async function run(threads: Program['threads'], schedule: Schedule): Promise<Execution> {
  const program: Program = { objects: [object('lock')], threads };
  const { executions, stopped } = await engine.run({
    source: { module },
    form: 'body',
    program,
    schedules: [schedule],
  });
  expect(stopped).toBeUndefined();
  return executions[0] as Execution;
}

/** What the calls of a thread came to, in order. */
function outcomesOf({ events }: Execution, thread: number): readonly Outcome[] {
  return events.flatMap((event) => (event.type === 'end' && event.thread === thread ? [event.outcome] : []));
}

const wait = (args: Args = {}): Call => call('acquire', args);
const notify = (args: Args = {}): Call => call('release', args);

/** A cell of four bytes: which memory, and where a view of it begins. */
interface Place {
  readonly memory: number;
  readonly from: number;
  readonly index: number;
}

type Action =
  | { readonly thread: number; readonly place: Place; readonly value: number; readonly later: boolean }
  | { readonly place: Place; readonly count: number | undefined };

const notifier = 3;

/** Few places, some of which are the same by another view. */
const places = fc.record({
  memory: fc.nat(1),
  from: fc.constantFrom(0, 4),
  index: fc.nat(1),
});
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      thread: fc.nat(2),
      place: places,
      value: fc.constantFrom(0, 0, 0, 1),
      // Threads that sleep and promises of those that do not stand in the same lists.
      later: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      place: places,
      count: fc.constantFrom(undefined, 0, 1, 1, 2, 3, -1, 1.9, NaN, Infinity),
    }),
  },
);

/** What the standard says of waiter lists: one a cell, first in, first out. */
class WaiterLists {
  readonly #lists = new Map<string, number[]>();
  readonly #asleep = new Set<number>();
  readonly outcomes: Outcome[][] = Array.from({ length: 4 }, () => []);

  sleeps(thread: number): boolean {
    return this.#asleep.has(thread);
  }

  wait(thread: number, place: Place, value: number): void {
    if (value !== 0) {
      this.outcomes[thread]?.push({ returns: 'not-equal' });
      return;
    }
    this.#at(place).push(thread);
    this.#asleep.add(thread);
  }

  notify(place: Place, count: number | undefined): void {
    const most = count === undefined ? Infinity : Math.max(0, Math.trunc(count) || 0);
    const woken = this.#at(place).splice(0, most);
    for (const thread of woken) {
      this.#asleep.delete(thread);
      this.outcomes[thread]?.push({ returns: 'ok' });
    }
    this.outcomes[notifier]?.push({ returns: woken.length });
  }

  #at({ memory, from, index }: Place): number[] {
    const key = `${memory} ${from + 4 * index}`;
    const list = this.#lists.get(key) ?? [];
    this.#lists.set(key, list);
    return list;
  }
}

describe('waiter lists', () => {
  test('are as the standard has them', async () => {
    let mostWoken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), async (actions) => {
        const lists = new WaiterLists();
        const threads: Call[][] = [[], [], [], []];
        const script: { readonly thread: number }[] = [];
        for (const one of actions) {
          if ('value' in one) {
            if (lists.sleeps(one.thread)) continue;
            threads[one.thread]?.push(wait({ ...one.place, value: one.value, later: one.later }));
            script.push({ thread: one.thread });
            lists.wait(one.thread, one.place, one.value);
          } else {
            threads[notifier]?.push(
              notify({ ...one.place, ...(one.count !== undefined && { count: one.count }) }),
            );
            script.push({ thread: notifier });
            lists.notify(one.place, one.count);
          }
        }
        const execution = await run(threads, { kind: 'script', script });
        expect([0, 1, 2, 3].map((thread) => outcomesOf(execution, thread))).toEqual(lists.outcomes);
        const counts = (lists.outcomes[notifier] ?? []).map((outcome) =>
          'returns' in outcome ? Number(outcome.returns) : 0,
        );
        mostWoken = Math.max(mostWoken, ...counts);
      }),
      { numRuns: 60, seed: 1 },
    );
    // Or nothing was shown.
    expect(mostWoken).toBeGreaterThan(1);
  });

  test('wake those first who fell asleep first', async () => {
    const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    await fc.assert(
      fc.asyncProperty(order, fc.nat(4), async (sleepers, count) => {
        const script = [...sleepers, notifier].map((thread) => ({ thread }));
        const execution = await run([[wait()], [wait()], [wait()], [notify({ count })]], {
          kind: 'script',
          script,
        });
        expect(outcomesOf(execution, notifier)).toEqual([{ returns: Math.min(count, 3) }]);
        const woken = sleepers.filter((thread) => outcomesOf(execution, thread).length > 0);
        expect(woken).toEqual(sleepers.slice(0, count));
      }),
      { numRuns: 20 },
    );
  });

  test('know nothing of those who sleep on memory of their own', async () => {
    const script = [{ thread: 0 }, { thread: 1 }];
    const execution = await run([[wait({ memory: 2 })], [notify({ memory: 2 })]], { kind: 'script', script });
    expect(outcomesOf(execution, 1)).toEqual([{ returns: 0 }]);
    expect(outcomesOf(execution, 0)).toEqual([]);
  });
});

describe('a wait', () => {
  test.each([
    ['on another value does not sleep', { value: 7 }, 'not-equal'],
    ['on another value with no time to wait does not sleep', { value: 7, timeout: 0 }, 'not-equal'],
    ['of no time is over at once', { timeout: 0 }, 'timed-out'],
    ['of less than no time is over at once', { timeout: -5 }, 'timed-out'],
    ['without an end of less than no time is over at once', { timeout: -Infinity }, 'timed-out'],
  ])('%s', async (_title, args, returns) => {
    const { ending, events } = await run([[wait(args)]], { kind: 'random', seed: 1 });
    expect(ending).toBe('complete');
    expect(events.map(({ type }) => type)).toEqual(['created', 'call', 'end']);
    expect(events.at(-1)).toMatchObject({ outcome: { returns }, at: 0 });
  });

  test.each([
    ['no time-out', {}],
    ['a time-out that is no number', { timeout: NaN }],
    ['an infinite time-out', { timeout: Infinity }],
  ])('with %s is one for ever', async (_title, args) => {
    const { ending, events } = await run([[wait(args)]], { kind: 'random', seed: 1 });
    expect(ending).toBe('blocked');
    expect(events.map(({ type }) => type)).toEqual(['created', 'call', 'blocked', 'quiet']);
    expect(events.at(-1)).toMatchObject({ until: Infinity });
  });

  test('that was notified in vain is told of as one sleep of its call', async () => {
    const doze = call('locked', { operation: 'doze', times: 5 });
    const { events } = await run([[doze]], { kind: 'random', seed: 1 });
    expect(events.filter(({ type }) => type === 'blocked')).toHaveLength(1);
  });
});
