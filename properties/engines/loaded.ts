import { errorKinds, type Implementation, type ProvidedFamily } from '../../impl/implementation.ts';
import { attributesOf } from '../../impl/methods.ts';
import type { AnyAdapter, Provided } from '../../impl/provide.ts';
import type { Outcome } from '../../spec/history.ts';
import { type Call, creationOrder, type Exit, type Family, type ObjectSpec } from '../../spec/program.ts';
import { isCell, openCell } from './cell.ts';
import { type CallbackStage, handedOver } from './handedOver.ts';
import { classesOf, messageOf, nameOf } from './shown.ts';
import { isThenable } from './thenable.ts';

/** Arguments as an implementation is given them. */
type Given = Readonly<Record<string, unknown>>;

/** Which way a with-statement is made, where an implementation offers two. */
export type WithForm = 'body' | 'guard';

/** An implementation in one thread, ready to be called. */
export class Loaded {
  readonly #implementation: Implementation;
  readonly #objects: readonly ObjectSpec[];
  readonly #form: WithForm;
  readonly #stage: CallbackStage;
  readonly #order: readonly number[];

  /**
   * @param objects the program's.
   * @param stage where calls of functions that are handed over are told.
   */
  constructor(
    implementation: Implementation,
    objects: readonly ObjectSpec[],
    form: WithForm,
    stage: CallbackStage,
  ) {
    this.#implementation = implementation;
    this.#objects = objects;
    this.#form = form;
    this.#stage = stage;
    this.#order = creationOrder(objects);
  }

  /**
   * Makes the objects: what is to be posted to all threads, by position.
   * @param made is told of each that could be made.
   * @throws Refusal if a constructor throws.
   */
  create(made: (position: number) => void = () => {}): readonly unknown[] {
    const created: unknown[] = [];
    const opened: unknown[] = [];
    for (const position of this.#order) {
      try {
        created[position] = this.createOne(position, opened);
        // What others are given is opened here: the thread that makes them has no other use for it yet.
        if (this.#objects.length > 1) opened[position] = this.openOne(position, created[position], opened);
      } catch (thrown) {
        throw new Refusal(position, thrown);
      }
      made(position);
    }
    return created;
  }

  /** Opens the objects in this thread. */
  open(created: readonly unknown[]): readonly unknown[] {
    const opened: unknown[] = [];
    for (const position of this.#order) {
      opened[position] = this.openOne(position, created[position], opened);
    }
    return opened;
  }

  /** What is to be posted to all threads for one object. @param opened the objects that it is given. */
  createOne(position: number, opened: readonly unknown[]): unknown {
    const { family, args } = this.#objects[position] as ObjectSpec;
    if (isCell(family)) return new SharedArrayBuffer(4);
    const { create } = this.#adapter(family);
    if (this.#takesArguments(family)) return create(this.#given(args, opened));
    if (Object.keys(args).length === 0) return create();
    // JavaScript drops surplus arguments; a constructor that declares none is the one that refuses them.
    if (create.length === 0) throw new TypeError('the constructor takes no arguments');
    return create(this.#given(args, opened));
  }

  /** One object in this thread. @param memory what was posted. @param opened the objects that it is given. */
  openOne(position: number, memory: unknown, opened: readonly unknown[]): unknown {
    const { family, args } = this.#objects[position] as ObjectSpec;
    if (isCell(family)) return openCell(memory);
    return this.#adapter(family).open(memory, this.#given(args, opened));
  }

  #given(args: ObjectSpec['args'], opened: readonly unknown[]): Given {
    for (const _ in args) return handedOver(args, opened, this.#stage);
    return {};
  }

  /**
   * Makes a call.
   * @param opened the program's objects.
   */
  invoke(call: Call, opened: readonly unknown[]): unknown {
    const mapped = this.mapped(call);
    const given = this.given(call, opened);
    const object = opened[call.object];
    if (mapped !== undefined) return mapped(object, given);
    const method = (object as Record<string, unknown>)[call.method];
    if (typeof method === 'function') {
      for (const _ in given) return method.call(object, given) as unknown;
      return method.call(object) as unknown;
    }
    if (this.isAttribute(call)) return method;
    const { family } = this.#objects[call.object] as ObjectSpec;
    if (call.method !== 'assign') throw new TypeError(`${family} has no method '${call.method}'`);
    Object.assign(object as object, given);
    return undefined;
  }

  /** Whether a call reads what is an attribute in the documentation. */
  isAttribute(call: Call): boolean {
    const { family } = this.#objects[call.object] as ObjectSpec;
    return this.#attributes(family).includes(call.method);
  }

  /** What a call is given. @param opened the program's objects. */
  given(call: Call, opened: readonly unknown[]): Given {
    return this.#given(call.args, opened);
  }

  /** The adapter's own function for a call; undefined: the object's member of that name is meant. */
  mapped(call: Call): ((object: unknown, args: Given) => unknown) | undefined {
    const { family } = this.#objects[call.object] as ObjectSpec;
    return isCell(family) ? undefined : this.#adapter(family)[call.method];
  }

  /** Whether a method of an opened object can be called, an attribute be read, or any be assigned. */
  offers(family: Family, method: string, object: unknown): boolean {
    if (this.#adapter(family)[method] !== undefined) return true;
    try {
      const properties = object as Record<string, unknown>;
      const attributes = this.#attributes(family).filter((name) => name in properties);
      if (method === 'assign') return attributes.some((name) => typeof properties[name] !== 'function');
      return attributes.includes(method) || typeof properties[method] === 'function';
    } catch {
      return false;
    }
  }

  /** Runs a with-statement on an object. */
  statement(_call: Call, object: unknown, body: (value: unknown) => unknown, exit: Exit): unknown {
    const adapter = this.#implementation.with;
    if (this.#form === 'body' && adapter?.body !== undefined) return adapter.body(object as never, body);
    if (this.#form === 'guard' && adapter?.guard !== undefined) {
      return guarded(() => adapter.guard?.(object as never) as Guard, body, exit);
    }
    throw new TypeError(`the implementation provides no with.${this.#form}`);
  }

  /** What a thrown value is by the documentation's names. Whatever it is, this does not throw. */
  errorOutcome(thrown: unknown): Outcome {
    const message = messageOf(thrown);
    const raises = this.#kindOf(thrown) ?? nameOf(thrown);
    const also = this.#kindsOf(thrown).filter((kind) => kind !== raises);
    return { raises, message, ...(also.length > 0 && { also }) };
  }

  /** The kind that the implementation names itself; undefined if it does not name this one. */
  #kindOf(thrown: unknown): string | undefined {
    const own = Object.entries(this.#implementation.errors ?? {}).filter(([, error]) => isOwn(thrown, error));
    // Where one class extends another, the error is what its own class says.
    return (own.find(([, error]) => !own.some(([, other]) => isSubclass(other, error))) ?? own[0])?.[0];
  }

  /** Every kind that the thrown value is one of by its class, as far as that can be told. */
  #kindsOf(thrown: unknown): readonly string[] {
    const own = this.#implementation.errors ?? {};
    const classes = classesOf(thrown);
    return errorKinds.filter((kind) => {
      const error = own[kind];
      return error === undefined ? classes.includes(kind) : isOwn(thrown, error);
    });
  }

  #adapter(family: Family): AnyAdapter {
    const adapter = this.#implementation[family as ProvidedFamily] ?? this.#own(family)?.adapter;
    if (adapter === undefined) throw new TypeError(`the implementation does not provide ${family}`);
    return adapter as unknown as AnyAdapter;
  }

  /** What is provided of a primitive of somebody's own; undefined if the family is none. */
  #own(family: Family): Provided | undefined {
    return this.#implementation.own?.find(({ specification }) => specification.family === family);
  }

  /** The attributes of a family's objects. */
  #attributes(family: Family): readonly string[] {
    const methods = Object.entries(this.#own(family)?.specification.methods ?? {});
    if (methods.length === 0) return attributesOf(family);
    return methods.filter(([, { kind }]) => kind === 'attribute').map(([name]) => name);
  }

  /** True for the families whose constructors have arguments in the documentation, or in their specification. */
  #takesArguments(family: Family): boolean {
    const constructors = this.#own(family)?.specification.constructors;
    if (constructors !== undefined) return constructors.some((args) => Object.keys(args).length > 0);
    return ['sem', 'bsem', 'cond', 'barrier', 'queue', 'lifo', 'prio'].includes(family);
  }
}

/** A constructor threw: there is nothing to run. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** Position of the object that could not be made. */
  readonly object: number;
  readonly thrown: unknown;

