import { awaits } from './promises/awaiting.ts';
import { invoke, type Twinned } from './twins.ts';

/** What a disposer is, and whether its end is waited for. */
interface Resource {
  readonly value: unknown;
  /** Undefined: there is nothing to dispose of, but the block waits all the same. */
  readonly dispose: Twinned | undefined;
  readonly isAsync: boolean;
  /** An asynchronous block disposes of what is synchronous: what its disposer returns is not waited for. */
  readonly isWrapped: boolean;
}

/**
 * What the `using` declarations of a block hold, written as `try` and `finally`: disposers may stop for other threads, and
 * Node 22 has no `using`. What happens on which way out is in ECMAScript's DisposeResources.
 */
class Resources {
  readonly #resources: Resource[] = [];
  /** What the block, or a disposer since, has thrown. */
  #thrown: { readonly error: unknown } | undefined;

  /** A declaration of `using`. @throws TypeError if there is no disposer. */
  use(value: unknown): unknown {
    if (value === null || value === undefined) return value;
    const dispose = disposerOf(value, Symbol.dispose);
    if (dispose === undefined) throw notDisposable('Symbol.dispose');
    this.#resources.push({ value, dispose, isAsync: false, isWrapped: false });
    return value;
  }

  /** A declaration of `await using`. @throws TypeError if there is no disposer. */
  useAsync(value: unknown): unknown {
    if (value === null || value === undefined) {
      this.#resources.push({ value, dispose: undefined, isAsync: true, isWrapped: false });
      return value;
    }
    const own = disposerOf(value, Symbol.asyncDispose);
    const dispose = own ?? disposerOf(value, Symbol.dispose);
    if (dispose === undefined) throw notDisposable('Symbol.asyncDispose');
    this.#resources.push({ value, dispose, isAsync: true, isWrapped: own === undefined });
    return value;
  }

  /** The block has thrown this. */
  fail(error: unknown): void {
    this.#thrown = { error };
  }

  /** Disposes of everything, last things first. @throws what was thrown, with what it suppressed. */
  *close(): Generator<unknown, void> {
    let needsTurn = false;
    let hadTurn = false;
    for (const resource of this.#resources.splice(0).toReversed()) {
      if (!resource.isAsync && needsTurn && !hadTurn) {
        yield awaits(undefined);
        needsTurn = false;
      }
      if (resource.dispose === undefined) {
        needsTurn = true;
        continue;
      }
      try {
        yield* dispose(resource);
      } catch (error) {
        this.#suppress(error);
      }
      hadTurn ||= resource.isAsync;
    }
    if (needsTurn && !hadTurn) yield awaits(undefined);
    if (this.#thrown !== undefined) throw this.#thrown.error;
  }

  #suppress(error: unknown): void {
    this.#thrown = {
      error: this.#thrown === undefined ? error : suppressed(error, this.#thrown.error),
    };
  }
}

function* dispose({ value, dispose: disposer, isAsync, isWrapped }: Resource): Generator<unknown, void> {
  if (!isAsync) {
    yield* invoke(disposer, value, []);
  } else if (!isWrapped) {
    yield awaits(yield* invoke(disposer, value, []));
  } else {
    let thrown: { readonly error: unknown } | undefined;
    try {
      yield* invoke(disposer, value, []);
    } catch (error) {
      thrown = { error };
    }
    yield awaits(undefined);
    if (thrown !== undefined) throw thrown.error;
  }
}

function disposerOf(value: unknown, symbol: symbol): Twinned | undefined {
  if (typeof value !== 'object' && typeof value !== 'function') throw notDisposable('being an object');
  const found = (value as Record<symbol, unknown>)[symbol];
  if (found === null || found === undefined) return undefined;
  if (typeof found !== 'function') throw notDisposable(String(symbol));
  return found as Twinned;
}

function notDisposable(lack: string): TypeError {
  return new TypeError(`what is declared with using cannot be disposed of: it lacks ${lack}`);
}

const says = 'An error was suppressed during disposal';

type Suppression = new (error: unknown, earlier: unknown, message?: string) => Error;

const { SuppressedError: native } = globalThis as { readonly SuppressedError?: Suppression };

function suppressed(error: unknown, earlier: unknown): Error {
  if (native !== undefined) return new native(error, earlier, says);
  const made = Object.assign(new Error(says), {
    error,
    suppressed: earlier,
  });
  return Object.defineProperty(made, 'name', { value: 'SuppressedError', configurable: true });
}

/** What a block holds, at its beginning. */
export function resources(): Resources {
  return new Resources();
}
