import { RuntimeError } from '../errors.ts';

/** What Node has for threads; undefined where the library runs in a page. */
export const node = builtins();

/** What Node has for threads. */
export type Node = NonNullable<ReturnType<typeof builtins>>;
/** Node's own thread, that the library makes one of its own. */
export type NodeWorker = InstanceType<Node['threads']['Worker']>;

// Not by import: that would fail in pages, where all else of the library works.
function builtins() {
  const { process } = globalThis as Partial<typeof globalThis>;
  if (process?.getBuiltinModule === undefined) return undefined;
  return {
    process,
    threads: process.getBuiltinModule('node:worker_threads'),
    fs: process.getBuiltinModule('node:fs'),
    util: process.getBuiltinModule('node:util'),
    module: process.getBuiltinModule('node:module'),
    url: process.getBuiltinModule('node:url'),
  };
}

/** What Node has for threads. @throws RuntimeError in a page. */
export function needNode(): Node {
  if (node !== undefined) return node;
  throw new RuntimeError('threads need Node; where there is none, there is dummy_threading');
}
