import assert from 'node:assert/strict';
import {
  Empty,
  Full,
  LifoQueue,
  OverflowError,
  PriorityQueue,
  Queue,
  ShutDown,
  SimpleQueue,
  TIMEOUT_MAX,
  ValueError,
} from '../../impl/threading/index.ts';
import { inThread } from './inThread.ts';

const moment = { timeout: 0.005 };
const bad = [
  [{ timeout: '1' as never }, TypeError],
  [{ timeout: -1 }, ValueError],
  [{ timeout: Number.NaN }, ValueError],
  [{ timeout: TIMEOUT_MAX * 2 }, OverflowError],
] as const;

/** Checks the asynchronous twins of queues. */
export async function checkQueues(): Promise<void> {
  await keepsItsOrder(new Queue(), ['b', 'c', 'a']);
  await keepsItsOrder(new LifoQueue(), ['a', 'c', 'b']);
  await keepsItsOrder(new PriorityQueue(), ['a', 'b', 'c']);
  for (const Kind of [Queue, LifoQueue, PriorityQueue]) {
    await passesEveryItemOn(new Kind(2));
    await givesUpInTime(new Kind(1));
    await endsAllAtShutdown(new Kind(1), new Kind());
    await joins(new Kind());
    await makesRoom(new Kind(1));
  }
  await passesOnWhatIsRefused(new PriorityQueue(2));
  await losesNoItemToAHookThatRaises();
  await losesNoItemToATaskOfABlockedThread(new Queue());
  await waitsForItemsAlone(new SimpleQueue());
}

async function keepsItsOrder(queue: Queue<string>, order: readonly string[]): Promise<void> {
  for (const item of ['b', 'c', 'a']) await queue.putAsync(item);
  const got: string[] = [];
  while (!queue.empty()) got.push(await queue.getAsync());
  assert.deepEqual(got, order);
}

async function passesEveryItemOn(queue: Queue<number>): Promise<void> {
  const items = Array.from({ length: 40 }, (_, item) => item);
  const got: number[] = [];
  const consume = async () => {
    for (;;) {
      got.push(await queue.getAsync());
      queue.taskDone();
    }
  };
  const produce = async (mine: readonly number[]) => {
    for (const item of mine) {
      await queue.putAsync(item);
      assert.equal(queue.qsize() <= 2, true);
    }
  };
  const consumers = [consume(), consume(), consume()].map((consumer) => assert.rejects(consumer, ShutDown));
  await Promise.all([produce(items.slice(0, 15)), produce(items.slice(15))]);
  await queue.joinAsync();
  assert.deepEqual(
    got.toSorted((one, other) => one - other),
    items,
  );
  queue.shutdown();
  await Promise.all(consumers);
}

async function givesUpInTime(queue: Queue<number>): Promise<void> {
  for (const only of [false, 0, { block: false }, { timeout: 0 }, moment]) {
    await assert.rejects(queue.getAsync(only), Empty);
    await queue.putAsync(1, only);
    await assert.rejects(queue.putAsync(2, only), Full);
    assert.equal(await queue.getAsync(only), 1);
  }
  for (const [options, error] of bad) {
    await assert.rejects(queue.getAsync(options), error);
    queue.put(1);
    await assert.rejects(queue.putAsync(2, options), error);
    assert.equal(queue.get(), 1);
  }
  // Who gave up waits no longer: it takes nothing, and nothing of it is stored or counted.
  const waiting = queue.getAsync({ timeout: 3600 });
  await queue.putAsync(3, { timeout: 3600 });
  assert.equal(await waiting, 3);
  for (let task = 0; task < 10; task++) queue.taskDone();
  assert.throws(() => queue.taskDone(), ValueError);
}

async function endsAllAtShutdown(full: Queue<number>, empty: Queue<number>): Promise<void> {
  full.put(1);
  const waiting = [full.putAsync(2), full.putAsync(3, { timeout: 3600 }), empty.getAsync(), empty.getAsync()];
  const ended = waiting.map((each) => assert.rejects(each, ShutDown));
  full.shutdown();
  empty.shutdown({ immediate: true });
  await Promise.all(ended);
  await assert.rejects(full.putAsync(4, false), ShutDown);
  assert.equal(await full.getAsync(), 1);
  await assert.rejects(full.getAsync(), ShutDown);
  const joining = full.joinAsync();
  full.taskDone();
  await joining;
}

async function joins(queue: Queue<number>): Promise<void> {
  await queue.joinAsync();
  for (const item of [1, 2, 3]) queue.put(item);
  let passed = 0;
  const join = async () => {
    await queue.joinAsync();
    passed++;
  };
  const waiting = [join(), join()];
  queue.taskDone();
  queue.taskDone();
  await assert.rejects(new Queue().getAsync(moment), Empty);
  assert.equal(passed, 0);
  queue.taskDone();
  queue.put(4);
  await Promise.all(waiting);
  // The items that were done are still there, and so is one that was not.
  waiting.push(join());
  queue.shutdown({ immediate: true });
  await Promise.all(waiting);
  assert.deepEqual([passed, queue.qsize()], [3, 0]);
}

async function makesRoom(queue: Queue<number>): Promise<void> {
  queue.put(1);
  const waiting = [queue.putAsync(2), queue.putAsync(3)];
  queue.maxsize = 2;
  await Promise.race(waiting);
  assert.deepEqual([queue.qsize(), queue.full(), queue.maxsize], [2, true, 2]);
  queue.maxsize = 0;
  await Promise.all(waiting);
  assert.deepEqual([queue.qsize(), queue.full()], [3, false]);
  assert.throws(() => (queue.maxsize = 1.5), TypeError);
}

async function passesOnWhatIsRefused(queue: PriorityQueue<number | string>): Promise<void> {
  for (const item of [1, 3]) queue.put(item);
  const refused = assert.rejects(queue.putAsync('text'), TypeError);
  const stored = queue.putAsync(2);
  assert.equal(await queue.getAsync(), 1);
  await Promise.all([refused, stored]);
  assert.deepEqual([await queue.getAsync(), await queue.getAsync()], [2, 3]);
}

/** What a class of its own does to take an item out, or put one in, may raise. */
async function losesNoItemToAHookThatRaises(): Promise<void> {
  let raises = true;
  class Raising extends Queue<number> {
    protected override remove(...given: Parameters<Queue['remove']>): number {
      if (raises) throw new RangeError('thrown by the hook');
      return super.remove(...given);
    }
  }
  const queue = new Raising();
  const waiting = assert.rejects(queue.getAsync(), RangeError);
  queue.put(1);
  await waiting;
  assert.equal(queue.qsize(), 1);
  raises = false;
  assert.equal(await queue.getAsync(), 1);
}

/** The task waits first, but its thread is blocked: the first item is for the thread. */
async function losesNoItemToATaskOfABlockedThread(queue: Queue<string>): Promise<void> {
  const task = queue.getAsync();
  const ended = inThread('put', { queue, items: ['for the call', 'for the task'] });
  assert.equal(queue.get(), 'for the call');
  assert.equal(await task, 'for the task');
  assert.equal(await ended, 0);
}

async function waitsForItemsAlone(queue: SimpleQueue<number>): Promise<void> {
  await assert.rejects(queue.getAsync(moment), Empty);
  await assert.rejects(queue.getAsync(false), Empty);
  const waiting = [queue.getAsync(), queue.getAsync({ timeout: 3600 })];
  queue.put(1);
  queue.putNowait(2);
  assert.deepEqual(new Set(await Promise.all(waiting)), new Set([1, 2]));
  assert.throws(() => SimpleQueue.from(new Queue()), TypeError);
}
