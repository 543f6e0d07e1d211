import { afterAll, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import type { Program } from '../../../spec/program.ts';
import { features } from '../../../fixtures/implementations/features.ts';
import { BatonEngine } from '../baton/engine.ts';
import type { Schedule } from '../controlled/schedule.ts';
import { CoroutineEngine } from './engine.ts';

const patient = { execution: 60_000, loading: 60_000 };
const baton = new BatonEngine(2, patient);
const coroutines = new CoroutineEngine(patient);
afterAll(() => Promise.all([baton.close(), coroutines.close()]));

const source = {
  module: new URL('../../../fixtures/implementations/features.ts', import.meta.url).href,
};
const schedules = Array.from({ length: 40 }, (_, seed): Schedule => ({ kind: 'random', seed }));

test.each(Object.keys(features))('twins do with %s what functions do', async (operation) => {
  const calls = [call('locked', { operation }), call('acquire')];
  const program: Program = { objects: [object('lock')], threads: [calls, calls] };
  const batch = { source, form: 'body' as const, program, schedules, record: true };
  const played = await coroutines.run(batch);
  expect(played.stopped).toBeUndefined();
  expect(played).toEqual(await baton.run(batch));
  const outcomes = played.executions.flatMap(({ events }) => events.filter(({ type }) => type === 'end'));
  expect(outcomes.filter((event) => 'outcome' in event && 'raises' in event.outcome)).toEqual([]);
  // Without a switch in the middle nothing was shown of it.
  expect(new Set(played.executions.map(({ interleaving }) => interleaving)).size).toBeGreaterThan(3);
});
