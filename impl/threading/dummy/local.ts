import {
  attributesObject,
  type Attributes,
  type Core,
  dictionaryOf,
  initialiserOf,
  type Slots,
} from '../local/attributes.ts';
import { slotNames } from '../local/slotNames.ts';
import { only } from './only.ts';
import { running } from './running.ts';

/** Dictionaries by thread; they go with it. */
const dictionaries = new WeakMap<object, WeakMap<object, Attributes>>();
const main = {};

function dictionariesOfThread(): WeakMap<object, Attributes> {
  const thread = running() ?? main;
  const own = dictionaries.get(thread) ?? new WeakMap<object, Attributes>();
  dictionaries.set(thread, own);
  return own;
}

/**
 * An object whose attributes are another set in each thread, as that of `lockproof/threading`; initialisers are given
 * the constructor's arguments themselves, and slots hold values themselves, for nothing has to be cloned.
 */
export class Local {
  [attribute: string]: unknown;
  declare readonly primitive: string;
  /** This thread's own attributes, as an object: what is added to it is an attribute. */
  declare readonly dict: Record<string, unknown>;

  /** @throws TypeError if given anything that there is no `init` for; what that raises. */
  constructor(...args: readonly unknown[]) {
    const { prototype } = new.target;
    if (args.length > 0 && initialiserOf(prototype) === undefined) {
      throw new TypeError(`${new.target.name} has no init and takes no arguments, ${args.length} given`);
    }
    const core: Core = {
      prototype,
      args,
      slots: new OwnSlots(slotNames(new.target)),
      members: new Map<string, () => unknown>([
        ['primitive', () => 'Local'],
        ['dict', () => dictionaryOf(core, object)],
      ]),
      dictionaries: dictionariesOfThread,
    };
    const object = attributesObject(core);
    dictionaryOf(core, object);
    return object as Local;
  }

  /** The same Local. @throws TypeError for anything else. */
  static from<T extends Local>(this: abstract new (...args: never) => T, local: T): T {
    return only(this, local);
  }

  /** The Local itself: nothing is posted. */
  static handle(local: Local): Local {
    return only(Local, local);
  }
}

class OwnSlots implements Slots {
  readonly #names: ReadonlySet<PropertyKey>;
  readonly #values = new Map<PropertyKey, { readonly value: unknown }>();

  constructor(names: readonly string[]) {
    this.#names = new Set(names);
  }

  has(name: PropertyKey): boolean {
    return this.#names.has(name);
  }

  read(name: PropertyKey): { readonly value: unknown } | undefined {
    return this.#values.get(name);
  }

  write(name: PropertyKey, value: unknown): void {
    this.#values.set(name, { value });
  }

  clear(name: PropertyKey): boolean {
    return this.#values.delete(name);
  }
}
