import { afterAll, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import { BatonEngine } from './engine.ts';
import type { Schedule } from '../controlled/schedule.ts';

const engine = new BatonEngine(3, { execution: 60_000, loading: 60_000 });
afterAll(() => engine.close());

const acquire = call('acquire');
const exit = call('acquire', { way: 'exit' });
const release = call('release');

test.each<[string, Schedule]>([
  ['has not begun', { kind: 'directed', directions: [] }],
  [
    'is between two operations',
    { kind: 'directed', directions: [1, 2].map((decision) => ({ decision, thread: decision % 2 })) },
  ],
  ['sleeps', { kind: 'directed', directions: [{ decision: 1, thread: 1 }] }],
])('a thread that ends the process while another one %s has exited', async (_, schedule) => {
  const module = new URL('../../../fixtures/implementations/misbehaving.ts', import.meta.url).href;
  const batch = { source: { module }, form: 'body' as const, schedules: [schedule] };
  const program = { objects: [object('lock')], threads: [[acquire, exit], [acquire, release], [acquire]] };
  for (let time = 0; time < 3; time++) {
    const { executions, stopped } = await engine.run({ ...batch, program });
    expect(executions).toEqual([]);
    expect(stopped).toMatchObject({
      kind: 'exited',
      thread: 0,
      reason: 'it ended the process with code 3',
    });
  }
  const { stopped } = await engine.run({
    ...batch,
    program: { ...program, threads: [[acquire, release], [acquire]] },
  });
  expect(stopped).toBeUndefined();
});
