import fc from 'fast-check';
import { call } from '../../spec/example.ts';
import type { Block, WeightedBlock } from '../../spec/blocks.ts';
import type { Args, ObjectSpec, Program } from '../../spec/program.ts';

export { type Block, weigh } from '../../spec/blocks.ts';

/** One of these blocks, the heavier the more often; shrinks towards the first. */
export function blocks(...weighted: readonly WeightedBlock[]): fc.Arbitrary<Block> {
  return fc.oneof(...weighted.map(({ weight, block }) => ({ weight, arbitrary: fc.constant(block) })));
}

/** An acquire with these arguments, and the release that goes with it. */
export function pair(args: Args = {}): Block {
  return [call('acquire', args), call('release')];
}

/**
 * Programs of two threads or more that make one to three blocks of calls each, on one object.
 * @param most threads, default 3.
 */
export function programsOf(
  objects: fc.Arbitrary<ObjectSpec>,
  block: fc.Arbitrary<Block>,
  most = 3,
): fc.Arbitrary<Program> {
  const thread = fc.array(block, { minLength: 1, maxLength: 3 }).map((parts) => parts.flat());
  return fc.record({
    objects: fc.tuple(objects),
    threads: fc.array(thread, { minLength: 2, maxLength: most }),
  });
}
