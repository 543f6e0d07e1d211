interface NodeGlobals {
  readonly process?: { getBuiltinModule?(id: 'node:worker_threads'): { readonly threadId: number } };
}

/** Above every `threadId` of Node, below 2^30. */
const drawnIdents = 2 ** 29;

/**
 * A number that no other living thread of the process has: from 1 to 2^30 - 1.
 *
 * In Node the worker's `threadId` plus one (main's is 0), never used twice. Elsewhere workers have no
 * number of their own, and draw one of 2^29.
 */
export const ident: number = identOf(
  (globalThis as NodeGlobals).process?.getBuiltinModule?.('node:worker_threads')?.threadId,
);

function identOf(threadId: number | undefined): number {
  if (threadId !== undefined) return threadId + 1;
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawnIdents + (drawn % drawnIdents);
}
