import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkImplementation } from './checkImplementation.ts';
import { ContractError, type Problem } from './contractError.ts';
import { methods } from './implementation.ts';
import { UsageError } from './usageError.ts';

const lock = { create: () => 1, open: (memory: number) => memory };
const fitting = { name: 'mine', lock };
const moment = new Date('2026-03-05T12:00:00Z');
const deviation = { rule: 'lock.release.unlocked-raises', reason: 'known', until: '2026-03-05' };

function refusal(value: unknown): ContractError {
  try {
    checkImplementation(value, './mine.ts', moment);
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error('The value was not refused.');
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

function problemsOf(value: unknown): readonly Problem[] {
  return refusal(value).problems;
}

/** The problem of a value that has one. */
function problemOf(value: unknown): Omit<Problem, 'example'> {
  const problems = problemsOf(value);
  expect(problems.map(({ property }) => property)).toHaveLength(1);
  const { example, ...problem } = problems[0] as Problem;
  expect(example).not.toBe('');
  return problem;
}

describe('what fits', () => {
  test('is returned unchanged', () => {
    expect(checkImplementation(fitting, './mine.ts')).toBe(fitting);
  });

  test('can say everything that the contract knows', () => {
    const call = () => undefined;
    const full = {
      ...Object.fromEntries(
        Object.entries(methods).map(([family, names]) => [
          family,
          { ...lock, ...Object.fromEntries(names.map((name) => [name, call])) },
        ]),
      ),
      name: 'mine',
      with: { body: call, guard: call },
      errors: { RuntimeError: class extends Error {}, ValueError: 'RangeError' },
      notProvided: ['lock.acquire.timeout', 'sem.release.n', 'event.wait.timeout'],
      deviations: [{ ...deviation, link: 'https://example.org/1' }],
      pollingInterval: 0.01,
    };
    expect(checkImplementation(full, './mine.ts', moment)).toBe(full);
  });

  test('lets a method be left out by saying so', () => {
    const value = { ...fitting, notProvided: ['lock.locked'] };
    expect(checkImplementation(value, './mine.ts')).toBe(value);
  });
});

describe('the message', () => {
  test('names the module, every problem, and what to do', () => {
    const { message, name } = refusal({ lock: { open: lock.open, realease: () => undefined } });
    expect(name).toBe('ContractError');
    expect(message).toBe(
      `./mine.ts does not export an implementation that can be judged (3 problems).

lock.realease: expected only create, open, acquire, release or locked, found 'realease'.
  Did you mean 'release'?
  For example:
    lock: {
      create: () => new SharedArrayBuffer(4),
      open: (memory) => new MyMutex(memory),
    },

lock.create: expected a function that makes what is posted to every thread, found nothing.

name: expected a name for the reports, found nothing.
  For example:
    name: 'my-mutex',`,
    );
  });

  test('is for the user of the tool', () => {
    expect(refusal(undefined)).toBeInstanceOf(UsageError);
  });
});

describe('the export', () => {
  test('is missing', () => {
    expect(problemOf(undefined)).toEqual({
      property: '',
      expected: 'an implementation',
      found: 'nothing',
      advice: 'The module has to export what defineImplementation returns, by default.',
    });
    expect(refusal(undefined).message).toContain('export default defineImplementation({');
  });

  test.each([
    [null, 'null'],
    [42, '42'],
    [() => fitting, 'a function'],
    [[fitting], 'an array'],
    ['mine', "'mine'"],
    [Symbol('mine'), 'Symbol(mine)'],
  ])('is something else: %s', (value, found) => {
    expect(problemOf(value)).toMatchObject({ property: '', expected: 'an implementation', found });
  });

  test('provides no family', () => {
    expect(problemOf({ name: 'mine' })).toEqual({
      property: '',
      expected: 'at least one of lock, rlock, sem, bsem or event',
      found: 'an object with name',
    });
    expect(problemOf({ name: 'mine', with: { body: () => undefined } })).toMatchObject({
      found: 'an object with name, with',
    });
  });

  test('has no name', () => {
    expect(problemOf({ lock })).toMatchObject({ property: 'name', found: 'nothing' });
    expect(problemOf({ lock, name: ' ' })).toMatchObject({ property: 'name', found: "' '" });
  });

  test.each([
    ['semaphore', 'sem'],
    ['Semaphore', 'sem'],
    ['boundedSemaphore', 'bsem'],
    ['BoundedSemaphor', 'bsem'],
    ['mutex', 'lock'],
    ['RLock', 'rlock'],
    ['evnet', 'event'],
    ['not_provided', 'notProvided'],
    ['deviation', 'deviations'],
  ])('has the unknown key %s, meant %s', (key, meant) => {
    expect(problemOf({ ...fitting, [key]: lock })).toEqual({
      property: key,
      expected:
        'only lock, rlock, sem, bsem, event, with, name, errors, notProvided, deviations or pollingInterval',
      found: `'${key}'`,
      advice: `Did you mean '${meant}'?`,
    });
  });

  test('has an unknown key that is like no other', () => {
    expect(problemOf({ ...fitting, whatever: 1 })).not.toHaveProperty('advice');
  });

  test('cannot be read', () => {
    const throwing = {
      name: 'mine',
      get lock() {
        throw new Error('not today');
      },
    };
    expect(problemsOf(throwing)).toContainEqual(
      expect.objectContaining({
        property: 'lock',
        expected: 'a property that can be read',
        found: 'one that throws Error: not today when it is read',
      }),
    );
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(problemsOf(proxy)[0]).toMatchObject({ property: '', found: 'an object that cannot be looked at' });
  });
});

describe('a family', () => {
  test('is no object', () => {
    expect(problemOf({ name: 'mine', lock: Error })).toMatchObject({
      property: 'lock',
      expected: 'an object with create and open',
      found: 'a function',
    });
  });

  test.each(['create', 'open'])('lacks %s, or has no function there', (key) => {
    expect(problemOf({ name: 'mine', lock: { ...lock, [key]: undefined } })).toMatchObject({
      property: `lock.${key}`,
      found: 'nothing',
    });
    expect(problemOf({ name: 'mine', lock: { ...lock, [key]: new SharedArrayBuffer(4) } })).toMatchObject({
      property: `lock.${key}`,
      expected: expect.stringContaining('a function that makes') as string,
      found: 'an object without properties',
    });
  });

  test.each([
    ['realease', 'release'],
    ['aquire', 'acquire'],
    ['is_locked', 'locked'],
    ['Open', 'open'],
  ])('has the unknown key %s, meant %s', (key, meant) => {
    expect(problemOf({ name: 'mine', lock: { ...lock, [key]: () => true } })).toEqual({
      property: `lock.${key}`,
      expected: 'only create, open, acquire, release or locked',
      found: `'${key}'`,
      advice: `Did you mean '${meant}'?`,
    });
  });

  test('has a method that is no function', () => {
    expect(problemOf({ name: 'mine', event: { ...lock, isSet: true } })).toEqual({
      property: 'event.isSet',
      expected: 'a function that makes the call',
      found: 'true',
      advice: "Leave it out if what open returns has a method 'isSet'.",
    });
  });
});

describe('with', () => {
  test.each([
    ['with', () => undefined, 'a function'],
    ['with', {}, 'an object without properties'],
    ['with.body', { body: true }, 'true'],
    ['with.guard', { guard: 'dispose' }, "'dispose'"],
  ])('%s is refused', (property, given, found) => {
    expect(problemOf({ ...fitting, with: given })).toMatchObject({ property, found });
  });

  test('has an unknown key', () => {
    expect(problemOf({ ...fitting, with: { gaurd: () => undefined } })).toMatchObject({
      property: 'with.gaurd',
      advice: "Did you mean 'guard'?",
    });
  });
});

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
    const problem = problemOf({ ...fitting, notProvided: ['queue.put'] });
    expect(problem).toMatchObject({ found: "'queue.put'" });
    expect(problem.expected).toContain('event.wait.timeout');
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

  test('whatever a module exports, the only error is a ContractError', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (anything) => {
        for (const value of [
          anything,
          { ...fitting, lock: anything, with: anything, errors: anything },
          { ...fitting, deviations: [anything], notProvided: [anything], pollingInterval: anything },
        ]) {
          expect(thrownBy(() => checkImplementation(value, './mine.ts'))).toBeOneOf([
            undefined,
            expect.any(ContractError),
          ]);
        }
      }),
    );
  });
});
