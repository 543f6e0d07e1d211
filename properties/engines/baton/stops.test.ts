import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import type { Args, Call, Program } from '../../../spec/program.ts';
import type { Source } from '../source.ts';
import type { BatchResult } from '../controlled/batch.ts';
import { BatonEngine } from './engine.ts';
import type { Schedule } from '../controlled/schedule.ts';

const engine = new BatonEngine(2, { execution: 60_000, loading: 60_000 });
/** For what hangs. */
const impatient = new BatonEngine(2, { execution: 2500, loading: 60_000 });
afterAll(() => Promise.all([engine.close(), impatient.close()]));

const moduleAt = (path: string) => new URL(`../../../${path}`, import.meta.url).href;
const reference: Source = { module: moduleAt('impl/reference.ts') };
const misbehavingModule = moduleAt('fixtures/implementations/misbehaving.ts');
const misbehaving: Source = { module: misbehavingModule };
const creating = (member: string): Source => ({ module: misbehavingModule, export: 'creations', member });
const hostile = (name: string): Source => ({ module: moduleAt(`fixtures/hostile/${name}.ts`) });

const acquire = (args: Args = {}): Call => call('acquire', args);
const release = call('release');

/** Whatever happens, in turn: a thread's call, and both of its own. */
const schedules = Array.from({ length: 5 }, (_, seed): Schedule => ({ kind: 'random', seed }));

function run(source: Source, threads: Program['threads'], by: BatonEngine = engine): Promise<BatchResult> {
  const program: Program = { objects: [object('lock')], threads };
  return by.run({ source, form: 'body', program, schedules });
}

/** The engine is as good as new. */
async function expectGoesOn(by: BatonEngine = engine): Promise<void> {
  const { executions, stopped } = await run(
    reference,
    [
      [acquire(), release],
      [acquire(), release],
    ],
    by,
  );
  expect(stopped).toBeUndefined();
  expect(executions).toHaveLength(schedules.length);
  for (const { ending, events } of executions) {
    expect(ending).toBe('complete');
    expect(events.filter(({ type }) => type === 'end')).toHaveLength(4);
  }
}

describe('an implementation that', () => {
  test('spins without looking at anything is hung, in the call that it made', async () => {
    const { executions, stopped } = await run(
      misbehaving,
      [[acquire(), release], [acquire({ way: 'spin' })]],
      impatient,
    );
    expect(executions).toEqual([]);
    expect(stopped).toMatchObject({ kind: 'hung', thread: 1, reason: 'no sign of life for 2500 ms' });
    const events = stopped !== undefined && 'execution' in stopped ? stopped.execution.events : [];
    expect(events.findLast(({ type }) => type === 'call')).toMatchObject({ thread: 1, call: 0 });
    await expectGoesOn(impatient);
  });

  test('catches what ends an execution, and tries again for ever, is hung when all is over', async () => {
    const { executions, stopped } = await run(hostile('swallowsErrors'), [[acquire(), acquire()]], impatient);
    expect(executions).toEqual([]);
    expect(stopped).toMatchObject({ kind: 'hung', thread: 0 });
    const events = stopped !== undefined && 'execution' in stopped ? stopped.execution.events : [];
    expect(events.at(-1)).toMatchObject({ type: 'quiet', until: Infinity });
    await expectGoesOn(impatient);
  });

  test('spins on atomics ends every execution as a livelock, and stops nothing', async () => {
    const { executions, stopped } = await run(misbehaving, [
      [acquire(), release],
      [acquire({ way: 'spinOnAtomics' })],
    ]);
    expect(stopped).toBeUndefined();
    expect(executions.map(({ ending }) => ending)).toEqual(schedules.map(() => 'livelock'));
    for (const { events } of executions) {
      expect(events.filter((event) => event.type === 'end' && event.thread === 0)).toHaveLength(2);
      expect(events.filter((event) => event.type === 'end' && event.thread === 1)).toEqual([]);
      expect(events.at(-1)).toMatchObject({ type: 'quiet', until: Infinity });
    }
    await expectGoesOn();
  });

  test('ends the process has exited, with its code, and the process goes on', async () => {
    const { stopped } = await run(misbehaving, [[acquire({ way: 'exit' })], [acquire(), release]]);
    expect(stopped).toMatchObject({ kind: 'exited', thread: 0, reason: 'it ended the process with code 3' });
    await expectGoesOn();
  });

  test('throws when its call is over has crashed', async () => {
    const { stopped } = await run(misbehaving, [
      [acquire({ way: 'throwLate' })],
      [acquire({ way: 'throwLate' })],
    ]);
    expect(stopped).toMatchObject({
      kind: 'crashed',
      reason: expect.stringContaining('left behind') as string,
    });
    await expectGoesOn();
  });

  test('takes what ends an execution for an error of its own shows nothing after the end', async () => {
    const swallow = acquire({ way: 'swallow' });
    const { executions, stopped } = await run(misbehaving, [[swallow, swallow, release], [swallow]]);
    expect(stopped).toBeUndefined();
    for (const { ending, events } of executions) {
      expect(ending).toBe('blocked');
      expect(events.at(-1)).toMatchObject({ type: 'quiet', until: Infinity });
      expect(JSON.stringify(events)).not.toContain('swallowed');
    }
    expect(executions).toHaveLength(schedules.length);
    await expectGoesOn();
  });
});

