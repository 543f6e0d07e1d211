/** Operations of `Atomics`, also where they are called by other names. */
export const operations: ReadonlySet<string> = new Set([
  'load',
  'store',
  'add',
  'sub',
  'and',
  'or',
  'xor',
  'exchange',
  'compareExchange',
  'wait',
  'waitAsync',
  'notify',
]);

/** Kinds of elements of a `DataView`, and how many bytes they have. */
export const widths = {
  Int8: 1,
  Uint8: 1,
  Int16: 2,
  Uint16: 2,
  Float16: 2,
  Int32: 4,
  Uint32: 4,
  Float32: 4,
  Float64: 8,
  BigInt64: 8,
  BigUint64: 8,
} as const;

/** Methods of arrays that call a function with each element: how many arguments stand before the element. */
export const visitors = {
  every: 0,
  filter: 0,
  find: 0,
  findIndex: 0,
  findLast: 0,
  findLastIndex: 0,
  forEach: 0,
  map: 0,
  reduce: 1,
  reduceRight: 1,
  some: 0,
} as const;

/** Names of methods that may touch shared memory. */
export const methods: ReadonlySet<string> = new Set([
  ...operations,
  ...Object.keys(widths).flatMap((kind) => [`get${kind}`, `set${kind}`]),
  ...Object.keys(visitors),
  'at',
  'copyWithin',
  'decode',
  'encodeInto',
  'entries',
  'fill',
  'from',
  'includes',
  'indexOf',
  'join',
  'lastIndexOf',
  'reverse',
  'set',
  'slice',
  'sort',
  'toLocaleString',
  'toReversed',
  'toSorted',
  'values',
  'with',
]);

/** Constructors that copy the elements of a view that they are given. */
export const views = /^(?:(?:Big)?(?:Int|Uint)|Float)(?:8|8Clamped|16|32|64)Array$/u;
