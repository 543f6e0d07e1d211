import { afterAll, describe, expect, test } from 'vitest';
import { call, object } from '../spec/example.ts';
import type { Call, Family, Program } from '../spec/program.ts';
import { BatonEngine } from './engines/baton/engine.ts';
import type { Schedule } from './engines/controlled/schedule.ts';
import { explore, type Failure, type Subject } from './explore.ts';
import { Judges } from './judges.ts';
import { type Minimal, minimize } from './minimize.ts';
import { countPreemptions, search } from './search.ts';
import { schedulesFor } from './seeds.ts';

const engine = new BatonEngine(4, { execution: 60_000, loading: 60_000 });
const judges = new Judges({ pollingInterval: 0, profile: 'strict' });
afterAll(() => engine.close());

const budget = { perProgram: 2000, perProgramOnWorkers: 2000, bound: 2 };
const acquire = call('acquire');
const timed = call('acquire', { timeout: 1 });
const attempt = call('acquire', { blocking: false });
const release = call('release');
const pair = [acquire, release];

const large = [
  [...pair, timed, release],
  [timed, release, ...pair],
  [attempt, release, ...pair],
];

function mutantOf(family: 'lock' | 'sem', member: string): Subject {
  const module = new URL(`../fixtures/mutants/${family}.ts`, import.meta.url).href;
  const source = { module, export: 'mutants', member };
  return { source, form: 'body', engine, judges };
}

function programOn(family: Family, threads: readonly (readonly Call[])[]): Program {
  return { objects: [object(family)], threads };
}

/** A failure by chance: with many more calls and switches than it takes. */
async function found(subject: Subject, program: Program): Promise<Failure> {
  const { failure } = await explore(subject, program, schedulesFor(1, 300, 300));
  if (failure === undefined) throw new Error('Chance found no failure.');
  return failure;
}

/** All programs of one or two threads with so many calls. */
function programsWith(calls: number, family: Family, vocabulary: readonly Call[]): readonly Program[] {
  const lists = (length: number): readonly (readonly Call[])[] =>
    length === 0 ? [[]] : lists(length - 1).flatMap((list) => vocabulary.map((next) => [...list, next]));
  return Array.from({ length: calls }, (_, first) => first + 1).flatMap((first) =>
    lists(first).flatMap((one) =>
      first === calls
        ? [programOn(family, [one])]
        : lists(calls - first).map((other) => programOn(family, [one, other])),
    ),
  );
}

describe('a failure that chance found comes down to the smallest program', () => {
  test.each<['lock' | 'sem', string, string, readonly (readonly Call[])[], number]>([
    ['lock', 'wakes-nobody', 'lock.no-lost-wakeup', [[acquire], pair], 1],
    ['lock', 'tests-then-sets', 'lock.mutual-exclusion', [[acquire], [acquire]], 1],
    ['lock', 'forgets-contention', 'lock.no-lost-wakeup', [[acquire], pair, pair], 1],
    ['sem', 'check-then-take', 'sem.counter.never-negative', [[acquire], [acquire]], 1],
  ])('%s: %s', async (family, member, rule, threads, preemptions) => {
    const subject = mutantOf(family, member);
    const failure = await found(subject, programOn(family, large));
    expect(failure.program.threads).toEqual(large);

    const minimal = await minimize(subject, failure, budget);
    expect({ ...minimal.failure.program, preemptions: minimal.preemptions }).toEqual({
      ...programOn(family, threads),
      preemptions,
    });
    expect(minimal.failure.verdict.rules[0]).toBe(rule);
    expect(minimal.minimality).toBe(
      'minimal: no smaller program fails within this scope (a thread, one or two calls or an argument less, up to 2 preemptions), no schedule with fewer preemptions',
    );

    const again = await explore(
      subject,
      minimal.failure.program,
      [minimal.failure.schedule as Schedule],
      true,
    );
    expect(again.failure?.verdict).toEqual(minimal.failure.verdict);
    expect(again.failure?.execution.records).toEqual(minimal.failure.execution.records);
    expect(countPreemptions(minimal.failure.execution.records)).toBe(preemptions);
  });
});

describe('what is said to be smallest is', () => {
  async function minimalOf(member: string): Promise<[Subject, Minimal]> {
    const subject = mutantOf('lock', member);
    return [subject, await minimize(subject, await found(subject, programOn('lock', large)), budget)];
  }

  test.each(['wakes-nobody', 'tests-then-sets'])('%s: no program with fewer calls fails', async (member) => {
    const [subject, { failure }] = await minimalOf(member);
    const vocabulary = [acquire, timed, attempt, release, call('locked')];
    const calls = failure.program.threads.flat().length;
    const smaller = Array.from({ length: calls - 1 }, (_, fewer) =>
      programsWith(fewer + 1, 'lock', vocabulary),
    ).flat();
    expect(smaller.length).toBeGreaterThan(4);
    for (const program of smaller) {
      const result = await search(subject, program, { bound: budget.bound, fault: failure.verdict.rules[0] });
      expect({ program, ...result }).toMatchObject({ program, exhausted: budget.bound });
    }
  });

  test('wakes-nobody: no schedule with fewer preemptions fails', async () => {
    const [subject, { failure, preemptions }] = await minimalOf('wakes-nobody');
    const { program } = failure;
    const fewer = await search(subject, program, { bound: preemptions - 1 });
    expect(fewer).toMatchObject({ exhausted: preemptions - 1 });
    expect(fewer.failure).toBeUndefined();
    const asMany = await search(subject, program, { bound: preemptions });
    expect(asMany.failure?.verdict).toEqual(failure.verdict);
  });

  test('a search that had to stop early does not claim it', async () => {
    const subject = mutantOf('lock', 'wakes-nobody');
    const failure = await found(subject, programOn('lock', large));
    const { minimality } = await minimize(subject, failure, { ...budget, perProgramOnWorkers: 1, bound: 9 });
    expect(minimality).toContain('was seen to fail');
    expect(minimality).not.toContain('minimal:');
  });
});

describe('a failure whose calls were made in a fixed order', () => {
  const program = programOn('lock', [pair, [acquire]]);
  const script = [{ thread: 0 }, { thread: 1 }, { thread: 0 }];

  test('is looked for among the schedules with few preemptions', async () => {
    const subject = mutantOf('lock', 'wakes-nobody');
    const { failure } = await explore(subject, program, [{ kind: 'script', script }]);
    expect(failure?.verdict).toMatchObject({ kind: 'stuck', thread: 1 });
    const minimal = await minimize(subject, failure as Failure, budget);
    expect(minimal.failure.schedule.kind).toBe('directed');
    expect(minimal.preemptions).toBe(1);
  });

  test('stays as it was found if it is not there', async () => {
    const subject = mutantOf('lock', 'wakes-nobody');
    const { failure } = await explore(subject, program, [{ kind: 'script', script }]);
    const minimal = await minimize(subject, failure as Failure, { ...budget, bound: 0 });
    expect(minimal).toEqual({
      failure,
      preemptions: 0,
      minimality: 'as it was found: its calls have a fixed order',
    });
  });
});
