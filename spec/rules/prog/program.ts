import { exits, type OutputCheck, silent } from '../../output/checks.ts';
import type { ProgramExample } from '../../output.ts';

/** A program that ends well, complains of nothing, and shows this. */
export function program(title: string, name: string, ...shows: readonly OutputCheck[]): ProgramExample {
  return { title, program: name, shows: [...shows, silent, exits(0)] };
}
