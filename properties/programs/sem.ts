import fc from 'fast-check';
import { call, object } from '../../spec/example.ts';
import { blocks, pair, programsOf, weigh } from './blocks.ts';

/** Programs in which threads contend for few units, and releases come one or several at a time. */
export const semPrograms = programsOf(
  fc.constantFrom({}, { value: 0 }, { value: 2 }).map((args) => object('sem', args)),
  blocks(
    weigh(6, ...pair()),
    weigh(4, ...pair({ timeout: 1 })),
    weigh(2, ...pair({ blocking: false })),
    weigh(3, call('acquire', { timeout: 0.5 })),
    weigh(4, call('release')),
    weigh(3, call('release', { n: 2 })),
  ),
);
