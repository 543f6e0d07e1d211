// Whoever looks for replaced builtins must not use them.
const { getOwnPropertyDescriptor, getPrototypeOf, is } = Object;
const { ownKeys } = Reflect;

interface Builtin {
  readonly owner: object;
  readonly key: string | symbol;
  readonly name: string;
  readonly descriptor: PropertyDescriptor;
}

/** The builtins that the engines' own code in an implementation's thread relies on, as they were. */
const builtins: readonly Builtin[] = Object.entries({
  Array,
  'Array.prototype': Array.prototype,
  'Function.prototype': Function.prototype,
  'Int32Array.prototype': Int32Array.prototype,
  'TypedArray.prototype': getPrototypeOf(Int32Array.prototype) as object,
  JSON,
  'Map.prototype': Map.prototype,
  Math,
  Object,
  Reflect,
  'Set.prototype': Set.prototype,
  'String.prototype': String.prototype,
  'WeakMap.prototype': WeakMap.prototype,
}).flatMap(([ownerName, owner]) =>
  ownKeys(owner).map((key) => ({
    owner,
    key,
    name: `${ownerName}.${String(key)}`,
    descriptor: getOwnPropertyDescriptor(owner, key) as PropertyDescriptor,
  })),
);

const inherited = ownKeys(Object.prototype).length;

/**
 * The name of a builtin that is not what it was when this module was loaded, if there is one:
 * nothing that happens in this thread can be trusted then. New properties beside the builtins'
 * own are accepted, except on `Object.prototype`, where every object has them.
 */
export function replacedBuiltin(): string | undefined {
  for (let position = 0; position < builtins.length; position++) {
    const { owner, key, name, descriptor } = builtins[position] as Builtin;
    const now = getOwnPropertyDescriptor(owner, key);
    if (now === undefined || !is(now.value, descriptor.value) || now.get !== descriptor.get) return name;
  }
  const keys = ownKeys(Object.prototype);
  return keys.length === inherited ? undefined : `Object.prototype.${String(keys[keys.length - 1])}`;
}
