import { describe, expect, test } from 'vitest';
import { object } from '../spec/example.ts';
import { rulesOf } from '../spec/families.ts';
import type { Stopped } from './engines/controlled/batch.ts';
import type { Unit } from './plan.ts';
import type { UnitResult } from './runUnit.ts';
import { Stops } from './stops.ts';
import { Tally } from './tally.ts';
import { verify } from './verify.ts';

function unitOf(family: 'lock' | 'event'): Unit {
  const [rule] = (rulesOf.get(family) ?? []).filter((one) => 'examples' in one);
  if (rule === undefined || !('examples' in rule)) throw new Error(`${family} has no rules`);
  const example = { title: 'nothing', objects: [object(family)], threads: [] };
  return { kind: 'explored', rule, position: 0, example, form: 'body' };
}

function resultOf(family: 'lock' | 'event', stopped?: Stopped): UnitResult {
  return { unit: unitOf(family), tally: new Tally(), ...(stopped && { stopped }) };
}

const execution = { interleaving: 0, decisions: 0, events: [], records: [] };
const hung: Stopped = { kind: 'hung', thread: 1, reason: 'no sign of life', execution };
const unusable: Stopped = { kind: 'unusable', reason: 'cannot be posted' };

describe('a family', () => {
  test('is left out after three threads that did not come back, and no other one is', () => {
    const stops = new Stops();
    for (const stopped of [hung, undefined, hung, unusable, unusable]) stops.count(resultOf('lock', stopped));
    expect(stops.skip(unitOf('lock'))).toBeUndefined();
    stops.count(resultOf('lock', { ...hung, kind: 'exited' }));
    expect(stops.skip(unitOf('lock'))).toMatchObject({
      unit: unitOf('lock'),
      inconclusive: { reason: 'left out after 3 threads of lock did not come back', blamed: [] },
    });
    expect(stops.skip(unitOf('event'))).toBeUndefined();
  });
});

describe('notices', () => {
  test('say each reason once, in an order that does not depend on who was first', () => {
    const stopped: readonly UnitResult[] = [
      resultOf('lock', hung),
      resultOf('lock', unusable),
      resultOf('event', hung),
      resultOf('lock', hung),
    ];
    const told = [stopped, stopped.toReversed()].map((order) => {
      const stops = new Stops();
      for (const result of order) stops.count(result);
      return [...stops.notices()].map(({ text }) => text);
    });
    expect(told[0]).toEqual([
      'cannot be posted',
      'Workers were replaced. event: thread 2 hung: no sign of life.',
      'Workers were replaced. lock: thread 2 hung: no sign of life.',
    ]);
    expect(told[1]).toEqual(told[0]);
  });

  test('are not given where nothing stopped', () => {
    const stops = new Stops();
    stops.count(resultOf('lock'));
    expect([...stops.notices()]).toEqual([]);
  });
});

test('a run whose generated programs could not all be run is inconclusive', async () => {
  const source = { module: new URL('../fixtures/implementations/exitsLate.ts', import.meta.url).href };
  const said: Record<string, unknown[]> = {};
  const run = verify({
    source,
    families: ['lock'],
    level: 'must',
    seed: 1,
    budget: 'quick',
    engines: ['lockstep', 'baton'],
  });
  for await (const record of run) (said[record.record] ??= []).push(record);
  expect(said['counterexample']).toBeUndefined();
  expect(said['rule']).not.toContainEqual(expect.objectContaining({ verdict: 'inconclusive' }));
  expect(said['notice']).toMatchObject([
    { text: expect.stringContaining('ended the process with code 5') as string },
  ]);
  expect(said['end']).toMatchObject([
    {
      verdict: 'inconclusive',
      reason: expect.stringMatching(
        /^the generated programs of lock were not all run: thread \d exited: .* code 5$/,
      ) as string,
    },
  ]);
});
