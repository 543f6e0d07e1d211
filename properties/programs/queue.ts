import { ends, goods, limits, queuePrograms as programsOfKind, tasks } from './queues.ts';

/** Programs in which threads put and get, wait for room and for tasks, and shut a queue down. */
export const queuePrograms = programsOfKind(
  'queue',
  [1, 1, 1, 2, undefined],
  [goods, goods, goods, tasks, tasks, tasks, ends, ends, limits],
  (position) => `item ${position + 1}`,
);
