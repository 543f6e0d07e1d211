import fc from 'fast-check';
import { call, object } from '../../spec/example.ts';
import { blocks, pair, programsOf, weigh } from './blocks.ts';

/** Programs in which threads contend for one lock, some only for a time, some from behind. */
export const lockPrograms = programsOf(
  fc.constant(object('lock')),
  blocks(
    weigh(8, ...pair()),
    weigh(4, ...pair({ timeout: 1 })),
    weigh(2, ...pair({ timeout: 0.5 })),
    weigh(3, ...pair({ blocking: false })),
    weigh(2, call('locked')),
    weigh(1, call('release')),
    weigh(1, call('acquire', { timeout: 1 })),
  ),
);
