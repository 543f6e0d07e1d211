import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { programIn } from '../spec/checkExample.ts';
import { rulesOf } from '../spec/families.ts';
import type { Program } from '../spec/program.ts';
import { allFamilies } from './conclude.ts';
import type { Direction, Schedule, ScriptEntry } from './engines/controlled/schedule.ts';
import { programsFor } from './programs/index.ts';
import { decodeToken, encodeToken, type Replayable, TokenError } from './token.ts';

const provided = allFamilies.filter((family) => family !== 'with');
const programs = fc
  .constantFrom(...allFamilies.flatMap((family) => programsFor(family, provided) ?? []))
  .chain((arbitrary): fc.Arbitrary<Program> => arbitrary)
  .map(({ objects, threads }): Program => ({ objects, threads }));

const directions = (maxLength: number) =>
  fc
    .uniqueArray(
      fc.record(
        { decision: fc.nat(4095), thread: fc.nat(7), late: fc.constant(true as const) },
        { requiredKeys: ['decision', 'thread'], noNullPrototype: true },
      ),
      { maxLength, selector: ({ decision }) => decision },
    )
    .map((list): readonly Direction[] => list.sort((a, b) => a.decision - b.decision));

const entry = fc.oneof<fc.Arbitrary<ScriptEntry>[]>(
  fc.record({ thread: fc.nat(7) }, { noNullPrototype: true }),
  fc.record({ ends: fc.nat(7) }, { noNullPrototype: true }),
  fc.record(
    { elapse: fc.double({ min: 0, max: 1000, noNaN: true, noDefaultInfinity: true }) },
    { noNullPrototype: true },
  ),
);

const schedules = fc.oneof<fc.Arbitrary<Schedule>[]>(
  directions(20).map((list) => ({ kind: 'directed', directions: list })),
  fc.integer().map((seed) => ({ kind: 'random', seed })),
  fc.tuple(fc.integer(), fc.nat(5)).map(([seed, depth]) => ({ kind: 'pct', seed, depth })),
  fc.array(entry, { maxLength: 12 }).map((script) => ({ kind: 'script', script })),
);

const form = fc.constantFrom('body' as const, 'guard' as const);
const examples = fc.record(
  { rule: fc.constantFrom(...[...rulesOf.values()].flat().map(({ id }) => id)), example: fc.nat(20), form },
  { noNullPrototype: true },
);
const replayables: fc.Arbitrary<Replayable> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ program: programs, schedule: schedules, form }, { noNullPrototype: true }),
  },
  { weight: 1, arbitrary: examples },
);

