import type { Schedule } from './engines/controlled/schedule.ts';

/** A seed for one part of a run: it depends on the run's seed and the part's name alone. */
export function seedFor(seed: number, part: string): number {
  let hash = seed | 0;
  for (let position = 0; position < part.length; position++) {
    hash = Math.imul(hash ^ part.charCodeAt(position), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash | 0;
}

/** Random and PCT schedules, all different. */
export function schedulesFor(seed: number, random: number, pct: number): readonly Schedule[] {
  const uniform = Array.from({ length: random }, (_, n): Schedule => ({
    kind: 'random',
    seed: (seed + n) | 0,
  }));
  const prioritised = Array.from({ length: pct }, (_, n): Schedule => ({
    kind: 'pct',
    seed: (seed - 1 - n) | 0,
    depth: 1 + (n % 3),
  }));
  return [...uniform, ...prioritised];
}
