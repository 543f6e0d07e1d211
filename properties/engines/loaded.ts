import type { Implementation, ProvidedFamily } from '../../impl/implementation.ts';
import type { Outcome } from '../../spec/history.ts';
import type { Args, Call, Exit, Family, ObjectSpec } from '../../spec/program.ts';
import { isCell, openCell } from './cell.ts';
import { messageOf, nameOf } from './shown.ts';

/** An adapter of whichever family. */
type AnyAdapter = {
  readonly create: (args?: Args) => unknown;
  readonly open: (memory: unknown) => unknown;
} & Readonly<Record<string, ((object: unknown, args: Args) => unknown) | undefined>>;

/** Which way a with-statement is made, where an implementation offers two. */
export type WithForm = 'body' | 'guard';

/** An implementation in one thread, ready to be called. */
export class Loaded {
  readonly #implementation: Implementation;
  readonly #families: readonly Family[];
  readonly #form: WithForm;

  /** @param families of the program's objects, by position. */
  constructor(implementation: Implementation, families: readonly Family[], form: WithForm) {
    this.#implementation = implementation;
    this.#families = families;
    this.#form = form;
  }

  /** Makes an object: what is to be posted to all threads. */
  create({ family, args }: ObjectSpec): unknown {
    if (isCell(family)) return new SharedArrayBuffer(4);
    const { create } = this.#adapter(family);
    if (takesArguments(family)) return create({ ...args });
    if (Object.keys(args).length === 0) return create();
    // JavaScript drops surplus arguments; a constructor that declares none is the one that refuses them.
    if (create.length === 0) throw new TypeError('the constructor takes no arguments');
    return create({ ...args });
  }

  /** Opens an object in this thread. */
  open({ family }: ObjectSpec, memory: unknown): unknown {
    return isCell(family) ? openCell(memory) : this.#adapter(family).open(memory);
  }

  /** Makes a call. */
  invoke(call: Call, object: unknown): unknown {
    const family = this.#families[call.object] as Family;
    const mapped = isCell(family) ? undefined : this.#adapter(family)[call.method];
    if (mapped !== undefined) return mapped(object, { ...call.args });
    const method = (object as Record<string, (args?: Args) => unknown>)[call.method];
    if (typeof method !== 'function') throw new TypeError(`${family} has no method '${call.method}'`);
    for (const _ in call.args) return method.call(object, { ...call.args });
    return method.call(object);
  }

  /** Whether a method of an opened object can be called. */
  offers(family: ProvidedFamily, method: string, object: unknown): boolean {
    if (this.#adapter(family)[method] !== undefined) return true;
    try {
      return typeof (object as Record<string, unknown> | null | undefined)?.[method] === 'function';
    } catch {
      return false;
    }
  }

  /** Runs a with-statement on an object. */
  statement(_call: Call, object: unknown, body: (value: unknown) => unknown, exit: Exit): unknown {
    const adapter = this.#implementation.with;
    if (this.#form === 'body' && adapter?.body !== undefined) return adapter.body(object as never, body);
    if (this.#form === 'guard' && adapter?.guard !== undefined) {
      return guarded(() => adapter.guard?.(object as never) as Disposable, body, exit);
    }
    throw new TypeError(`the implementation provides no with.${this.#form}`);
  }

  /** What a thrown value is by the documentation's names. Whatever it is, this does not throw. */
  errorOutcome(thrown: unknown): Outcome {
    const message = messageOf(thrown);
    for (const [kind, own] of Object.entries(this.#implementation.errors ?? {})) {
      if (isOwn(thrown, own)) return { raises: kind, message };
    }
    return { raises: nameOf(thrown), message };
  }

  #adapter(family: Family): AnyAdapter {
    const adapter = this.#implementation[family as ProvidedFamily];
    if (adapter === undefined) throw new TypeError(`the implementation does not provide ${family}`);
    return adapter as unknown as AnyAdapter;
  }
}

/** True for the families whose constructors have arguments in the documentation. */
function takesArguments(family: Family): boolean {
  return family === 'sem' || family === 'bsem';
}

/** Whether the thrown value is of a kind that the implementation names itself. */
function isOwn(thrown: unknown, own: NonNullable<Implementation['errors']>[string]): boolean {
  if (typeof own === 'string') return nameOf(thrown) === own;
  try {
    return thrown instanceof own;
  } catch {
    return false;
  }
}

/** What `using` does, with every way out of the block that the language has; Node 22 has no `using`. */
function guarded(enter: () => Disposable, body: (value: unknown) => unknown, exit: Exit): unknown {
  for (const turn of [0, 1]) {
    if (turn === 1) return undefined;
    const guard = enter();
    try {
      const value = body(true);
      if (exit === 'break') break;
      if (exit === 'continue') continue;
      if (exit === 'return') return value;
    } finally {
      guard[Symbol.dispose]();
    }
  }
  return undefined;
}
