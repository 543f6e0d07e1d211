import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Figure, figure, median } from './figure.ts';

const processes = 7;
const colds = 20;
const kept = 1000;
const countdowns = 7;
const counted = 50_000_000;

/** Milliseconds that starting and joining took, as one process measured it. */
interface Starts {
  readonly first: number;
  readonly cold: readonly number[];
  readonly idle: readonly number[];
}

/** What threads of the reference cost, and what two of them gain on two cores. */
export function benchThreads(): readonly Figure[] {
  const runs = Array.from(
    { length: processes },
    () => JSON.parse(run('./threads/starts.mjs', String(colds), String(kept))) as Starts,
  );
  const ratios = Array.from({ length: countdowns }, () => ratioIn(run(countdown, String(counted))));
  return [
    figure(
      'first thread of a process, start + join',
      'ms',
      runs.map(({ first }) => first),
      { atMost: 45 },
    ),
    figure(
      'thread in a new worker, start + join',
      'ms',
      runs.map(({ cold }) => median(cold)),
      { atMost: 45 },
    ),
    figure(
      'thread in a kept worker, start + join',
      'ms',
      runs.map(({ idle }) => median(idle)),
    ),
    figure('countdown of 50,000,000, one thread against two', 'x', ratios),
  ];
}

/** The program of the catalogue, compiled. */
const countdown = '../dist/fixtures/programs/countdown.js';

function run(module: string, ...args: readonly string[]): string {
  const file = fileURLToPath(new URL(module, import.meta.url));
  return execFileSync(process.execPath, [file, ...args], { encoding: 'utf8' });
}

function ratioIn(output: string): number {
  const found = /^ratio (\d+\.\d+)$/m.exec(output)?.[1];
  if (found === undefined) throw new Error(`the countdown says no ratio: ${output}`);
  return Number(found);
}
