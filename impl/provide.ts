import type { Args } from '../spec/program.ts';
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
export interface TypedSpecification<
  Methods extends Readonly<Record<string, Method>>,
  Constructor extends Args,
> extends Specification {
  readonly methods: Methods;
  readonly constructors: readonly Constructor[];
}

/** The arguments of a method, as one object. */
export type GivenTo<M> = M extends Method<infer Given> ? Given : never;

/** How an object of a primitive of one's own is made and opened, as {@link Adapter} says it of the documentation's. */
export interface OwnAdapter<Constructor, Memory, Opened> {
  /** Runs once, in one thread; what it returns is posted to every thread. */
  readonly create: (args: Widened<Constructor>) => Memory;
  /** Makes of it, in every thread, the object whose methods are called. */
  readonly open: (memory: Memory, args: Widened<Constructor>) => Opened;
}

/** How methods are called that are not the object's own of the same name. */
export type OwnCalls<Methods, Opened> = {
  readonly [M in keyof Methods]?: (object: Opened, args: GivenTo<Methods[M]>) => unknown;
};

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
 * @param adapter `create` first, then `open`.
 * @param calls methods that are not the object's own of the same name, called with their arguments as one object.
 */
export function provide<
  Methods extends Readonly<Record<string, Method>>,
  Constructor extends Args,
  Memory,
  Opened,
>(
  specification: TypedSpecification<Methods, Constructor>,
  adapter: OwnAdapter<Constructor, Memory, Opened>,
  calls: OwnCalls<Methods, Opened> = {},
): Provided {
  return { specification, adapter: { ...calls, ...adapter } as unknown as AnyAdapter };
}
