/** Milliseconds that the clocks show when an execution begins. */
const origin = { monotonic: 1_000, wall: 1_700_000_000_000 } as const;

/** What a clock that only goes on shows. @param clock milliseconds since the execution began. */
export function monotonic(clock: number): number {
  return origin.monotonic + clock;
}

/** What the clock on the wall shows. @param clock milliseconds since the execution began. */
export function wall(clock: number): number {
  return origin.wall + Math.floor(clock);
}

/** What `process.hrtime` shows. @param clock milliseconds since the execution began. */
export function hrtime(clock: number, previous?: readonly [number, number]): [number, number] {
  const total = monotonic(clock);
  const seconds = Math.floor(total / 1e3) - (previous?.[0] ?? 0);
  const nanoseconds = Math.round((total % 1e3) * 1e6) - (previous?.[1] ?? 0);
  return nanoseconds < 0 ? [seconds - 1, nanoseconds + 1e9] : [seconds, nanoseconds];
}

/** What `process.hrtime.bigint` shows. @param clock milliseconds since the execution began. */
export function hrtimeBigint(clock: number): bigint {
  return BigInt(Math.round(monotonic(clock) * 1e6));
}
