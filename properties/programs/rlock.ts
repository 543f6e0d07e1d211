import fc from 'fast-check';
import { call, object } from '../../spec/example.ts';
import { blocks, pair, programsOf, weigh } from './blocks.ts';

/** Programs in which owners go in more than once while others wait, for ever or for a time. */
export const rlockPrograms = programsOf(
  fc.constant(object('rlock')),
  blocks(
    weigh(6, ...pair()),
    weigh(4, call('acquire'), ...pair(), call('release')),
    weigh(2, call('acquire', { timeout: 1 }), ...pair({ blocking: false }), call('release')),
    weigh(3, ...pair({ timeout: 1 })),
    weigh(2, ...pair({ blocking: false })),
    weigh(1, call('release')),
    weigh(1, call('locked')),
  ),
);
