import fc from 'fast-check';
import { withFresh } from '../../spec/blocks.ts';
import { object } from '../../spec/example.ts';
import type { Program } from '../../spec/program.ts';
import type { Specification } from '../../spec/specification.ts';
import { blocks, programsOf } from './blocks.ts';

/** Programs of a primitive of somebody's own: two threads or more that make one to three of its blocks of calls each. */
export function ownPrograms({ family, constructors, programs }: Specification): fc.Arbitrary<Program> {
  const objects = fc.constantFrom(...constructors).map((args) => object(family, args));
  const made = programsOf(objects, blocks(...programs.blocks), programs.threads);
  return made.map((program) => ({ ...program, threads: withFresh(program.threads) }));
}