describe('an implementation whose', () => {
  test('module is not there is unusable', async () => {
    const { executions, stopped } = await run({ module: moduleAt('fixtures/implementations/none.ts') }, [
      [acquire()],
      [acquire()],
    ]);
    expect(executions).toEqual([]);
    expect(stopped).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('none.ts') as string });
    await expectGoesOn();
  });

  test('module throws is unusable, for that reason', async () => {
    const { stopped } = await run(hostile('importThrows'), [[acquire()], [acquire()]]);
    expect(stopped).toMatchObject({
      kind: 'unusable',
      reason: expect.stringContaining('not to be loaded') as string,
    });
    await expectGoesOn();
  });

  test('module replaces builtins is unusable, and spoils nothing for others', async () => {
    const own = new BatonEngine(2, { execution: 60_000, loading: 60_000 });
    try {
      const { stopped } = await run(hostile('patchesGlobals'), [[acquire()], [acquire()]], own);
      expect(stopped).toMatchObject({
        kind: 'unusable',
        reason: expect.stringContaining('Array.prototype.push') as string,
      });
    } finally {
      await own.close();
    }
    await expectGoesOn();
  });

  test('objects cannot be posted is unusable', async () => {
    const { executions, stopped } = await run(creating('cannotBePosted'), [[acquire()], [acquire()]]);
    expect(executions).toEqual([]);
    expect(stopped).toMatchObject({
      kind: 'unusable',
      reason: expect.stringMatching(/cannot be posted to other threads/) as string,
    });
    await expectGoesOn();
  });

  test('objects cannot be made shows that, once', async () => {
    const { executions, stopped } = await run(creating('throws'), [[acquire()], [acquire()]]);
    expect(stopped).toBeUndefined();
    expect(executions).toMatchObject([
      {
        ending: 'complete',
        events: [
          { type: 'created', object: 0, outcome: { raises: 'RangeError', message: 'nothing to be had' } },
        ],
      },
    ]);
    await expectGoesOn();
  });

  test('constructor never returns is unusable, when the engine has lost its patience', async () => {
    const loading = new BatonEngine(2, { execution: 60_000, loading: 3000 });
    try {
      const { executions, stopped } = await run(creating('hangs'), [[acquire()], [acquire()]], loading);
      expect(executions).toEqual([]);
      expect(stopped).toMatchObject({
        kind: 'unusable',
        reason: 'loading it and making its objects took more than 3000 ms',
      });
    } finally {
      await loading.close();
    }
  });
});

test('an engine is closed in peace while what was left behind crashes its workers', async () => {
  for (let round = 0; round < 8; round++) {
    const brief = new BatonEngine(2, { execution: 60_000, loading: 60_000 });
    await run(
      hostile('crashesLater'),
      [
        [acquire(), release],
        [acquire(), release],
      ],
      brief,
    );
    await expect(brief.close()).resolves.toBeUndefined();
  }
});

test('an engine that is closed refuses to run', async () => {
  const closed = new BatonEngine(2);
  await closed.close();
  await expect(run(reference, [[acquire()]], closed)).rejects.toThrow('The engine is closed.');
});

test('an engine that has rested goes on', async () => {
  await engine.rest();
  const { executions } = await run(reference, [[acquire()], [release]]);
  expect(executions).toHaveLength(schedules.length);
});
