/**
 * What a primitive looks like after it was posted to another thread: its class's name and its
 * memory. `Lock.from(handle)` and its likes make it the same primitive there.
 */
export interface Handle {
  readonly primitive: string;
  readonly memory: Int32Array<SharedArrayBuffer>;
}

/**
 * Refuses anything that is not the handle of a primitive of this class.
 * @throws TypeError with what was given instead.
 */
function checkHandle(primitive: string, handle: unknown): asserts handle is Handle {
  const given = handle as Partial<Handle> | null | undefined;
  if (given?.primitive === primitive && given.memory?.buffer instanceof SharedArrayBuffer) return;
  throw new TypeError(
    `${primitive}.from takes a ${primitive} that was posted to this thread, not ${given?.primitive ?? typeof handle}`,
  );
}

/** Refuses arguments where a constructor takes none (`lock.new.class`). */
export function refuseArguments(primitive: string, given: readonly unknown[]): void {
  if (given.length > 0) throw new TypeError(`${primitive} takes no arguments, ${given.length} given`);
}

/** The primitive of this class on the handle's memory. @throws TypeError if the handle is of another. */
export function adopt<T extends Handle>(primitive: string, prototype: T, handle: Handle): T {
  checkHandle(primitive, handle);
  return Object.assign(Object.create(prototype) as T, { primitive, memory: handle.memory });
}
