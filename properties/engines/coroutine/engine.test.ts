import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import type { Call, Program } from '../../../spec/program.ts';
import type { BatchResult } from '../controlled/batch.ts';
import type { Schedule } from '../controlled/schedule.ts';
import type { Source } from '../source.ts';
import { CoroutineEngine } from './engine.ts';

const engine = new CoroutineEngine({ execution: 60_000, loading: 60_000 });
/** For what hangs. */
const impatient = new CoroutineEngine({ execution: 2500, loading: 60_000 });
afterAll(() => Promise.all([engine.close(), impatient.close()]));

const at = (path: string): Source => ({ module: new URL(`../../../${path}`, import.meta.url).href });
const reference = at('impl/reference.ts');
const misbehaving = at('fixtures/implementations/misbehaving.ts');
const untransformable = at('fixtures/implementations/untransformable.ts');
const creating = (member: string): Source => ({ ...misbehaving, export: 'creations', member });

const acquire = call('acquire');
const release = call('release');
const schedules = Array.from({ length: 5 }, (_, seed): Schedule => ({ kind: 'random', seed }));

function run(source: Source, threads: Program['threads'], by = engine): Promise<BatchResult> {
  return by.run({ source, form: 'body', program: { objects: [object('lock')], threads }, schedules });
}

function twice(way: string): readonly (readonly Call[])[] {
  return [[call('acquire', { way })], [acquire, release]];
}

async function expectGoesOn(by = engine): Promise<void> {
  const pair = [acquire, release];
  const { executions, stopped } = await run(reference, [pair, pair], by);
  expect(stopped).toBeUndefined();
  expect(executions.map(({ ending }) => ending)).toEqual(schedules.map(() => 'complete'));
}

describe('an implementation that', () => {
  test('spins without looking at anything is hung, in the call that it made', async () => {
    const { executions, stopped } = await run(misbehaving, [[call('acquire', { way: 'spin' })]], impatient);
    expect(executions).toEqual([]);
    expect(stopped).toMatchObject({ kind: 'hung', thread: 0, reason: 'no sign of life for 2500 ms' });
    const events = stopped !== undefined && 'execution' in stopped ? stopped.execution.events : [];
    expect(events.findLast(({ type }) => type === 'call')).toMatchObject({ thread: 0, call: 0 });
    await expectGoesOn(impatient);
  });

  test('spins on a word is a livelock', async () => {
    const { executions, stopped } = await run(misbehaving, twice('spinOnAtomics'));
    expect(stopped).toBeUndefined();
    expect(executions.map(({ ending }) => ending)).toEqual(schedules.map(() => 'livelock'));
  });

  test('waits for the clock sees time pass', async () => {
    const { executions } = await run(misbehaving, [[call('acquire', { way: 'spinOnClock' })]]);
    expect(executions.map(({ ending }) => ending)).toEqual(schedules.map(() => 'complete'));
    expect(executions[0]?.events.at(-1)?.at).toBeGreaterThanOrEqual(20);
  });

  test('ends the process has exited', async () => {
    const { stopped } = await run(misbehaving, twice('exit'));
    expect(stopped).toMatchObject({ kind: 'exited', thread: 0, reason: 'it ended the process with code 3' });
    await expectGoesOn();
  });

  test('swallows what is thrown to end a call that stays blocked has not returned from it', async () => {
    const { executions } = await run(misbehaving, [[acquire], [call('acquire', { way: 'swallow' })]]);
    const blocked = executions.filter(({ ending }) => ending === 'blocked');
    expect(blocked.length).toBeGreaterThan(0);
    for (const { events } of blocked) expect(events.filter(({ type }) => type === 'end')).toHaveLength(1);
  });

  test('cannot be made shows what its constructor throws', async () => {
    const { executions } = await run(creating('throws'), [[acquire]]);
    expect(executions).toHaveLength(1);
    expect(executions[0]?.events).toMatchObject([{ type: 'created', outcome: { raises: 'RangeError' } }]);
  });

  test.each([
    ['cannot be posted', creating('cannotBePosted'), /^What create returned cannot be posted/],
    ['is not there', at('fixtures/implementations/nowhere.ts'), /nowhere/],
    [
      'has a module of the old kind',
      at('fixtures/implementations/commonjs/mutex.ts'),
      /mutex\.cjs: .*commonjs/,
    ],
  ])('%s is unusable', async (_, source, reason) => {
    const { stopped } = await run(source, [[acquire]]);
    expect(stopped).toMatchObject({ kind: 'unusable', reason: expect.stringMatching(reason) as string });
    await expectGoesOn();
  });

  test.each([
    ['construct', /Atomics\.store at file:.*untransformable\.ts:11 stands/],
    ['sort', /Atomics\.load at file:.*untransformable\.ts:18 stands/],
    ['clock', /a look at the clock at file:.*untransformable\.ts:19 stands/],
    ['foreign', /a promise of the platform's own stands/],
    ['swallow', /Atomics\.store at file:.*untransformable\.ts:11 stands/],
  ])('has a step that no twin can do, in a %s, is unusable, and told where', async (way, reason) => {
    const calls = [call('locked', { way }), acquire];
    const { executions, stopped } = await run(untransformable, [calls, calls]);
    expect(executions).toEqual([]);
    expect(stopped).toMatchObject({ kind: 'unusable', reason: expect.stringMatching(reason) as string });
    await expectGoesOn();
  });
});

test('threads have modules, and numbers, of their own', async () => {
  const rlock: Program = { objects: [object('rlock')], threads: [[acquire, release], [release]] };
  const { executions } = await engine.run({ source: reference, form: 'body', program: rlock, schedules });
  for (const { events } of executions) {
    const ends = events.filter((event) => event.type === 'end' && event.thread === 1);
    expect(ends).toMatchObject([{ outcome: { raises: 'RuntimeError' } }]);
  }
});
