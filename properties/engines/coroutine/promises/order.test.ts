import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripTypeScriptTypes } from 'node:module';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type * as programs from '../../../../fixtures/implementations/promisePrograms.ts';
import type { Made } from '../../../../fixtures/implementations/promisePrograms.ts';
import { transform } from '../transform/transform.ts';

const file = fileURLToPath(
  new URL('../../../../fixtures/implementations/promisePrograms.ts', import.meta.url),
);
const runtime = new URL('../runtime.ts', import.meta.url).href;

let real: typeof programs;
let emulated: typeof programs;
beforeAll(async () => {
  const source = readFileSync(file, 'utf8');
  real = await load(source);
  emulated = await load(transform(source, file, new Set(), runtime));
});

/** Both as Node itself runs them: what runs tests may have its own idea of the language. */
async function load(source: string): Promise<typeof programs> {
  const code = stripTypeScriptTypes(source);
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as typeof programs;
}

const { program } = fc.letrec<{ made: Made; program: readonly Made[] }>((tie) => {
  const made = tie('made');
  const several = fc.array(made, { minLength: 1, maxLength: 3 });
  return {
    made: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: fc.constant<Made>({ kind: 'plain' }), weight: 3 },
      fc.record({ kind: fc.constantFrom('resolve', 'reject', 'subclass', 'thrower'), of: made }),
      fc.record({
        kind: fc.constant('thenable'),
        of: made,
        ends: fc.constantFrom('resolves', 'rejects', 'throws', 'twice'),
      }),
      fc.record({ kind: fc.constant('executor'), of: made, later: fc.nat(3) }),
      fc.record({ kind: fc.constantFrom('then', 'catch', 'finally'), on: made, to: made }),
      fc.record({
        kind: fc.constant('gather'),
        way: fc.constantFrom('all', 'race', 'any', 'allSettled'),
        of: fc.array(made, { maxLength: 3 }),
      }),
      fc.record({
        kind: fc.constant('async'),
        steps: several,
        ends: fc.constantFrom('returns', 'throws', 'catches'),
      }),
      fc.record({
        kind: fc.constant('loop'),
        of: several,
        over: fc.constantFrom('values', 'generator', 'delegate', 'left'),
      }),
      fc.record({
        kind: fc.constant('asked'),
        of: several,
        ways: fc.array(fc.constantFrom('next', 'return', 'throw'), { minLength: 1, maxLength: 4 }),
      }),
      fc.record({ kind: fc.constant('using'), of: made, dispose: made, isPlain: fc.boolean() }),
    ),
    program: fc.array(made, { minLength: 1, maxLength: 4 }),
  };
});

test('emulated promises do the same as real ones in the same order', async () => {
  // What a program leaves rejected is no fault of the test's.
  const ignore = (): void => {};
  process.on('unhandledRejection', ignore);
  const lengths: number[] = [];
  try {
    await fc.assert(
      fc.asyncProperty(program, async (made) => {
        const expected = await real.run(made);
        lengths.push(expected.length);
        expect(await emulated.run(made)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  } finally {
    process.off('unhandledRejection', ignore);
  }
  // Programs in which nothing happens would show nothing.
  expect(Math.max(...lengths)).toBeGreaterThan(20);
});
