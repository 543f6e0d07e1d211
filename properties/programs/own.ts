import fc from 'fast-check';
import { withFresh } from '../../spec/blocks.ts';
import { object } from '../../spec/example.ts';
import type { Family, Program } from '../../spec/program.ts';
import type { Specification } from '../../spec/specification.ts';
import { isCell } from '../engines/cell.ts';
import { blocks } from './blocks.ts';

/**
 * Programs of a primitive of somebody's own: two threads or more that make one to three of its blocks of calls each;
 * undefined if they need an object that the implementation does not have.
 * @param provided the families that the implementation has.
 */
export function ownPrograms(
  { family, constructors, programs }: Specification,
  provided: readonly Family[],
): fc.Arbitrary<Program> | undefined {
  const { beside, threads } = programs;
  if (beside.some((other) => !isCell(other.family) && !provided.includes(other.family))) return undefined;
  const thread = fc
    .array(blocks(...programs.blocks), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.flat());
  return fc.record({
    objects: fc.constantFrom(...constructors).map((args) => [object(family, args), ...beside]),
    threads: fc.array(thread, { minLength: 2, maxLength: threads }).map(withFresh),
  });
}
