import { goods, queuePrograms } from './queues.ts';

/** Programs in which threads put and get, without any limit. */
export const simpleqPrograms = queuePrograms(
  'simpleq',
  [undefined],
  [goods],
  (position) => `item ${position + 1}`,
);
