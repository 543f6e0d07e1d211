import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../../spec/example.ts';
import type { Program } from '../../spec/program.ts';
import type { Refused } from '../../spec/judge/verdict.ts';
import { schedulesFor } from '../seeds.ts';
import { BatonEngine } from './baton/engine.ts';
import type { Schedule } from './controlled/schedule.ts';
import { CoroutineEngine } from './coroutine/engine.ts';
import { isSpinning, withLivelock } from './livelock.ts';
import type { Source } from './source.ts';

const patient = { execution: 60_000, loading: 60_000 };
const baton = new BatonEngine(4, patient);
const coroutines = new CoroutineEngine(patient);
afterAll(() => Promise.all([baton.close(), coroutines.close()]));

const urlOf = (path: string): string => new URL(`../../fixtures/${path}`, import.meta.url).href;
const counting: Source = { module: urlOf('correct/countingSpinLock.ts') };
const way = (member: string): Source => ({
  module: urlOf('implementations/livelocks.ts'),
  export: 'ways',
  member,
});

const acquire = call('acquire');
const release = call('release');
const pair = [acquire, release];

/** At random, by priorities, and each thread with one preemption at any moment of its calls. */
const schedules: readonly Schedule[] = [
  ...schedulesFor(1, 60, 60),
  ...Array.from({ length: 20 }, (_, decision): Schedule => ({
    kind: 'directed',
    directions: [{ decision, thread: decision % 2 }],
  })),
];

/** The executions, which are the same in both engines. */
async function executionsOf(source: Source, threads: Program['threads']) {
  const program: Program = { objects: [object('lock')], threads };
  const batch = { source, form: 'body' as const, program, schedules, record: true };
  const played = await coroutines.run(batch);
  expect(played.stopped).toBeUndefined();
  expect(await baton.run(batch)).toEqual(played);
  expect(played.executions).toHaveLength(schedules.length);
  return played.executions;
}

describe('a thread that spins', () => {
  test.each([
    ['and changes nothing', way('spins-rightly')],
    ['and changes something each time', counting],
  ])('%s lets those go on who can end that', async (_, source) => {
    const twice = await executionsOf(source, [pair, pair]);
    expect(new Set(twice.map(({ ending }) => ending))).toEqual(new Set(['complete']));
    const thrice = await executionsOf(source, [pair, [...pair, ...pair], pair]);
    expect(new Set(thrice.map(({ ending }) => ending))).toEqual(new Set(['complete']));
    // Some did spin.
    expect(thrice.some(({ events }) => events.some(({ type }) => type === 'blocked'))).toBe(true);
  });

  test('sees time pass, though it changes something each time', async () => {
    const timed = [call('acquire', { timeout: 0.5 })];
    for (const { events } of await executionsOf(counting, [[acquire], timed, timed])) {
      const expired = events.filter(
        (event) => event.type === 'end' && 'returns' in event.outcome && event.outcome.returns === false,
      );
      for (const { at } of expired) expect(at).toBeGreaterThanOrEqual(0.5);
      expect(expired.length).toBeGreaterThan(0);
    }
  });

  test.each([
    ['and changes nothing', way('spins-rightly')],
    ['and changes something each time', counting],
  ])('%s for ever is told from one that sleeps, and from those that are in no call', async (_, source) => {
    for (const { ending, events, spinning } of await executionsOf(source, [[acquire], [acquire], []])) {
      expect(ending).toBe('livelock');
      const [end] = events.filter(({ type }) => type === 'end');
      expect(spinning).toBe(end !== undefined && 'thread' in end && end.thread === 0 ? 0b10 : 0b01);
    }
  });
});

test('threads that give way to each other for ever are a livelock, in bounded time', async () => {
  const executions = await executionsOf(way('gives-way'), [pair, pair]);
  const endings = new Set(executions.map(({ ending }) => ending));
  expect(endings).toEqual(new Set(['complete', 'livelock']));
  for (const { ending, spinning, decisions } of executions) {
    expect(spinning).toBe(ending === 'livelock' ? 0b11 : undefined);
    expect(decisions).toBeLessThan(3000);
  }
});

describe('the verdict', () => {
  const stuck: Refused = {
    kind: 'stuck',
    event: 3,
    thread: 1,
    rules: ['lock.no-lost-wakeup'],
    expected: ['returns true'],
    seen: 'stays blocked for ever',
  };

  test('on a call that spins says so', () => {
    expect(withLivelock(stuck, { spinning: 0b10 })).toEqual({
      ...stuck,
      kind: 'livelock',
      seen: 'spins for ever (livelock)',
    });
  });

  test('on a call that sleeps says who spins', () => {
    expect(withLivelock(stuck, { spinning: 0b101 })).toEqual({
      ...stuck,
      seen: 'stays blocked for ever, while threads 1 and 3 spin for ever (livelock)',
    });
  });

  test('is left as it is where nobody spins, and where something else is wrong', () => {
    expect(withLivelock(stuck, {})).toBe(stuck);
    const broken: Refused = { ...stuck, kind: 'broken' };
    expect(withLivelock(broken, { spinning: 0b10 })).toBe(broken);
    expect(withLivelock({ kind: 'allowed' }, { spinning: 0b10 })).toEqual({ kind: 'allowed' });
  });

  test('counts threads from 0 up', () => {
    expect([0, 1, 2].filter((thread) => isSpinning({ spinning: 0b101 }, thread))).toEqual([0, 2]);
    expect(isSpinning({}, 0)).toBe(false);
  });
});
