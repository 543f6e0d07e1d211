import { queueAutomaton } from './queue/machine.ts';
import { leastFirst } from './queue/orders.ts';
import { citeAsVariant } from './queue/variants.ts';

/** PriorityQueue: a least item comes out first; else a Queue. */
export const prioAutomaton = queueAutomaton({
  family: 'prio',
  order: leastFirst,
  cite: citeAsVariant('prio'),
  labels: [
    'several items at a get',
    'put granted after sleeping',
    'get granted after sleeping',
    'incomparable item refused',
  ],
});