describe('a token', () => {
  test('stands for the program and the schedule, or the example, that it was made of', () => {
    fc.assert(
      fc.property(replayables, (replayable) => {
        expect(decodeToken(encodeToken(replayable))).toStrictEqual(replayable);
      }),
      { numRuns: 500 },
    );
  });

  test('stands for the program of any example, whatever its arguments are', () => {
    const all = [...rulesOf.values()].flat().flatMap((rule) => ('examples' in rule ? rule.examples : []));
    expect(all.length).toBeGreaterThan(100);
    for (const example of all) {
      const { objects, threads } = programIn(example);
      const program = { objects, threads };
      const replayable: Replayable = { program, schedule: { kind: 'random', seed: 1 }, form: 'body' };
      expect(decodeToken(encodeToken(replayable))).toStrictEqual(replayable);
    }
  });

  const exotic = [-0, 0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, undefined, null];

  test.each(exotic)(
    'keeps %o, as an argument of a call, of a constructor, and as what a callback gives',
    (value) => {
      const predicate = { callback: 'returns', value } as const;
      const program: Program = {
        objects: [
          { family: 'cond', args: { lock: value } },
          { family: 'prio', args: {} },
        ],
        threads: [
          [
            { object: 0, method: 'waitFor', args: { predicate, timeout: value } },
            { object: 1, method: 'put', args: { item: value } },
          ],
        ],
      };
      const replayable: Replayable = { program, schedule: { kind: 'random', seed: 1 }, form: 'body' };
      expect(decodeToken(encodeToken(replayable))).toStrictEqual(replayable);
    },
  );

  test('that was made before negative zeros were kept stands for what it stood for', () => {
    const token =
      'lp1.1Xv7sYs2AEmC4x4kU1CUmQ-yDSmRgLVHw2NEpxpPioAkgFodhB-rlfJKc5NSi5SslDzz0jLzMksqlWrBzgaFvk41NAlU49Djl-inVFurYwjxA4oWA-w6dJGs0TEEWUSCy3VQEi-ym_JKc3JqY2PBoacEcg8A';
    const [nothing, no] = [undefined, false].map((value) => ({ callback: 'returns', value }) as const);
    const program: Program = {
      objects: [
        { family: 'cond', args: {} },
        { family: 'prio', args: { maxsize: 1 } },
      ],
      threads: [
        [
          { object: 0, method: 'waitFor', args: { predicate: nothing, timeout: Number.POSITIVE_INFINITY } },
          { object: 1, method: 'put', args: { item: undefined, timeout: Number.NaN } },
        ],
        [
          { object: 1, method: 'put', args: { item: 0, timeout: Number.NEGATIVE_INFINITY } },
          { object: 0, method: 'waitFor', args: { predicate: no, timeout: null } },
        ],
      ],
    };
    expect(decodeToken(token)).toStrictEqual({
      program,
      schedule: { kind: 'random', seed: 1 },
      form: 'body',
    });
  });

  test('has at most 200 characters for what people look at, all of which survive a copy', () => {
    const small = programs.filter(
      ({ threads }) => threads.length <= 3 && threads.reduce((sum, calls) => sum + calls.length, 0) <= 8,
    );
    fc.assert(
      fc.property(small, directions(6), form, (program, list, chosen) => {
        const token = encodeToken({
          program,
          schedule: { kind: 'directed', directions: list },
          form: chosen,
        });
        expect(token.length).toBeLessThanOrEqual(200);
        expect(token).toMatch(/^lp1\.[\w-]+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a token that was damaged is refused', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n,é'.split('');

  /** The damaged tokens that are not refused. */
  function accepted(damaged: readonly string[]): readonly string[] {
    return damaged.filter((token) => {
      try {
        decodeToken(token);
        return true;
      } catch (error) {
        if (error instanceof TokenError && error.message.includes('Copy it whole')) return false;
        throw error;
      }
    });
  }

  const places = (length: number) => Array.from({ length }, (_, place) => place);

  test.each<[string, (token: string) => readonly string[]]>([
    [
      'cut short at either end',
      (token) => places(token.length).flatMap((at) => [token.slice(0, at), token.slice(at + 1)]),
    ],
    [
      'without one of its characters',
      (token) => places(token.length).map((at) => token.slice(0, at) + token.slice(at + 1)),
    ],
    [
      'with two neighbours in the wrong order',
      (token) =>
        places(token.length - 1)
          .map((at) => token.slice(0, at) + token[at + 1] + token[at] + token.slice(at + 2))
          .filter((swapped) => swapped !== token),
    ],
    [
      'with one character changed',
      (token) =>
        places(token.length).flatMap((at) =>
          alphabet
            .filter((char) => char !== token[at])
            .map((char) => token.slice(0, at) + char + token.slice(at + 1)),
        ),
    ],
    [
      'with one character more',
      (token) =>
        places(token.length + 1).flatMap((at) =>
          alphabet.map((char) => token.slice(0, at) + char + token.slice(at)),
        ),
    ],
  ])('%s', (_, damage) => {
    fc.assert(
      fc.property(replayables, (replayable) => {
        const damaged = damage(encodeToken(replayable));
        expect(damaged.length).toBeGreaterThan(10);
        expect(accepted(damaged)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
