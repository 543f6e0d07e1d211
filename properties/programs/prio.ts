import { ends, goods, queuePrograms, tasks } from './queues.ts';

/** Numbers in no order, and now and then what cannot be compared with them. */
const items = [5, 2, 7, 'none', 1, 6, 3, 8, 4, 0];

/** Programs in which threads put, and get a least item. */
export const prioPrograms = queuePrograms(
  'prio',
  [1, 2, undefined, undefined],
  [goods, goods, tasks, ends],
  (position) => items[position % items.length],
);
