import fc from 'fast-check';
import { call, giving, object, throwing } from '../../spec/example.ts';
import type { Args, Program } from '../../spec/program.ts';
import { type Block, blocks, weigh } from './blocks.ts';

const wait = call('wait');
const timed = (timeout: number) => call('wait', { timeout });

const two: Args = { parties: 2 };
const three: Args = { parties: 3 };

/** Barriers with so many parties that some threads are too few, enough, or too many for one passage. */
const barriers = fc.constantFrom<Args>(
  two,
  two,
  two,
  three,
  three,
  { ...two, timeout: 1 },
  { ...two, timeout: 1 },
  { ...three, timeout: 1 },
  { ...two, action: giving(false) },
  { ...two, action: throwing },
  { ...three, action: throwing },
);

const block: fc.Arbitrary<Block> = blocks(
  weigh(8, wait),
  weigh(5, timed(1)),
  weigh(2, timed(0.5)),
  weigh(1, timed(0)),
  weigh(3, wait, call('abort')),
  weigh(3, wait, call('reset')),
  weigh(2, call('reset')),
  weigh(1, call('abort')),
  weigh(1, call('abort'), call('reset')),
  weigh(1, call('nWaiting')),
  weigh(1, call('broken')),
);

/** Programs in which two to four threads come to a barrier, again and again, and some abort or reset it. */
export const barrierPrograms: fc.Arbitrary<Program> = fc.record({
  objects: fc.tuple(barriers.map((args) => object('barrier', args))),
  threads: fc.array(
    fc.array(block, { minLength: 1, maxLength: 3 }).map((parts) => parts.flat()),
    { minLength: 2, maxLength: 4 },
  ),
});
