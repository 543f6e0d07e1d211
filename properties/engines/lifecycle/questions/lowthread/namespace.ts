/** A function whose arguments are whatever an example gives. */
export type Fn = (...given: readonly unknown[]) => unknown;

/** A lock, as far as it is asked by name. */
export type LockLike = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

/** The low-level functions, as far as they are asked here. */
export interface LowLevel {
  startNewThread(this: void, ...given: readonly unknown[]): unknown;
  startNew(this: void, ...given: readonly unknown[]): unknown;
  exit(this: void): never;
  interruptMain(this: void, signum?: unknown): unknown;
  allocateLock(this: void): LockLike;
  allocate(this: void): LockLike;
  readonly LockType: new () => object;
  _count(this: void): unknown;
}

/** The low-level functions that a question is put to. */
export function lowLevel(namespace: unknown): LowLevel {
  return namespace as LowLevel;
}
