import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import type { Family, Program } from '../../../spec/program.ts';
import type { History } from '../../../spec/history.ts';
import { judgeHistory } from '../../explore.ts';
import { Judges } from '../../judges.ts';
import type { Source } from '../source.ts';
import type { FreeRuns } from '../freeRuns.ts';
import { FreeEngine } from './engine.ts';

/** So patient that nothing is stuck because the machine is slow. */
const engine = new FreeEngine(3, 60_000);
/** Patient enough for the time-outs in the programs, which are tenths of that. */
const impatient = new FreeEngine(3, 1500);
afterAll(() => Promise.all([engine.close(), impatient.close()]));

const moduleAt = (path: string) => new URL(`../../../${path}`, import.meta.url).href;
const reference: Source = { module: moduleAt('impl/reference.ts') };
const wakesNobody: Source = {
  module: moduleAt('fixtures/mutants/lock.ts'),
  export: 'mutants',
  member: 'wakes-nobody',
};
const misbehaving: Source = { module: moduleAt('fixtures/implementations/misbehaving.ts') };
const importThrows: Source = { module: moduleAt('fixtures/hostile/importThrows.ts') };

const judges = new Judges({ pollingInterval: 0, profile: 'strict' });
const executions = 40;

function on(family: Family, ...threads: Program['threads']): Program {
  return { objects: [object(family)], threads };
}

function run(program: Program, source = reference, by = engine): Promise<FreeRuns> {
  return by.run({ source, form: 'body', program, executions });
}

function verdictOf(program: Program, history: History) {
  return judgeHistory(judges.onRealClock(program), program, history).verdict;
}

const acquire = call('acquire');
const release = call('release');
const brief = call('acquire', { timeout: 0.02 });

/** Whoever comes first holds the lock so long that the other falls asleep, if it does not take its time. */
const holding = [acquire, brief, release];
const contended = on('lock', holding, holding);

describe('the reference on free threads', () => {
  const three = [acquire, release, acquire, release];
  test.each<[string, Program]>([
    ['a lock that all want', on('lock', three, three, three)],
    ['a lock that is held for a while', contended],
    ['an RLock that is acquired twice', on('rlock', [acquire, acquire, release, release], three, three)],
    [
      'a semaphore that some release for others',
      on('sem', [release, acquire], [acquire, release], [acquire, release]),
    ],
    ['an event that is set when all wait', on('event', [call('wait')], [call('wait')], [call('set')])],
  ])('does with %s what it should, each time', async (_title, program) => {
    const wanted = program.threads.flat().length;
    const { histories, stopped } = await run(program);
    expect(stopped).toBeUndefined();
    expect(histories).toHaveLength(executions);
    for (const history of histories) {
      expect(history.filter(({ type }) => type === 'end')).toHaveLength(wanted);
      expect(verdictOf(program, history)).toEqual({ kind: 'allowed' });
    }
  });

  test('has memory as new in each execution', async () => {
    const program = on('lock', [acquire], [call('locked')]);
    for (const history of (await run(program)).histories) {
      expect(history).toContainEqual(
        expect.objectContaining({ type: 'end', thread: 0, outcome: { returns: true } }),
      );
    }
  });
});

test('a history whose calls end in another order than they took effect is told apart by its calls', async () => {
  const program = on('lock', [acquire, release], [acquire, release]);
  const { histories } = await run(program);
  for (const history of histories) {
    for (const thread of [0, 1]) {
      const own = history.filter((event) => 'thread' in event && event.thread === thread);
      expect(own.map(({ type }) => type)).toEqual(['call', 'end', 'call', 'end']);
    }
  }
});

describe('an engine that stops', () => {
  test('because a mutex notifies nobody shows a history that is stuck', async () => {
    const { histories, stopped } = await run(contended, wakesNobody, impatient);
    expect(stopped?.reason).toBe('nothing happened for 1.5 s');
    expect(histories.length).toBeLessThan(executions);
    const history = stopped?.history ?? [];
    expect(verdictOf(contended, history)).toEqual({ kind: 'allowed' });
    const verdict = verdictOf(contended, [...history, { type: 'quiet', at: 0, until: Infinity }]);
    expect(verdict).toMatchObject({ kind: 'stuck', rules: ['lock.no-lost-wakeup'] });
    for (const ended of histories) expect(verdictOf(contended, ended)).toEqual({ kind: 'allowed' });
  });

  test('because threads wait for good as they may shows a history that is not stuck', async () => {
    const program = on('lock', [acquire], [acquire]);
    const { histories, stopped } = await run(program, reference, impatient);
    expect(histories).toEqual([]);
    const history: History = [...(stopped?.history ?? []), { type: 'quiet', at: 0, until: Infinity }];
    expect(history.filter(({ type }) => type === 'end')).toHaveLength(1);
    expect(verdictOf(program, history)).toEqual({ kind: 'allowed' });
  });

  test('because a thread spins goes on with another program', async () => {
    const spin = call('acquire', { way: 'spin' });
    const { stopped } = await run(on('lock', [acquire, release], [spin]), misbehaving, impatient);
    expect(stopped?.reason).toBe('nothing happened for 1.5 s');
    expect(stopped?.history.filter(({ type }) => type === 'end')).toHaveLength(2);
    const { histories } = await run(on('lock', [acquire, release], [acquire, release]), reference, impatient);
    expect(histories.length).toBeGreaterThan(0);
  });

  test('because the module cannot be loaded says why', async () => {
    const { histories, stopped } = await run(contended, importThrows);
    expect(histories).toEqual([]);
    expect(stopped?.reason).toContain('not to be loaded');
  });
});
