import type { Call } from './program.ts';

/** Calls that belong together: an acquire and its release, say. */
export type Block = readonly Call[];

/** A block, and how often it is taken compared to others: the heavier the more often. */
export interface WeightedBlock {
  readonly weight: number;
  readonly block: Block;
}

/** A block with its weight. */
export function weigh(weight: number, ...block: Block): WeightedBlock {
  return { weight, block };
}

/** Stands in a block for a number that no other call of the program is given: an item that can be told from others. */
export const fresh = { json: '{"fresh":true}' } as const;

/** The threads' calls with a number of its own wherever {@link fresh} stands, counted from 1. */
export function withFresh(threads: readonly Block[]): readonly Block[] {
  let count = 0;
  const isFresh = (argument: unknown) =>
    typeof argument === 'object' && argument !== null && 'json' in argument && argument.json === fresh.json;
  return threads.map((calls) =>
    calls.map((made) => {
      if (!Object.values(made.args).some(isFresh)) return made;
      const args = Object.entries(made.args).map(([name, argument]) => [
        name,
        isFresh(argument) ? ++count : argument,
      ]);
      return { ...made, args: Object.fromEntries(args) as Call['args'] };
    }),
  );
}
