import fc from 'fast-check';
import { call, object } from '../../spec/example.ts';
import type { Call, Family, Program, Value } from '../../spec/program.ts';
import { type Block, blocks, weigh } from './blocks.ts';

const put = call('put');
const get = call('get');
const timedPut = call('put', { timeout: 1 });
const timedGet = call('get', { timeout: 1 });
const tryPut = call('put', { block: false });
const tryGet = call('get', { block: false });
const taskDone = call('taskDone');
const join = call('join');
const shutdown = call('shutdown');
const shutdownNow = call('shutdown', { immediate: true });

/** Puts and gets; there is little room, and some have little time. */
export const goods = blocks(
  weigh(7, put),
  weigh(6, get),
  weigh(4, put, put),
  weigh(4, get, get),
  weigh(4, timedPut),
  weigh(4, timedGet),
  weigh(1, call('put', { timeout: 0.5 }), get),
  weigh(1, tryPut),
  weigh(1, call('putNowait')),
  weigh(1, tryGet),
  weigh(1, call('getNowait')),
  weigh(1, call('qsize')),
  weigh(1, call('empty')),
);

/** Puts, and tasks that are done, while others wait for them. */
export const tasks = blocks(
  weigh(5, put, taskDone),
  weigh(2, put, get, taskDone),
  weigh(2, put, put, taskDone, taskDone),
  weigh(7, join),
  weigh(1, taskDone),
  weigh(1, timedGet),
  weigh(1, shutdownNow),
);

/** Puts and gets, and an end that comes in the midst of them. */
export const ends = blocks(
  weigh(5, put),
  weigh(3, put, put),
  weigh(5, get),
  weigh(2, timedPut),
  weigh(2, timedGet),
  weigh(3, put, shutdown),
  weigh(2, shutdown),
  weigh(3, put, shutdownNow),
  weigh(1, shutdownNow),
  weigh(1, join),
  weigh(1, tryGet),
);

/** The limit, and how it is seen and set. */
export const limits = blocks(
  weigh(5, put),
  weigh(4, get),
  weigh(3, tryPut),
  weigh(2, call('full')),
  weigh(1, call('qsize')),
  weigh(1, call('maxsize')),
  weigh(2, call('assign', { maxsize: 2 })),
  weigh(1, call('assign', { maxsize: 1 })),
  weigh(1, call('assign', { maxsize: 0 })),
);

/**
 * Programs of two to four threads that make one to three blocks of calls each, on one queue.
 * @param maxsizes limits, the likelier the oftener; undefined: none is given.
 * @param kinds which blocks go together in a program, the likelier the oftener.
 * @param itemAt the item of the how-manieth put; different, so that each can be told from the others.
 */
export function queuePrograms(
  family: Family,
  maxsizes: readonly (number | undefined)[],
  kinds: readonly fc.Arbitrary<Block>[],
  itemAt: (position: number) => Value,
): fc.Arbitrary<Program> {
  const queues = maxsizes.map((maxsize) => object(family, maxsize === undefined ? {} : { maxsize }));
  const threads = fc.oneof(
    ...kinds.map((block) =>
      fc.array(
        fc.array(block, { minLength: 1, maxLength: 3 }).map((parts) => parts.flat()),
        { minLength: 2, maxLength: 4 },
      ),
    ),
  );
  return fc.record({
    objects: fc.tuple(fc.constantFrom(...queues)),
    threads: threads.map((calls) => withItems(calls, itemAt)),
  });
}

function withItems(
  threads: readonly (readonly Call[])[],
  itemAt: (position: number) => Value,
): Program['threads'] {
  let puts = 0;
  return threads.map((calls) =>
    calls.map((made) =>
      made.method.startsWith('put') ? { ...made, args: { item: itemAt(puts++), ...made.args } } : made,
    ),
  );
}
