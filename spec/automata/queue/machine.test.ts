import { expect, test } from 'vitest';
import { call, object } from '../../example.ts';
import { automatonOf } from '../../families.ts';
import type { HistoryEvent, Outcome } from '../../history.ts';
import { Judge } from '../../judge/judge.ts';
import type { Args, Call, Family } from '../../program.ts';

type Threads = readonly (readonly Call[])[];
type Told = readonly [thread: number, what: 'calls' | 'sleeps' | Outcome] | 'quiet';

const put = (item: string) => call('put', { item });
const get = call('get');
const done: Outcome = { returns: undefined };

/** The verdict on what threads (from 1) did to a queue, all at one moment. */
function judge(family: Family, args: Args, threads: Threads, story: readonly Told[]) {
  const objects = [object(family, args)];
  const made = threads.map(() => 0);
  const history = story.map((told): HistoryEvent => {
    if (told === 'quiet') return { type: 'quiet', at: 0, until: Infinity };
    const thread = told[0] - 1;
    if (told[1] === 'sleeps') return { type: 'blocked', thread, at: 0 };
    if (told[1] !== 'calls') return { type: 'end', thread, outcome: told[1], at: 0 };
    const position = made[thread] ?? 0;
    made[thread] = position + 1;
    return { type: 'call', thread, call: position, at: 0 };
  });
  return new Judge(objects, automatonOf).judge({ objects, threads }, history);
}

/** A thread makes a call that ends so at once. */
function ends(thread: number, outcome: Outcome): readonly Told[] {
  return [
    [thread, 'calls'],
    [thread, outcome],
  ];
}

test('an item that comes out twice is told from one that comes too early', () => {
  const threads = [
    [put('a'), put('b'), put('c')],
    [get, get],
  ];
  const puts = [...ends(1, done), ...ends(1, done), ...ends(1, done)];
  const taken = ends(2, { returns: 'a' });
  const twice = judge('queue', {}, threads, [...puts, ...taken, ...ends(2, { returns: 'a' })]);
  expect(twice).toMatchObject({ kind: 'broken', rules: ['queue.exactly-once'] });
  const early = judge('queue', {}, threads, [...puts, ...taken, ...ends(2, { returns: 'c' })]);
  expect(early).toMatchObject({ kind: 'broken', rules: ['queue.fifo'] });
});

test('concurrent puts may be stored in either order, those of one thread in one', () => {
  const threads = [[put('a1'), put('a2')], [put('b')], [get, get, get]];
  const puts: readonly Told[] = [[2, 'calls'], ...ends(1, done), ...ends(1, done), [2, done]];
  const outcomes = (...items: readonly string[]) => items.flatMap((item) => ends(3, { returns: item }));
  for (const order of [
    ['b', 'a1', 'a2'],
    ['a1', 'b', 'a2'],
    ['a1', 'a2', 'b'],
  ]) {
    expect(judge('queue', {}, threads, [...puts, ...outcomes(...order)]).kind).toBe('allowed');
  }
  expect(judge('queue', {}, threads, [...puts, ...outcomes('a2', 'a1', 'b')]).kind).toBe('broken');
});

test('a size may be out of date beside a put, and must not be at rest', () => {
  const threads = [[put('a')], [call('qsize')]];
  const beside = judge('queue', {}, threads, [[2, 'calls'], ...ends(1, done), [2, { returns: 0 }]]);
  expect(beside.kind).toBe('allowed');
  const atRest = judge('queue', {}, threads, [...ends(1, done), ...ends(2, { returns: 0 })]);
  expect(atRest).toMatchObject({ kind: 'broken', rules: ['queue.qsize'] });
});

test('who sleeps for an item is no excuse for a wrong size', () => {
  const threads = [[get], [call('qsize')]];
  const asleep: readonly Told[] = [
    [1, 'calls'],
    [1, 'sleeps'],
  ];
  const verdict = judge('queue', {}, threads, [...asleep, ...ends(2, { returns: 1 })]);
  expect(verdict).toMatchObject({ kind: 'broken', rules: ['queue.qsize'] });
});

test('who sleeps for room need not notice that the limit was raised, but that an item was taken', () => {
  const full: readonly Told[] = [...ends(1, done), [2, 'calls'], [2, 'sleeps']];
  const raising = [[put('a'), call('assign', { maxsize: 3 })], [put('b')]];
  const raised = judge('queue', { maxsize: 1 }, raising, [...full, ...ends(1, done), 'quiet']);
  expect(raised.kind).toBe('allowed');
  const taking = [[put('a'), get], [put('b')]];
  const taken = judge('queue', { maxsize: 1 }, taking, [...full, ...ends(1, { returns: 'a' }), 'quiet']);
  expect(taken).toMatchObject({ kind: 'stuck', rules: ['queue.put.resumes'] });
});

test('a put that failed leaves nothing that could come out', () => {
  const tryPut = call('put', { item: 'b', block: false });
  const threads = [[put('a'), tryPut, get, get]];
  const story = [...ends(1, done), ...ends(1, { raises: 'Full' }), ...ends(1, { returns: 'a' })];
  const verdict = judge('queue', { maxsize: 1 }, threads, [...story, ...ends(1, { returns: 'b' })]);
  expect(verdict).toMatchObject({ kind: 'broken', rules: ['queue.failure-no-effect'] });
});

test('a time-out that is too long may be refused at once, and must be where it would be waited for', () => {
  const endless = call('get', { timeout: Infinity });
  const threads = [[put('a'), endless, endless]];
  const stored = ends(1, done);
  const refused = ends(1, { raises: 'OverflowError' });
  const taken = ends(1, { returns: 'a' });
  expect(judge('queue', {}, threads, [...stored, ...refused]).kind).toBe('allowed');
  expect(judge('queue', {}, threads, [...stored, ...taken, ...refused]).kind).toBe('allowed');
  const waits = judge('queue', {}, threads, [...stored, ...taken, [1, 'calls'], [1, 'sleeps'], 'quiet']);
  expect(waits).toMatchObject({ kind: 'stuck' });
});

test('a family that is a Queue but for its order cites its own rules', () => {
  const threads = [[put('a'), put('b'), get]];
  const story = [...ends(1, done), ...ends(1, done), ...ends(1, { returns: 'a' })];
  expect(judge('lifo', {}, threads, story)).toMatchObject({ kind: 'broken', rules: ['lifo.order'] });
  expect(judge('prio', {}, threads, story).kind).toBe('allowed');
  const size = judge('lifo', {}, [[call('qsize')]], ends(1, { returns: 1 }));
  expect(size).toMatchObject({ kind: 'broken', rules: ['lifo.same-api'] });
});

test('a simple queue must not have what it has no use for', () => {
  const verdict = judge('simpleq', {}, [[call('join')]], ends(1, done));
  expect(verdict).toMatchObject({ kind: 'broken', rules: ['simpleq.no-tracking'] });
});
