import { describe, expect, test } from 'vitest';
import { checkImplementation } from './checkImplementation.ts';
import { ContractError, type Problem } from './contractError.ts';

const lock = { create: () => 1, open: (memory: number) => memory };
const fitting = { name: 'mine', lock };
const moment = new Date('2026-03-05T12:00:00Z');
const deviation = { rule: 'lock.release.unlocked-raises', reason: 'known', until: '2026-03-05' };

function problemsOf(value: unknown): readonly Problem[] {
  try {
    checkImplementation(value, './mine.ts', moment);
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.problems;
    throw error;
  }
}

/** The problem of a value that has one. */
function problemOf(value: unknown): Omit<Problem, 'example'> {
  const problems = problemsOf(value);
  expect(problems.map(({ property }) => property)).toHaveLength(1);
  const { example, ...problem } = problems[0] as Problem;
  expect(example).not.toBe('');
  return problem;
}

describe('notProvided', () => {
  test.each([
    ['lock.lokced', "Did you mean 'lock.locked'?"],
    ['lock.acquire.timeuot', "Did you mean 'lock.acquire.timeout'?"],
    ['lock', "A whole family is just left out: remove 'lock' here."],
    ['lock.acquire', "Without 'acquire' nothing of lock can be judged: leave the whole family out."],
  ])('names %s', (name, advice) => {
    expect(problemOf({ ...fitting, notProvided: ['lock.acquire.blocking', name] })).toEqual({
      property: 'notProvided[1]',
      expected: 'lock.locked, lock.acquire.blocking or lock.acquire.timeout',
      found: `'${name}'`,
      advice,
    });
  });

  test('names what nobody knows', () => {
    const problem = problemOf({ ...fitting, notProvided: ['pool.put'] });
    expect(problem).toMatchObject({ found: "'pool.put'" });
    expect(problem.expected).toMatch(/^a method or an argument of lock, .* or simpleq$/);
    expect(problem).not.toHaveProperty('advice');
  });

  test('names a method that is provided', () => {
    const value = { name: 'mine', lock: { ...lock, locked: () => true }, notProvided: ['lock.locked'] };
    expect(problemOf(value)).toMatchObject({
      property: 'notProvided[0]',
      expected: 'what the implementation does not map',
      advice: "Remove it here if 'lock.locked' is provided; remove its function if it is not.",
    });
  });

  test('is no array of names', () => {
    expect(problemOf({ ...fitting, notProvided: 'lock.locked' })).toMatchObject({ property: 'notProvided' });
    expect(problemOf({ ...fitting, notProvided: [7] })).toMatchObject({
      property: 'notProvided[0]',
      found: '7',
    });
  });
});

