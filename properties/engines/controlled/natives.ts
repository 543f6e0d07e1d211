/**
 * The builtins as they were before any of them was replaced. Whatever schedules threads must
 * use these: the replaced ones would stop at their own operations.
 */
export const natives = {
  load: Atomics.load,
  store: Atomics.store,
  add: Atomics.add,
  sub: Atomics.sub,
  and: Atomics.and,
  or: Atomics.or,
  xor: Atomics.xor,
  exchange: Atomics.exchange,
  compareExchange: Atomics.compareExchange,
  wait: Atomics.wait,
  notify: Atomics.notify,
  waitAsync: Atomics.waitAsync,
  now: performance.now.bind(performance),
} as const;
