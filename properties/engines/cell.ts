import type { Family } from '../../spec/program.ts';

/** True for the one family that the engines bring along themselves. */
export function isCell(family: Family): family is 'cell' {
  return family === 'cell';
}

/** One number that threads share. */
export interface Cell {
  read(): number;
  write(args: { value: number }): void;
  /** Reads and writes in two steps. @returns what it wrote. */
  increment(): number;
}

/** Plain shared memory: what a program writes there under a lock has to be seen under it. */
export function openCell(memory: unknown): Cell {
  const words = new Int32Array(memory as SharedArrayBuffer);
  return {
    read: () => words[0] as number,
    write: ({ value }) => {
      words[0] = value;
    },
    increment: () => Atomics.store(words, 0, Atomics.load(words, 0) + 1),
  };
}
