import fc from 'fast-check';
import { call, object } from '../../spec/example.ts';
import { blocks, pair, programsOf, weigh } from './blocks.ts';

/** Programs in which threads contend for few units, and some release more than there are. */
export const bsemPrograms = programsOf(
  fc.constantFrom({}, {}, { value: 2 }).map((args) => object('bsem', args)),
  blocks(
    weigh(8, ...pair()),
    weigh(4, ...pair({ timeout: 1 })),
    weigh(4, ...pair({ timeout: 0.5 })),
    weigh(2, ...pair({ blocking: false })),
    weigh(2, call('release')),
    weigh(4, call('acquire'), call('acquire', { timeout: 0.5 }), call('release', { n: 2 })),
  ),
);
