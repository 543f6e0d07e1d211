/**
 * Which of two values comes first, as Python compares numbers, strings and tuples: arrays element by element,
 * and the shorter first where one begins with the other.
 * @returns below 0, 0 or above 0; undefined if they cannot be compared.
 */
export function comparison(one: unknown, other: unknown): number | undefined {
  if (Array.isArray(one) && Array.isArray(other)) return comparisonOfArrays(one, other);
  if (isNumeric(one) && isNumeric(other)) return comparisonOfAtoms(Number(one), Number(other));
  if (typeof one === 'string' && typeof other === 'string') return comparisonOfAtoms(one, other);
  return undefined;
}

function comparisonOfArrays(one: readonly unknown[], other: readonly unknown[]): number | undefined {
  for (const [position, element] of one.entries()) {
    if (position >= other.length) return 1;
    const order = isSame(element, other[position]) ? 0 : comparison(element, other[position]);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** Equal elements need no order, whatever they are. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function comparisonOfAtoms<T extends number | string>(one: T, other: T): number | undefined {
  if (one < other) return -1;
  if (one > other) return 1;
  return one === other ? 0 : undefined;
}

/** Python's booleans are the numbers 0 and 1. */
function isNumeric(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}
