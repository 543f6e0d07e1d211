import type { History, HistoryEvent } from '../spec/history.ts';
import type { Call, Program } from '../spec/program.ts';

/** One lock, and threads that acquire and release it in turn. */
export function mutexProgram(threads: number, pairs: number): Program {
  const pair: readonly Call[] = ['acquire', 'release'].map((method) => ({ object: 0, method, args: {} }));
  const calls = Array.from({ length: pairs }, () => pair).flat();
  return {
    objects: [{ family: 'lock', args: {} }],
    threads: Array.from({ length: threads }, () => calls),
  };
}

/** Numbers from 0 to `below` - 1, the same ones for the same seed (Marsaglia's xorshift32). */
export function generator(seed: number): (below: number) => number {
  let x = seed | 0 || 1;
  return (below) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (((x >>> 0) * below) / 4294967296) >>> 0;
  };
}

/**
 * What a correct lock shows of a {@link mutexProgram} under random scheduling: each call begins,
 * takes effect and returns at moments of its own; an acquire that finds the lock held sleeps until
 * it is free, and may then find it held again.
 */
export function mutexHistory(program: Program, draw: (below: number) => number): History {
  const history: HistoryEvent[] = [];
  const threads = program.threads.map(() => ({ position: 0, stage: 'between' }));
  let held = false;
  for (;;) {
    const able = threads.flatMap(({ position, stage }, thread) => {
      const done = position === program.threads[thread]?.length;
      return done || (stage === 'asleep' && held) ? [] : [thread];
    });
    const thread = able[draw(able.length)];
    if (thread === undefined) return history;
    const own = threads[thread] as (typeof threads)[number];
    const acquires = program.threads[thread]?.[own.position]?.method === 'acquire';
    if (own.stage === 'between') {
      history.push({ type: 'call', thread, call: own.position, at: 0 });
      own.stage = 'called';
    } else if (own.stage === 'decided') {
      history.push({ type: 'end', thread, outcome: { returns: acquires ? true : undefined }, at: 0 });
      own.stage = 'between';
      own.position++;
    } else if (acquires && held) {
      if (own.stage === 'called') history.push({ type: 'blocked', thread, at: 0 });
      own.stage = 'asleep';
    } else {
      held = acquires;
      own.stage = 'decided';
    }
  }
}
