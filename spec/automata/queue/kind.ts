import type { Family } from '../../program.ts';
import type { Item } from './items.ts';

/** What is said of queues, by the ids of the rules of `queue` that say it. */
export type Topic =
  | 'new.maxsize'
  | 'new.unbounded'
  | 'fifo'
  | 'exactly-once'
  | 'any-item'
  | 'put.blocks-when-full'
  | 'put.resumes'
  | 'put.nonblocking-full'
  | 'put.timeout'
  | 'put.nonblocking-ignores-timeout'
  | 'put.negative-timeout'
  | 'put.returns-none'
  | 'get.blocks-when-empty'
  | 'get.resumes'
  | 'get.nonblocking-empty'
  | 'get.timeout'
  | 'get.nonblocking-ignores-timeout'
  | 'get.negative-timeout'
  | 'nowait'
  | 'failure-no-effect'
  | 'hook-failure-safe'
  | 'qsize'
  | 'qsize.advisory'
  | 'maxsize-mutable'
  | 'task.put-counts'
  | 'task.done-lowers'
  | 'task.too-many-raises'
  | 'join.blocks'
  | 'join.zero'
  | 'join.wakes-all'
  | 'shutdown.put-raises'
  | 'shutdown.drain'
  | 'shutdown.get-empty-raises'
  | 'shutdown.blocked-putters'
  | 'shutdown.blocked-getters'
  | 'shutdown.immediate-drains'
  | 'shutdown.immediate-tasks'
  | 'shutdown.join-normal'
  | 'shutdown.repeat';

/** A kind of queue: what its queues have in common. */
export interface QueueKind {
  readonly family: Family;
  readonly order: Order;
  /** The rules of the family that say this; none, where it is a freedom that the family has no rule on. */
  cite(topic: Topic): readonly string[];
  /** The situations that its programs have to reach. */
  readonly labels: readonly Label[];
  /** The method that its queues do not have, if this is one, and the rules that say so. */
  readonly lacks?: { readonly methods: readonly string[]; readonly rules: readonly string[] };
}

/** In which order items come out, and which can be ordered. */
export interface Order {
  /** Positions of the items that may come out next. */
  next(items: readonly Item[]): readonly number[];
  /** The items with one more; where their order does not matter, in one that depends on nothing else. */
  with(items: readonly Item[], item: Item): readonly Item[];
  /** Whether the item has a place among these. */
  admits(items: readonly Item[], item: Item): Admission;
  /** The rule on items that have none. */
  readonly misfit?: string;
}

/** `perhaps`: it need not be noticed that it has no place. */
export type Admission = 'yes' | 'perhaps' | 'no';

/** A situation that queues can be in. */
export type Label =
  | 'full queue contended by putters'
  | 'empty queue contended by getters'
  | 'put granted after sleeping'
  | 'get granted after sleeping'
  | 'put expired'
  | 'get expired'
  | 'shutdown with blocked getters'
  | 'shutdown with blocked putters'
  | 'immediate shutdown with items'
  | 'several joiners released'
  | 'several items at a get'
  | 'incomparable item refused';

/** Those of these situations that the kind of queue watches for. */
export function watched({ labels: own }: QueueKind, reached: Readonly<Partial<Record<Label, boolean>>>) {
  return own.filter((label) => reached[label]);
}