describe('a deviation', () => {
  test.each([
    ['rule', 'lock.release.unlocked-raise', "Did you mean 'lock.release.unlocked-raises'?"],
    ['rule', 'something else', "'lockproof rules' lists all rules."],
    ['rule', undefined, "'lockproof rules' lists all rules."],
    [
      'rule',
      'lock.release.choice-free',
      "'lock.release.choice-free' is a freedom: it is reported as used or unused, and fails nothing. Remove the deviation.",
    ],
  ])('of %s %s', (key, value, advice) => {
    expect(problemOf({ ...fitting, deviations: [{ ...deviation, [key]: value }] })).toMatchObject({
      property: `deviations[0].${key}`,
      advice,
    });
  });

  test.each([undefined, '', ' ', 7])('with the reason %s', (reason) => {
    expect(problemOf({ ...fitting, deviations: [{ ...deviation, reason }] })).toMatchObject({
      property: 'deviations[0].reason',
      expected: 'why the rule is broken, a sentence',
    });
  });

  test.each([undefined, '', '2027', '2027-02-30', '2027-1-5', '31.01.2027', new Date()])(
    'until %s',
    (until) => {
      expect(problemOf({ ...fitting, deviations: [{ ...deviation, until }] })).toMatchObject({
        property: 'deviations[0].until',
        expected: 'the last day it is accepted, as year-month-day',
      });
    },
  );

  test('is accepted on its last day and refused after it', () => {
    const value = { ...fitting, deviations: [deviation] };
    const on = (time: string) => () => checkImplementation(value, './mine.ts', new Date(time));
    expect(on('2026-03-05T23:59:59Z')()).toBe(value);
    expect(on('2026-03-06T00:00:00Z')).toThrow(
      "deviations[0].until: expected a day from today (2026-03-06) on, found '2026-03-05': the deviation has expired.",
    );
  });

  test('of a rule that has one already', () => {
    expect(problemOf({ ...fitting, deviations: [deviation, deviation] })).toMatchObject({
      property: 'deviations[1].rule',
      advice: 'Merge the two.',
    });
  });

  test('is no object, or has unknown keys', () => {
    expect(problemOf({ ...fitting, deviations: deviation })).toMatchObject({ property: 'deviations' });
    expect(problemOf({ ...fitting, deviations: [deviation.rule] })).toMatchObject({
      property: 'deviations[0]',
    });
    expect(problemOf({ ...fitting, deviations: [{ ...deviation, untill: '' }] })).toMatchObject({
      property: 'deviations[0].untill',
      advice: "Did you mean 'until'?",
    });
    expect(problemOf({ ...fitting, deviations: [{ ...deviation, link: 1 }] })).toMatchObject({
      property: 'deviations[0].link',
    });
  });
});

describe('a benign race that', () => {
  const race = { file: 'counter.ts', function: 'peek', reason: 'It may be old.' };
  const of = (given: unknown) => problemOf({ ...fitting, benignRaces: given });

  test('has a file, a function or none, and a reason, is accepted', () => {
    const value = { ...fitting, benignRaces: [race, { file: 'other.ts', reason: 'All of it.' }] };
    expect(checkImplementation(value, './mine.ts')).toBe(value);
  });

  test.each([
    ['file', 'the end of the path of a file'],
    ['reason', 'why it does no harm, a sentence'],
    ['function', 'the name of a function in it'],
  ])('has an empty %s is refused', (key, expected) => {
    expect(of([{ ...race, [key]: ' ' }])).toMatchObject({ property: `benignRaces[0].${key}`, expected });
  });

  test.each(['file', 'reason'] as const)('has no %s is refused', (key) => {
    const { [key]: _, ...rest } = race;
    expect(of([rest])).toMatchObject({ property: `benignRaces[0].${key}`, found: 'nothing' });
  });

  test('is none, has unknown keys, or is there already', () => {
    expect(of(race)).toMatchObject({ property: 'benignRaces', expected: 'an array' });
    expect(of(['counter.ts'])).toMatchObject({ property: 'benignRaces[0]' });
    expect(of([{ ...race, line: 7 }])).toMatchObject({
      property: 'benignRaces[0].line',
      advice: "Did you mean 'function'?",
    });
    expect(of([race, { ...race, reason: 'Again.' }])).toMatchObject({ advice: 'Merge the two.' });
  });
});

describe('the rest', () => {
  test.each([-1, Number.NaN, Infinity, '10', null])('pollingInterval %s', (pollingInterval) => {
    expect(problemOf({ ...fitting, pollingInterval })).toMatchObject({
      property: 'pollingInterval',
      expected: 'a finite number of seconds, not negative',
    });
  });

  test.each([[() => new Error('made')], [''], [7], [null], [{}]])('an error mapped to %s', (own) => {
    expect(problemOf({ ...fitting, errors: { RuntimeError: own } })).toMatchObject({
      property: 'errors.RuntimeError',
      expected: 'a class or the name of its instances',
    });
  });

  test('errors of no kind', () => {
    expect(problemOf({ ...fitting, errors: [] })).toMatchObject({ property: 'errors' });
    expect(problemOf({ ...fitting, errors: { RuntimeErr: 'Error' } })).toMatchObject({
      property: 'errors.RuntimeErr',
      advice: "Did you mean 'RuntimeError'?",
    });
  });
});
