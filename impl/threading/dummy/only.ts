/**
 * What a primitive's `from` does where nothing is posted: it takes the primitive itself.
 * @throws TypeError if it is another.
 */
export function only<T extends object>(Class: abstract new (...args: never) => T, given: unknown): T {
  if (given instanceof Class) return given;
  throw new TypeError(`${Class.name}.from takes a ${Class.name}: without shared memory nothing is posted`);
}
