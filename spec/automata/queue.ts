import { queueAutomaton as automatonOfKind } from './queue/machine.ts';
import { firstFirst } from './queue/orders.ts';

/** Queue: first in, first out, with a limit, a count of unfinished tasks, and an end. */
export const queueAutomaton = automatonOfKind({
  family: 'queue',
  order: firstFirst,
  cite: (topic) => [`queue.${topic}`],
  labels: [
    'full queue contended by putters',
    'empty queue contended by getters',
    'put granted after sleeping',
    'get granted after sleeping',
    'put expired',
    'get expired',
    'shutdown with blocked getters',
    'shutdown with blocked putters',
    'immediate shutdown with items',
    'several joiners released',
    'several items at a get',
  ],
});
