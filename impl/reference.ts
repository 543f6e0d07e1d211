import { defineImplementation } from './defineImplementation.ts';
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  type ConditionHandle,
  type ConditionOptions,
  Event,
  guard,
  type Handle,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  RLock,
  Semaphore,
  SimpleQueue,
  withLock,
} from './threading/index.ts';
import * as dummyThreading from './threading/dummy.ts';
import * as threading from './threading/index.ts';

/** The reference implementation, `lockproof/threading`, as Lockproof judges it. */
export default defineImplementation({
  name: 'lockproof/threading',
  lock: {
    // Whatever is given is handed on, for the constructor to refuse.
    create: (given?: unknown) => Reflect.construct(Lock, given === undefined ? [] : [given]) as Lock,
    open: (handle: Handle) => Lock.from(handle),
  },
  rlock: {
    create: (...args) => new RLock(...args),
    open: (handle: Handle) => RLock.from(handle),
  },
  sem: {
    create: (args) => new Semaphore(args),
    open: (handle: Handle) => Semaphore.from(handle),
  },
  bsem: {
    create: (args) => new BoundedSemaphore(args),
    open: (handle: Handle) => BoundedSemaphore.from(handle),
  },
  event: {
    create: (...args) => new Event(...args),
    open: (handle: Handle) => Event.from(handle),
  },
  cond: {
    // Whatever is given is handed on, for the constructor to refuse.
    create: (args) => new Condition(args as ConditionOptions),
    open: (handle: ConditionHandle, args) => Condition.from(handle, args as ConditionOptions),
  },
  barrier: {
    create: (args) => new Barrier(args),
    open: (handle: Handle, { action }) => Barrier.from(handle, { action }),
  },
  queue: {
    create: (args) => new Queue(args),
    open: (handle: Handle) => Queue.from(handle),
    put: (queue, { item, ...options }) => queue.put(item, options),
    putNowait: (queue, { item }) => queue.putNowait(item),
  },
  lifo: {
    create: (args) => new LifoQueue(args),
    open: (handle: Handle) => LifoQueue.from(handle),
    put: (queue, { item, ...options }) => queue.put(item, options),
    putNowait: (queue, { item }) => queue.putNowait(item),
  },
  prio: {
    create: (args) => new PriorityQueue(args),
    open: (handle: Handle) => PriorityQueue.from(handle),
    put: (queue, { item, ...options }) => queue.put(item, options),
    putNowait: (queue, { item }) => queue.putNowait(item),
  },
  simpleq: {
    create: (...args) => new SimpleQueue(...args),
    open: (handle: Handle) => SimpleQueue.from(handle),
    put: (queue, { item, ...options }) => queue.put(item, options),
    putNowait: (queue, { item }) => queue.putNowait(item),
  },
  with: {
    body: withLock,
    guard,
  },
  threading,
  dummyThreading,
});
