/**
 * The slots that a class and those that it extends declare: `static slots = ['name']`.
 * @throws TypeError if that is no array of strings.
 */
export function slotNames(declaring: unknown): readonly string[] {
  const names: string[] = [];
  for (let Class = declaring; typeof Class === 'function'; Class = Object.getPrototypeOf(Class)) {
    if (Object.hasOwn(Class, 'slots')) names.unshift(...checkedNames((Class as { slots?: unknown }).slots));
  }
  return [...new Set(names)];
}

function checkedNames(slots: unknown): readonly string[] {
  if (Array.isArray(slots) && slots.every((name) => typeof name === 'string')) return slots;
  throw new TypeError('the slots of a Local are an array of names');
}
