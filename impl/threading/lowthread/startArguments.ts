/**
 * Refuses what `startNewThread` cannot start (`lowthread.start.args-tuple`, `lowthread.start.arg-types`).
 * @throws TypeError for a function that cannot be called, args that are no array, kwargs that are no plain object.
 */
export function checkStartArguments(callable: boolean, args: unknown, kwargs: unknown): void {
  if (!callable) throw new TypeError('the first argument of startNewThread must be a function');
  if (!Array.isArray(args)) throw new TypeError(`the second argument must be an array, not ${typeof args}`);
  if (kwargs === undefined || isPlain(kwargs)) return;
  throw new TypeError('the third argument must be a plain object');
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
