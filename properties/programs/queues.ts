import fc from 'fast-check';
import { call, object } from '../../spec/example.ts';
import type { Call, Family, Program, Value } from '../../spec/program.ts';
import { blocks, weigh } from './blocks.ts';

/** What the threads of a program do, before it is said which items they put. */
type Threads = fc.Arbitrary<readonly (readonly Call[])[]>;

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
export const goods = threadsOf(
  3,
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
export const tasks = threadsOf(
  4,
  weigh(5, put, taskDone),
  weigh(2, put, get, taskDone),
  weigh(2, put, put, taskDone, taskDone),
  weigh(8, join),
  weigh(1, taskDone),
  weigh(1, timedGet),
  weigh(1, shutdownNow),
);

/** Puts and gets, and an end that comes in the midst of them. */
export const ends = threadsOf(
  4,
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
export const limits = threadsOf(
  3,
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

/** Two threads or more that make one to three of these blocks of calls each. */
function threadsOf(most: number, ...weighted: readonly ReturnType<typeof weigh>[]): Threads {
  const thread = fc.array(blocks(...weighted), { minLength: 1, maxLength: 3 }).map((parts) => parts.flat());
  return fc.array(thread, { minLength: 2, maxLength: most });
}

/**
 * Programs on one queue.
 * @param maxsizes limits, the likelier the oftener; undefined: none is given.
 * @param kinds what threads do, the likelier the oftener.
 * @param itemAt the item of the how-manieth put; different, so that each can be told from the others.
 */
export function queuePrograms(
  family: Family,
  maxsizes: readonly (number | undefined)[],
  kinds: readonly Threads[],
  itemAt: (position: number) => Value,
): fc.Arbitrary<Program> {
  const queues = maxsizes.map((maxsize) => object(family, maxsize === undefined ? {} : { maxsize }));
  return fc.record({
    objects: fc.tuple(fc.constantFrom(...queues)),
    threads: fc.oneof(...kinds).map((calls) => withItems(calls, itemAt)),
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
