import type { Topic } from './kind.ts';

/** The rules of a family that is a Queue but for its order, by what they say. */
export function citeAsVariant(family: 'lifo' | 'prio'): (topic: Topic) => readonly string[] {
  return (topic) => {
    // The documentation leaves it open of Queue, and says nothing of it for its variants.
    if (topic === 'qsize.advisory') return [];
    return [topic === 'fifo' ? `${family}.order` : `${family}.same-api`];
  };
}
