import fc from 'fast-check';
import { call, object, withBody } from '../../spec/example.ts';
import { exits, type Family } from '../../spec/program.ts';
import { type Block, pair, programsOf } from './blocks.ts';

/** Programs in which threads go in and out of with-statements on one object, in every way there is. */
export function withPrograms(families: readonly Family[]) {
  const objects = families.filter((family) => family !== 'event').map((family) => object(family));
  const statement = fc.constantFrom(...exits).map((by): Block => withBody([], by));
  const others = fc.constantFrom<Block>(pair(), pair({ blocking: false }), pair({ timeout: 1 }));
  const released: Block = withBody([call('release')]);
  return programsOf(
    fc.constantFrom(...objects),
    fc.oneof(
      { weight: 6, arbitrary: statement },
      { weight: 2, arbitrary: others },
      { weight: 1, arbitrary: fc.constant(released) },
    ),
  );
}
