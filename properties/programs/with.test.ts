import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { methods } from '../../impl/methods.ts';
import { exits, type Family, type Program } from '../../spec/program.ts';
import { withPrograms } from './with.ts';

const families = Object.keys(methods) as readonly (keyof typeof methods)[];

/** The families with `acquire` and `release`: an event, a barrier or a queue has neither. */
const acquirable = families.filter((family) =>
  ['acquire', 'release'].every((method) => methods[family].some((own) => own === method)),
);

function generated(provided: readonly Family[]): readonly Program[] {
  return fc.sample(withPrograms(provided) as fc.Arbitrary<Program>, { seed: 1, numRuns: 500 });
}

function familiesIn(programs: readonly Program[]): ReadonlySet<Family> {
  return new Set(programs.flatMap(({ objects }) => objects.map(({ family }) => family)));
}

describe('with-statements are generated', () => {
  test('on every object that can be acquired and released, conditions too, and on no other', () => {
    expect(familiesIn(generated(families))).toEqual(new Set(acquirable));
    expect(acquirable).toContain('cond');
  });

  test('on what the implementation has', () => {
    expect(familiesIn(generated(['event', 'cond', 'barrier', 'sem']))).toEqual(new Set(['cond', 'sem']));
    expect(withPrograms(['event', 'barrier', 'queue', 'simpleq'])).toBeUndefined();
  });

  test('with every way out of a body', () => {
    const ways = generated(families)
      .flatMap(({ threads }) => threads.flat())
      .flatMap(({ method, args }) => (method === 'leave' ? [args.by] : []));
    expect(new Set(ways)).toEqual(new Set(exits));
  });
});
