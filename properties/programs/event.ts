import fc from 'fast-check';
import { call, object } from '../../spec/example.ts';
import { blocks, programsOf, weigh } from './blocks.ts';

/** Programs in which threads wait for an event, for ever or for a time, while others set and clear it. */
export const eventPrograms = programsOf(
  fc.constant(object('event')),
  blocks(
    weigh(6, call('wait')),
    weigh(4, call('wait', { timeout: 1 })),
    weigh(2, call('wait', { timeout: 0.5 })),
    weigh(5, call('set')),
    weigh(4, call('set'), call('clear')),
    weigh(2, call('clear')),
    weigh(2, call('isSet')),
  ),
);
