import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { call, object, on, reads, reference } from '../spec/example.ts';
import { type Call, closingLeave, objectIn, type Program } from '../spec/program.ts';
import { allFamilies } from './conclude.ts';
import { programsFor } from './programs/index.ts';
import { smallerPrograms } from './smallerPrograms.ts';

describe('smaller programs', () => {
  const provided = allFamilies.filter((family) => family !== 'with');
  const programs = fc
    .constantFrom(...allFamilies.flatMap((family) => programsFor(family, provided) ?? []))
    .chain((arbitrary): fc.Arbitrary<Program> => arbitrary);

  /** Threads, objects, calls and arguments, each call's way out of a body included, and how great objects' numbers are. */
  function sizeOf({ objects, threads }: Program): number {
    const calls = threads.flat();
    const args = calls.flatMap((made) => (made.args.by === 'end' ? [] : Object.keys(made.args)));
    const given = objects.flatMap((made) => Object.values(made.args));
    const numbers = given.reduce<number>(
      (sum, one) => sum + (typeof one === 'number' ? Math.max(0, one) : 0),
      0,
    );
    return threads.length + objects.length + calls.length + args.length + given.length + numbers;
  }

  /** Every object that is named is there. */
  function isClosed({ objects, threads }: Program): boolean {
    const calls = threads.flat();
    const named = [...objects, ...calls].flatMap(({ args }) => Object.values(args).map(objectIn));
    return [...named, ...calls.map(({ object: position }) => position)].every(
      (position) => (position ?? 0) < objects.length,
    );
  }

  /** Every with-statement has its end, and every end its with-statement. */
  function isWhole(calls: readonly Call[]): boolean {
    const ends = calls.flatMap(({ method }, position) =>
      method === 'with' ? [closingLeave(calls, position)] : [],
    );
    const leaves = calls.flatMap(({ method }, position) => (method === 'leave' ? [position] : []));
    return ends.toSorted((a, b) => a - b).join() === leaves.join();
  }

  test('are smaller and whole', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const smaller = [...smallerPrograms(program)];
        expect(smaller.length).toBeGreaterThan(0);
        for (const one of smaller) {
          expect(isClosed(one)).toBe(true);
          expect(sizeOf(one)).toBeLessThan(sizeOf(program));
          expect(one.threads.every(isWhole)).toBe(true);
        }
      }),
    );
  });

  test('lead to the empty program, whichever is taken', () => {
    fc.assert(
      fc.property(programs, fc.infiniteStream(fc.nat()), (program, choices) => {
        let current = program;
        for (const choice of choices) {
          const smaller = [...smallerPrograms(current)];
          if (smaller.length === 0) break;
          current = smaller[choice % smaller.length] as Program;
        }
        expect(current.threads).toEqual([[]]);
      }),
    );
  });
});

test('a barrier that lacks a thread may lack a party', () => {
  const wait = call('wait');
  const program = { objects: [object('barrier', { parties: 3 })], threads: [[wait], [wait], [wait]] };
  expect([...smallerPrograms(program)]).toContainEqual({
    objects: [object('barrier', { parties: 2 })],
    threads: [[wait], [wait]],
  });
});

test('an object that nobody uses goes first, and the others keep their names', () => {
  const waitFor = call('waitFor', { predicate: reads(3) });
  const program = {
    objects: [object('cond', { lock: reference(2) }), object('cell'), object('lock'), object('cell')],
    threads: [[waitFor, on(3, call('read'))]],
  };
  const [first] = smallerPrograms(program);
  expect(first).toEqual({
    objects: [object('cond', { lock: reference(1) }), object('lock'), object('cell')],
    threads: [[call('waitFor', { predicate: reads(2) }), on(2, call('read'))]],
  });
});
