import type { Adapter, Description, Implementation, WithAdapter } from './implementation.ts';

/**
 * Says how an implementation is reached; a module default-exports what this returns.
 *
 * In each family write `create` first, then `open`, then methods: what `create` returns is
 * the type of `open`'s `memory`, what `open` returns that of the methods' first argument.
 *
 * ```ts
 * export default defineImplementation({
 *   name: 'my-mutex',
 *   lock: {
 *     create: () => new SharedArrayBuffer(4),
 *     open: (memory) => new MyMutex(memory),
 *     acquire: (mutex, { timeout }) => mutex.lock(timeout),
 *   },
 * });
 * ```
 * @returns the definition, unchanged.
 */
export function defineImplementation<
  LockMemory = never,
  Lock = never,
  RLockMemory = never,
  RLock = never,
  SemaphoreMemory = never,
  Semaphore = never,
  BoundedSemaphoreMemory = never,
  BoundedSemaphore = never,
  EventMemory = never,
  Event = never,
  ConditionMemory = never,
  Condition = never,
  BarrierMemory = never,
  Barrier = never,
  QueueMemory = never,
  Queue = never,
  LifoQueueMemory = never,
  LifoQueue = never,
  PriorityQueueMemory = never,
  PriorityQueue = never,
  SimpleQueueMemory = never,
  SimpleQueue = never,
>(
  definition: Description & {
    readonly lock?: Adapter<'lock', LockMemory, Lock>;
    readonly rlock?: Adapter<'rlock', RLockMemory, RLock>;
    readonly sem?: Adapter<'sem', SemaphoreMemory, Semaphore>;
    readonly bsem?: Adapter<'bsem', BoundedSemaphoreMemory, BoundedSemaphore>;
    readonly event?: Adapter<'event', EventMemory, Event>;
    readonly cond?: Adapter<'cond', ConditionMemory, Condition>;
    readonly barrier?: Adapter<'barrier', BarrierMemory, Barrier>;
    readonly queue?: Adapter<'queue', QueueMemory, Queue>;
    readonly lifo?: Adapter<'lifo', LifoQueueMemory, LifoQueue>;
    readonly prio?: Adapter<'prio', PriorityQueueMemory, PriorityQueue>;
    readonly simpleq?: Adapter<'simpleq', SimpleQueueMemory, SimpleQueue>;
    /** Runs on every object that is a lock, a semaphore or a condition. */
    readonly with?: WithAdapter<NoInfer<Lock | RLock | Semaphore | BoundedSemaphore | Condition>>;
  },
): Implementation {
  return definition as unknown as Implementation;
}
