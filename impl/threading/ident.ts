interface NodeGlobals {
  readonly process?: { getBuiltinModule?(id: 'node:worker_threads'): { readonly threadId: number } };
}

/** Idents are below this, so that words that hold one have room for marks. */
export const idents: number = 2 ** 29;

/**
 * A number that no other living thread of the process has: from 1 to 2^29 - 1.
 *
 * Threads that the library starts have numbers of their own, see {@link setIdent}. In Node it is else the worker's
 * `threadId` plus one (main's is 0), never used twice. Elsewhere workers have no number of their own, and draw one.
 *
 * It changes where one worker runs several threads, one after the other: read it when it is needed.
 */
export let ident: number = identOf(
  (globalThis as NodeGlobals).process?.getBuiltinModule?.('node:worker_threads')?.threadId,
);

/** From now on, another thread runs in this worker. */
export function setIdent(number: number): void {
  ident = number;
}

function identOf(threadId: number | undefined): number {
  if (threadId !== undefined) return threadId + 1;
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + (drawn % (idents - 1));
}
