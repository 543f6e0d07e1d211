import { readFileSync, writeFileSync } from 'node:fs';

/*
 * Keeps the table of the smallest counterexamples that are known of mutants:
 *   lockproof mutants --format json | npm run --silent smallest
 * takes over what is smaller than what the table has, and what it does not have.
 */

type Size = readonly [calls: number, threads: number, preemptions: number];

interface Killed {
  readonly record: string;
  readonly mutant: string;
  readonly family: string;
  readonly calls: number;
  readonly threads: number;
  readonly preemptions: number;
  readonly killed: boolean;
  readonly observe: string;
}

const path = new URL('../fixtures/mutants/smallest.json', import.meta.url);
const table = new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Size>));
for (const line of readFileSync(0, 'utf8').split('\n')) {
  if (line === '') continue;
  const { record, mutant, family, killed, observe, ...size } = JSON.parse(line) as Killed;
  if (record !== 'mutant' || !killed || !['race', 'liveness'].includes(observe)) continue;
  const key = `${family}/${mutant}`;
  const found: Size = [size.calls, size.threads, size.preemptions];
  const known = table.get(key);
  if (known === undefined || isSmaller(found, known)) table.set(key, found);
}
const lines = [...table]
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([key, size]) => `  ${JSON.stringify(key)}: ${JSON.stringify(size).replaceAll(',', ', ')}`);
writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`);

function isSmaller(one: Size, other: Size): boolean {
  const at = one.findIndex((value, position) => value !== other[position]);
  return at >= 0 && (one[at] as number) < (other[at] as number);
}
