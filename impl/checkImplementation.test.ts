import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkImplementation } from './checkImplementation.ts';
import { ContractError, type Problem } from './contractError.ts';
import { methods } from './methods.ts';
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
      expected:
        'at least one of lock, rlock, sem, bsem, event, cond, barrier, queue, lifo, prio, simpleq or threading',
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
        'only lock, rlock, sem, bsem, event, cond, barrier, queue, lifo, prio, simpleq, with, name, errors, notProvided, deviations, benignRaces, pollingInterval, profile, threading, dummyThreading or own',
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

describe('whatever a module exports', () => {
  test('the only error is a ContractError', () => {
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
