import { AttributeError } from '../attributeError.ts';

/*
 * The object that a program has for a `Local`: a Proxy, because nothing else sees that an attribute is missing, or
 * that one is deleted. It has no properties of its own. What is asked of it goes, in this order, to
 *
 *   members    what every Local has and nobody can change: `dict`, for instance
 *   slots      what its class declares to be the same in all threads
 *   own        the dictionary of the thread that asks
 *   the class  methods, accessors and defaults, along the prototypes
 *
 * A thread's dictionary is made when the thread asks for the first time, whatever it asks. It is put in its place
 * before `init` runs, which may use the attributes, and is thrown away if `init` raises: then the next access
 * begins anew.
 */

/** A dictionary of attributes, without prototype: a thread's own, or that of the slots. */
export type Attributes = Record<PropertyKey, unknown>;

/** What all threads share: fields of fixed names. */
export interface Slots {
  has(name: PropertyKey): boolean;
  /** Its value, in an object; undefined if it has none. */
  read(name: PropertyKey): { readonly value: unknown } | undefined;
  write(name: PropertyKey, value: unknown): void;
  /** @returns whether it had a value. */
  clear(name: PropertyKey): boolean;
}

/** What is behind the object. */
export interface Core {
  /** Of the class. */
  readonly prototype: object;
  /** What each thread's `init` is called with. */
  readonly args: readonly unknown[];
  readonly slots: Slots;
  readonly members: ReadonlyMap<PropertyKey, () => unknown>;
  /** The dictionaries of the thread that asks, of all its Locals. */
  readonly dictionaries: () => WeakMap<object, Attributes>;
}

/** Names that the language asks for by itself: `await local` is no use of an attribute. */
const unasked: ReadonlySet<PropertyKey> = new Set(['then', 'toJSON']);

/** The object for a core. */
export function attributesObject(core: Core): object {
  const handler = new Handler(core);
  const object = new Proxy(Object.create(core.prototype) as object, handler);
  handler.object = object;
  return object;
}

/** The initialiser of a class of Locals: its method `init`, if there is one. */
export function initialiserOf(prototype: object): ((...args: readonly unknown[]) => unknown) | undefined {
  const { init } = prototype as { readonly init?: unknown };
  return typeof init === 'function' ? (init as (...args: readonly unknown[]) => unknown) : undefined;
}

/** The dictionary of the thread that asks. @throws what `init` raises, if this is the first access. */
export function dictionaryOf(core: Core, object: object): Attributes {
  const dictionaries = core.dictionaries();
  const known = dictionaries.get(core);
  if (known !== undefined) return known;
  const made = Object.create(null) as Attributes;
  dictionaries.set(core, made);
  try {
    const initialise = initialiserOf(core.prototype);
    if (initialise !== undefined) Reflect.apply(initialise, object, core.args);
  } catch (error) {
    dictionaries.delete(core);
    throw error;
  }
  return made;
}

class Handler implements ProxyHandler<object> {
  /** What it is the handler of: written by who makes both. */
  object!: object;
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  get(_: object, name: PropertyKey, receiver: unknown): unknown {
    const { members, slots, prototype } = this.#core;
    const member = members.get(name);
    if (member !== undefined) return member();
    const own = this.#own();
    if (slots.has(name)) {
      const slot = slots.read(name);
      if (slot !== undefined) return slot.value;
    } else {
      if (Object.hasOwn(own, name)) return Reflect.get(own, name, receiver);
      if (name in prototype) return Reflect.get(prototype, name, receiver);
      if (typeof name === 'symbol' || unasked.has(name)) return undefined;
    }
    throw this.#missing(name);
  }

  set(target: object, name: PropertyKey, value: unknown, receiver: unknown): boolean {
    const { members, slots, prototype } = this.#core;
    if (members.has(name)) throw readOnly(name);
    const own = this.#own();
    if (slots.has(name)) slots.write(name, value);
    // Setters, and what is written through an object that inherits from this one, are the language's affair.
    else if (name in prototype || receiver !== this.object) return Reflect.set(target, name, value, receiver);
    else own[name] = value;
    return true;
  }

  has(_: object, name: PropertyKey): boolean {
    const { members, slots, prototype } = this.#core;
    if (members.has(name)) return true;
    const own = this.#own();
    return slots.has(name) ? slots.read(name) !== undefined : Object.hasOwn(own, name) || name in prototype;
  }

  deleteProperty(_: object, name: PropertyKey): boolean {
    const { members, slots } = this.#core;
    if (members.has(name)) throw readOnly(name);
    const own = this.#own();
    const found = slots.has(name)
      ? slots.clear(name)
      : Object.hasOwn(own, name) && Reflect.deleteProperty(own, name);
    if (!found) throw this.#missing(name);
    return true;
  }

  defineProperty(target: object, name: PropertyKey, description: PropertyDescriptor): boolean {
    if ('value' in description && (this.#core.members.has(name) || this.#core.slots.has(name))) {
      return this.set(target, name, description.value, this.object);
    }
    // A Proxy must not have what cannot be deleted, unless its target has it, too.
    if (description.configurable === false) return false;
    return Reflect.defineProperty(this.#own(), name, { ...description, configurable: true });
  }

  getOwnPropertyDescriptor(_: object, name: PropertyKey): PropertyDescriptor | undefined {
    return Reflect.getOwnPropertyDescriptor(this.#own(), name);
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.#own());
  }

  preventExtensions(): boolean {
    return false;
  }

  #own(): Attributes {
    return this.#core.dictionaries().get(this.#core) ?? dictionaryOf(this.#core, this.object);
  }

  #missing(name: PropertyKey): AttributeError {
    const { constructor } = this.#core.prototype;
    return new AttributeError(`this thread has no attribute '${String(name)}' in this ${constructor.name}`);
  }
}

function readOnly(name: PropertyKey): AttributeError {
  return new AttributeError(`'${String(name)}' of a Local can be neither set nor deleted`);
}
