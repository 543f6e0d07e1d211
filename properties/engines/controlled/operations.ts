/** What a thread is about to do at a scheduling point. The order is part of recorded traces. */
export const operations = [
  'begin',
  'call',
  'wake',
  'load',
  'store',
  'add',
  'sub',
  'and',
  'or',
  'xor',
  'exchange',
  'compareExchange',
  'wait',
  'notify',
  'clock',
  'callback',
  'waitAsync',
] as const;
export type Operation = (typeof operations)[number];

/** The number of an operation. */
export const operationCode = Object.fromEntries(
  operations.map((operation, code) => [operation, code]),
) as Readonly<Record<Operation, number>>;
