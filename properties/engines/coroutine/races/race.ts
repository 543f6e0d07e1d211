/** Where in an implementation an access stands. */
export interface Place {
  /** Path of the file. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1; 0 where only the line is known. */
  readonly column: number;
  /** The nearest function around it that has a name, a method with its class; empty if there is none. */
  readonly function: string;
}

/** One of the two accesses of a race. */
export interface Access extends Place {
  readonly thread: number;
  readonly access: 'read' | 'write';
  /** By an operation of `Atomics`. */
  readonly atomic: boolean;
}

/**
 * Two accesses to the same byte by different threads, at least one a write, at least one plain, that nothing orders:
 * a data race in the sense of ECMAScript's memory model.
 */
export interface Race {
  /** The one that came first in the execution that showed it. */
  readonly first: Access;
  readonly second: Access;
  /** Which of the implementation's memories, from 1. */
  readonly memory: number;
  /** The first byte that both touch. */
  readonly byte: number;
  /** The execution that showed it, by position in its batch. */
  readonly execution: number;
}
