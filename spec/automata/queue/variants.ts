import type { Topic } from './kind.ts';

/** What the documentation leaves open of Queue, and says nothing of for its variants. */
const freedoms: readonly Topic[] = ['get.barging-free', 'qsize.advisory'];

/** The rules of a family that is a Queue but for its order, by what they say. */
export function citeAsVariant(family: 'lifo' | 'prio'): (topic: Topic) => readonly string[] {
  return (topic) => {
    if (freedoms.includes(topic)) return [];
    return [topic === 'fifo' ? `${family}.order` : `${family}.same-api`];
  };
}
