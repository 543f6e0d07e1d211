/**
 * Every shared memory in a value, in the order of a walk through its arrays, objects, maps and
 * sets: the same order in every thread to which the value was posted.
 */
export function memoriesIn(value: unknown): readonly SharedArrayBuffer[] {
  const memories = new Set<SharedArrayBuffer>();
  const seen = new Set<unknown>();
  visit(value);
  return [...memories];

  function visit(part: unknown): void {
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    if (part instanceof SharedArrayBuffer) memories.add(part);
    else if (ArrayBuffer.isView(part)) visit(part.buffer);
    else if (part instanceof Map) for (const entry of part) visit(entry);
    else if (part instanceof Set || Array.isArray(part)) for (const element of part) visit(element);
    else for (const property of Object.values(part)) visit(property);
  }
}
