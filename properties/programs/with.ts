import fc from 'fast-check';
import { supportsWith } from '../../spec/automata/with.ts';
import { call, object, withBody } from '../../spec/example.ts';
import { exits, type Family, type Program } from '../../spec/program.ts';
import { type Block, pair, programsOf } from './blocks.ts';

/**
 * Programs in which threads go in and out of with-statements on one object, in every way there is; undefined
 * if the implementation has nothing that a with-statement can be made on.
 * @param provided the families that the implementation has.
 */
export function withPrograms(provided: readonly Family[]): fc.Arbitrary<Program> | undefined {
  const objects = provided.filter(supportsWith).map((family) => object(family));
  if (objects.length === 0) return undefined;
  const statement = fc.constantFrom(...exits).map((by): Block => withBody([], by));
  const others = fc.constantFrom<Block>(pair(), pair({ blocking: false }), pair({ timeout: 1 }));
  const released: Block = withBody([call('release')]);
  const nested = fc.constantFrom(...exits).map((by): Block => withBody(withBody([], by)));
  return programsOf(
    fc.constantFrom(...objects),
    fc.oneof(
      { weight: 12, arbitrary: statement },
      { weight: 4, arbitrary: others },
      { weight: 2, arbitrary: fc.constant(released) },
      { weight: 1, arbitrary: nested },
    ),
  );
}
