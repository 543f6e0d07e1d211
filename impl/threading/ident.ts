interface NodeGlobals {
  readonly process?: { getBuiltinModule?(id: 'node:worker_threads'): { readonly threadId: number } };
}

/** Idents are below this, so that words that hold one have room for marks. */
const idents = 2 ** 29;

/**
 * A number that no other living thread of the process has: from 1 to 2^29 - 1.
 *
 * In Node the worker's `threadId` plus one (main's is 0), never used twice. Elsewhere workers have no
 * number of their own, and draw one.
 */
export const ident: number = identOf(
  (globalThis as NodeGlobals).process?.getBuiltinModule?.('node:worker_threads')?.threadId,
);

function identOf(threadId: number | undefined): number {
  if (threadId !== undefined) return threadId + 1;
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + (drawn % (idents - 1));
}
