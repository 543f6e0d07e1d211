import { expect, test } from 'vitest';
import { object } from '../../spec/example.ts';
import type { Stopped } from './controlled/batch.ts';
import type { ControlledEngine } from './controlled/batches.ts';
import type { Execution } from './controlled/execution.ts';
import type { Schedule } from './controlled/schedule.ts';
import { QuickEngine } from './quickEngine.ts';

const execution: Execution = { ending: 'complete', interleaving: 0, decisions: 0, events: [], records: [] };
const schedules = [1, 2, 3].map((seed): Schedule => ({ kind: 'random', seed }));
const batch = {
  source: { module: 'nowhere' },
  form: 'body' as const,
  program: { objects: [object('lock')], threads: [[]] },
  schedules,
};

/** An engine that shows so many executions, then stops if it has a reason to; and what it was asked for. */
function engine(shows = Infinity, stopped?: Stopped, before = () => {}) {
  const asked: (readonly Schedule[])[] = [];
  const each: ControlledEngine['each'] = ({ schedules: given }, see) => {
    asked.push(given);
    before();
    const wanted = given.slice(0, shows).every(() => see(execution));
    return Promise.resolve(wanted && stopped !== undefined ? { stopped } : {});
  };
  return { each, asked };
}

const unusable: Stopped = { kind: 'unusable', reason: 'it is too old' };

test('what coroutines run is run once', async () => {
  const workers = engine();
  let seen = 0;
  const quick = new QuickEngine(engine(), workers, new Set());
  expect(await quick.each(batch, () => ++seen > 0)).toEqual({});
  expect([seen, workers.asked]).toEqual([3, []]);
});

test('workers go on where coroutines stop, and run alone what those cannot', async () => {
  const [coroutines, workers, reasons] = [engine(1, unusable), engine(), new Set<string>()];
  const quick = new QuickEngine(coroutines, workers, reasons);
  let seen = 0;
  await quick.each(batch, () => ++seen > 0);
  expect([seen, workers.asked, [...reasons]]).toEqual([3, [schedules.slice(1)], ['it is too old']]);
  await quick.each(batch, () => true);
  expect([coroutines.asked.length, workers.asked.length]).toEqual([1, 2]);
});

test('who wants no more gets no more, whatever another engine finds meanwhile', async () => {
  const reasons = new Set<string>();
  const workers = engine();
  const quick = new QuickEngine(
    engine(Infinity, undefined, () => reasons.add('found by another')),
    workers,
    reasons,
  );
  let seen = 0;
  await quick.each(batch, () => ++seen > 1 && false);
  expect([seen, workers.asked]).toEqual([1, []]);
});

test('a search of what coroutines cannot run is not begun again', async () => {
  let begun = 0;
  const search = () => {
    begun++;
    return Promise.resolve({ stopped: unusable });
  };
  const quick = new QuickEngine({ ...engine(), search }, engine(), new Set());
  const by = { pollingInterval: 0, profile: 'strict', specifications: [] } as const;
  for (const _ of [1, 2]) {
    expect(await quick.search(batch, [batch.program], by, { bound: 1, budget: 9 })).toEqual({
      stopped: unusable,
    });
  }
  expect(begun).toBe(1);
});
