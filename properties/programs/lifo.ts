import { ends, goods, queuePrograms, tasks } from './queues.ts';

/** Programs in which threads put, and get what was put last. */
export const lifoPrograms = queuePrograms(
  'lifo',
  [1, 2, undefined, undefined],
  [goods, goods, tasks, ends],
  (position) => `item ${position + 1}`,
);
