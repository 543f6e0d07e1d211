/**
 * The builtins as they were before any of them was replaced. Whatever schedules threads must
 * use these: the replaced ones would stop at their own operations.
 */
export const natives = {
  load: Atomics.load,
  store: Atomics.store,
  add: Atomics.add,
  exchange: Atomics.exchange,
  wait: Atomics.wait,
  notify: Atomics.notify,
  now: performance.now.bind(performance),
} as const;
