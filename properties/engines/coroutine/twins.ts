/** Where a function's twin is. */
export const twin: unique symbol = Symbol('twin');

/** What a twin does, up to where another thread goes on. */
export type Running = Generator<undefined, unknown>;

/** A function's body, which stops where another thread goes on. */
export type Twin = (this: unknown, ...given: readonly unknown[]) => Running;

/** A function that may have a twin. */
export type Twinned = ((...given: readonly unknown[]) => unknown) & { readonly [twin]?: Twin };

/** The twin of a function, if it is one that has any. */
export function twinOf(fn: unknown): Twin | undefined {
  return (fn as Twinned | null | undefined)?.[twin];
}

/** Gives a function a twin. */
export function tie<T extends object>(fn: T, own: Twin): T {
  // Functions are shared by reference only: their twins need not be seen by whoever lists properties.
  Object.defineProperty(fn, twin, { value: own, configurable: true });
  return fn;
}

/** A function that knows its twin. */
export function pair(make: (own: Twin) => object, own: Twin): object {
  const fn = make(own) as { [twin]?: Twin };
  // Closures are made again and again: to define a property that nobody sees takes several times as long.
  fn[twin] = own;
  return fn;
}

/** Names of all accessors that have twins: to look for one where there is none takes time. */
const accessors = new Set<PropertyKey>();

/** Gives a member its twin, which stands beside it under a symbol. */
export function tieMember(
  home: object,
  name: PropertyKey,
  kind: 'method' | 'get' | 'set',
  symbol: symbol,
  wrap: (body: Twin) => Twin = (body) => body,
): Twin {
  const own = wrap(takeMember(home, symbol));
  const descriptor = Object.getOwnPropertyDescriptor(home, name);
  const fn: unknown = kind === 'method' ? descriptor?.value : descriptor?.[kind];
  if (typeof fn === 'function') tie(fn, own);
  if (kind !== 'method') accessors.add(name);
  return own;
}

/** Takes away what stands beside a member under a symbol. */
export function takeMember(home: object, symbol: symbol): Twin {
  const member = (home as Record<symbol, Twin>)[symbol] as Twin;
  Reflect.deleteProperty(home, symbol);
  return member;
}

/** The twin of the function that reads a property, if there is one. */
export function getter(object: unknown, name: PropertyKey): Twin | undefined {
  return accessors.has(name) ? twinOf(memberOf(object, name, 'get')) : undefined;
}

/** The twin of the function that writes a property, if there is one. */
export function setter(object: unknown, name: PropertyKey): Twin | undefined {
  return accessors.has(name) ? twinOf(memberOf(object, name, 'set')) : undefined;
}

function memberOf(object: unknown, name: PropertyKey, kind: 'get' | 'set'): unknown {
  for (
    let home = object as object | null | undefined;
    home !== null && home !== undefined;
    home = Object.getPrototypeOf(home) as object | null
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(home, name);
    if (descriptor !== undefined) return descriptor[kind];
  }
  return undefined;
}

/** Calls a function by its twin, if it has one. */
export function* invoke(fn: unknown, self: unknown, given: readonly unknown[]): Running {
  const own = twinOf(fn);
  if (own === undefined) return Reflect.apply(fn as Twinned, self, given);
  return yield* own.apply(self, [...given]);
}
