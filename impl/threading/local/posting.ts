/*
 * A Proxy cannot be posted. So before anything is posted for a thread, Locals in it are replaced by what can be posted
 * for them: deep in arrays, plain objects, Maps and Sets, where `revive` finds them again. What has no
 * Local in it is posted as it is; else its containers are copied, each once, so that what was one object
 * twice still is.
 */

/** What is posted for an object; undefined: the object itself. */
type Handles = (value: object) => object | undefined;

let handleOf: Handles = () => undefined;

/** From now on, {@link postable} replaces objects by this. */
export function postsBy(handles: Handles): void {
  handleOf = handles;
}

/** What can be posted instead of a value. @throws TypeError for a Local of a class without a name for other threads. */
export function postable<T>(value: T): T {
  return hasUnpostable(value, new Set()) ? (replaced(value, new Map()) as T) : value;
}

function hasUnpostable(value: unknown, seen: Set<object>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  if (handleOf(value) !== undefined) return true;
  return partsOf(value).some((part) => hasUnpostable(part, seen));
}

function partsOf(value: object): readonly unknown[] {
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return [...value];
  return isPlain(value) ? Object.values(value) : [];
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function replaced(value: unknown, done: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = done.get(value) ?? handleOf(value);
  if (known !== undefined) {
    done.set(value, known);
    return known;
  }
  if (value instanceof Map) {
    const copy = new Map();
    done.set(value, copy);
    for (const [key, one] of value) copy.set(replaced(key, done), replaced(one, done));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set();
    done.set(value, copy);
    for (const one of value) copy.add(replaced(one, done));
    return copy;
  }
  if (!isPlain(value)) return value;
  const copy = Array.isArray(value) ? new Array(value.length) : {};
  done.set(value, copy);
  for (const [key, one] of Object.entries(value))
    (copy as Record<string, unknown>)[key] = replaced(one, done);
  return copy;
}
