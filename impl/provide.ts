import type { Method, Specification } from '../spec/specification.ts';

/** Literal types as the types they are of: what is written as 1 may be any number. */
export type Widened<T> = T extends number
  ? number
  : T extends string
    ? string
    : T extends boolean
      ? boolean
      : T extends object
        ? { readonly [K in keyof T]: Widened<T[K]> }
        : T;

/** A specification whose methods and constructors are known to the compiler. */
export interface TypedSpecification<Methods, Constructor> extends Specification {
  readonly methods: Methods & Specification['methods'];
  readonly constructors: readonly (Constructor & Specification['constructors'][number])[];
}

/** The arguments of a method, as one object. */
export type GivenTo<M> = M extends Method<infer Given> ? Given : never;

/**
 * How a primitive of one's own is reached, as {@link Adapter} says it of those of the documentation: `create` runs
 * once, what it returns is posted to every thread, where `open` makes of it the object whose methods are called.
 */
export type OwnAdapter<Methods, Constructor, Memory, Opened> = {
  readonly create: (args: Widened<Constructor>) => Memory;
  readonly open: (memory: Memory, args: Widened<Constructor>) => Opened;
} & { readonly [M in keyof Methods]?: (object: Opened, args: GivenTo<Methods[M]>) => unknown };

/** A primitive of one's own, and how an implementation of it is reached. */
export interface Provided {
  readonly specification: Specification;
  readonly adapter: AnyAdapter;
}

/** An adapter of whichever family. */
export type AnyAdapter = {
  readonly create: (args?: Readonly<Record<string, unknown>>) => unknown;
  readonly open: (memory: unknown, args: Readonly<Record<string, unknown>>) => unknown;
} & Readonly<
  Record<string, ((object: unknown, args: Readonly<Record<string, unknown>>) => unknown) | undefined>
>;

/**
 * Says how an implementation of a primitive of one's own is reached.
 *
 * ```ts
 * export default defineImplementation({
 *   name: 'my latch',
 *   own: [
 *     provide(latch, {
 *       create: ({ count }) => MyLatch.allocate(count),
 *       open: (memory) => new MyLatch(memory),
 *     }),
 *   ],
 * });
 * ```
 * @param specification as `defineSpecification` returned it, from a module of its own.
 * @param adapter `create` first, then `open`, then the methods that are not the object's own of the same name.
 */
export function provide<Methods, Constructor, Memory, Opened>(
  specification: TypedSpecification<Methods, Constructor>,
  adapter: OwnAdapter<Methods, Constructor, Memory, Opened>,
): Provided {
  return { specification, adapter: adapter as unknown as AnyAdapter };
}