  constructor(object: number, thrown: unknown) {
    super(`object ${object} cannot be made: ${messageOf(thrown)}`);
    this.object = object;
    this.thrown = thrown;
  }
}

type OwnError = NonNullable<Implementation['errors']>[string];

function isSubclass(error: OwnError, of: OwnError): boolean {
  return typeof error === 'function' && typeof of === 'function' && error.prototype instanceof of;
}

/** Whether the thrown value is of a kind that the implementation names itself. */
function isOwn(thrown: unknown, own: OwnError): boolean {
  if (typeof own === 'string') return nameOf(thrown) === own;
  try {
    return thrown instanceof own;
  } catch {
    return false;
  }
}

/** What a guard's adapter returns: what releases, or a promise of it. */
type Guard = Disposable | PromiseLike<Disposable>;

/** What `using` does, with every way out of the block that the language has; Node 22 has no `using`. */
function guarded(enter: () => Guard, body: (value: unknown) => unknown, exit: Exit): unknown {
  for (const turn of [0, 1]) {
    if (turn === 1) return undefined;
    const guard = enter();
    if (isThenable(guard)) return guardedLater(guard, body, exit);
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

/** The same where the guard has to be waited for, and the body may have to be. */
async function guardedLater(
  entering: PromiseLike<Disposable>,
  body: (value: unknown) => unknown,
  exit: Exit,
): Promise<unknown> {
  for (const turn of [0, 1]) {
    if (turn === 1) return undefined;
    const guard = await entering;
    try {
      const value = await body(true);
      if (exit === 'break') break;
      if (exit === 'continue') continue;
      if (exit === 'return') return value;
    } finally {
      guard[Symbol.dispose]();
    }
  }
  return undefined;
}
