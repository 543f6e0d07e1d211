import type { Program } from '../spec/program.ts';
import { callKey } from '../spec/judge/configuration.ts';
import { NumberSet } from './numberSet.ts';

/** Which interleavings of which programs a run has seen. */
export class Interleavings {
  readonly #seen = new Map<string, NumberSet>();

  /**
   * Remembers one; true if it was not known.
   * @param rule for interleavings that are counted for this rule alone.
   */
  add(program: Program, interleaving: number, rule = ''): boolean {
    const key = `${rule} ${keyOf(program)}`;
    let seen = this.#seen.get(key);
    if (seen === undefined) {
      seen = new NumberSet();
      this.#seen.set(key, seen);
    }
    return seen.add(interleaving);
  }
}

const keys = new WeakMap<Program, string>();

/** A text that is the same for the same program. */
export function keyOf(program: Program): string {
  let key = keys.get(program);
  if (key === undefined) {
    const objects = program.objects.map(
      ({ family, args }) => `${family}${Object.entries(args).map(String).join(';')}`,
    );
    key = `${objects.join()} ${program.threads.map((calls) => calls.map(callKey).join()).join('|')}`;
    keys.set(program, key);
  }
  return key;
}
