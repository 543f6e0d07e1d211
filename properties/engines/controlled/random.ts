import { type Control, cells } from './layout.ts';

/**
 * A number from 0 to `below` - 1 from the execution's generator (Marsaglia's xorshift32), whose
 * state is in shared memory because any thread may be the one to decide.
 */
export function draw(control: Control, below: number): number {
  let x = control.get(cells.random);
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  control.set(cells.random, x);
  return (((x >>> 0) * below) / 4294967296) >>> 0;
}

/** Sets the generator; neighbouring seeds begin far apart (murmur3's finalizer). */
export function seedRandom(control: Control, seed: number): void {
  let h = seed | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  control.set(cells.random, h === 0 ? 0x9e3779b9 : h);
}
