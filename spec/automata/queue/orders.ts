import { comparison } from './comparison.ts';
import type { Item } from './items.ts';
import type { Order } from './kind.ts';

/** First in, first out. */
export const firstFirst: Order = {
  next: (items) => (items.length > 0 ? [0] : []),
  with: (items, item) => [...items, item],
  admits: () => 'yes',
};

/** Last in, first out. */
export const lastFirst: Order = {
  next: (items) => (items.length > 0 ? [items.length - 1] : []),
  with: (items, item) => [...items, item],
  admits: () => 'yes',
};

/** A least item first; of several that are equal, any. */
export const leastFirst: Order = {
  next: (items) =>
    [...items.keys()].filter((position) => items.every((other) => !isLess(other, items[position] as Item))),
  with: (items, item) => [...items, item].sort((one, other) => (one.text < other.text ? -1 : 1)),
  admits(items, item) {
    const misfits = items.filter((other) => compare(item, other) === undefined).length;
    if (misfits > 0) return misfits < items.length ? 'perhaps' : 'no';
    return compare(item, item) === undefined ? 'perhaps' : 'yes';
  },
  misfit: 'prio.incomparable',
};

function isLess(one: Item, other: Item): boolean {
  return (compare(one, other) ?? 0) < 0;
}

function compare(one: Item, other: Item): number | undefined {
  return comparison(plain(one), plain(other));
}

function plain({ value }: Item): unknown {
  return typeof value === 'object' && value !== null ? (JSON.parse(value.json) as unknown) : value;
}
