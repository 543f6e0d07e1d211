import type { Method } from '../spec/specification.ts';

/** No arguments at all. */
type None = Readonly<Record<string, never>>;

interface MethodOptions<Given> {
  readonly omissible?: boolean;
  readonly omissibleArgs?: readonly (keyof Given & string)[];
}

/**
 * A method of a primitive of one's own.
 * @typeParam Given its arguments, as one object: `method<{ readonly timeout?: number }>()`. Durations are seconds.
 * @param options what an implementation may say it does not provide: the whole method (`omissible`), or arguments of
 *   it. All else it has to have.
 */
export function method(options?: MethodOptions<None>): Method<None>;
export function method<Given>(options?: MethodOptions<Given>): Method<Given>;
export function method<Given>(options: MethodOptions<Given> = {}): Method<Given> {
  const { omissible = false, omissibleArgs = [] } = options;
  return { kind: 'method', omissible, omissibleArgs };
}

/**
 * An attribute of a primitive of one's own: a property that is read, or a method without arguments.
 * @param options `omissible`: an implementation may say that it does not provide it.
 */
export function attribute(options: { readonly omissible?: boolean } = {}): Method<None> {
  return { kind: 'attribute', omissible: options.omissible ?? false, omissibleArgs: [] };
}
