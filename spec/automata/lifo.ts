import { queueAutomaton } from './queue/machine.ts';
import { lastFirst } from './queue/orders.ts';
import { citeAsVariant } from './queue/variants.ts';

/** LifoQueue: last in, first out; else a Queue. */
export const lifoAutomaton = queueAutomaton({
  family: 'lifo',
  order: lastFirst,
  cite: citeAsVariant('lifo'),
  labels: ['several items at a get', 'put granted after sleeping', 'get granted after sleeping'],
});
