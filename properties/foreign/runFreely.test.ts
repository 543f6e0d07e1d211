import { describe, expect, test } from 'vitest';
import { call, object } from '../../spec/example.ts';
import type { HistoryEvent } from '../../spec/history.ts';
import type { Program } from '../../spec/program.ts';
import { Judges } from '../judges.ts';
import { Tally } from '../tally.ts';
import { explore } from './runFreely.ts';
import { surfaceOf } from './surface.ts';

const program: Program = { objects: [object('lock')], threads: [[call('acquire')], [call('acquire')]] };
const made: HistoryEvent = { type: 'created', object: 0, outcome: { returns: undefined }, at: 0 };
const calls: readonly HistoryEvent[] = [
  { type: 'call', thread: 0, call: 0, at: 0.1 },
  { type: 'call', thread: 1, call: 0, at: 0.2 },
];
const ends: HistoryEvent = { type: 'end', thread: 0, outcome: { returns: true }, at: 0.3 };
const endsToo: HistoryEvent = { type: 'end', thread: 1, outcome: { returns: true }, at: 0.4 };

/** An engine that shows one history and comes to a standstill, and what it shows when it is asked again. */
function engineOf(history: readonly HistoryEvent[], later: readonly HistoryEvent[] = [], standstill = true) {
  const asked: string[] = [];
  return {
    asked,
    run: () => {
      asked.push('run');
      return Promise.resolve({ histories: [[made, ...history]], standstill });
    },
    wait: () => {
      asked.push('wait');
      return Promise.resolve({ events: later, standstill: later.length === 0 });
    },
    leaveBehind: () => {
      asked.push('leaveBehind');
      return Promise.resolve();
    },
  };
}

function explored(engine: ReturnType<typeof engineOf>, declared: readonly string[] = [], executions = 1) {
  const deviations = declared.map((rule) => ({ rule, reason: 'so it is', until: '2099-01-01' }));
  const surface = surfaceOf({ lockproof: 1, name: 'it', version: '', families: ['lock'], deviations }, false);
  const context = {
    surface,
    judges: new Judges(surface),
    signal: new AbortController().signal,
    deviating: new Set<string>(),
  };
  return explore(context, engine, program, executions, 1, new Tally());
}

describe('a program that comes to a standstill', () => {
  test('may, if what sleeps has to', async () => {
    const engine = engineOf([...calls, ends]);
    expect(await explored(engine)).toEqual({});
    expect(engine.asked).toEqual(['run', 'leaveBehind']);
  });

  test('must not, if somebody sleeps on a free lock, however long one waits', async () => {
    const engine = engineOf(calls);
    expect(await explored(engine)).toMatchObject({ failure: { verdict: { kind: 'stuck' } } });
    expect(engine.asked).toEqual(['run', 'wait']);
  });

  test('is not accused where it was only slow', async () => {
    expect(await explored(engineOf(calls, [ends]))).toEqual({});
  });
});

describe('what is refused', () => {
  const both = [...calls, ends, endsToo];

  test('ends the exploring', async () => {
    const engine = engineOf(both, [], false);
    expect(await explored(engine, [], 3)).toMatchObject({
      failure: { verdict: { rules: expect.arrayContaining(['lock.mutual-exclusion']) } },
    });
    expect(engine.asked).toEqual(['run']);
  });

  test('does not, if it is declared, and cites what is declared alone', async () => {
    const engine = engineOf(both, [], false);
    const { failure, deviation } = await explored(engine, ['lock.mutual-exclusion'], 3);
    expect(failure).toBeUndefined();
    expect(deviation?.verdict.rules).toEqual(['lock.mutual-exclusion']);
    expect(engine.asked).toEqual(['run', 'run', 'run']);
  });
});
