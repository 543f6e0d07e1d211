import { adopt, type Handle } from './handle.ts';
import {
  attributesObject,
  type Attributes,
  type Core,
  dictionaryOf,
  initialiserOf,
} from './local/attributes.ts';
import { dictionariesOfThread, keep, keptObject } from './local/belongings.ts';
import { postable, postsBy } from './local/posting.ts';
import { slotNames } from './local/slotNames.ts';
import { idOf, newMemory, SharedSlots } from './local/slots.ts';
import { revive, revivesBy } from './threads/revive.ts';
import { loadNow, nameFor, type TargetName } from './threads/targets.ts';

/** What a `Local` looks like while it is posted to another thread: {@link Local.handle}. */
export interface LocalHandle extends Handle {
  /** Its class; null for Local itself. */
  readonly subclass: LocalSubclass | null;
  /** What it was made with, for the initialiser of each thread. */
  readonly args: readonly unknown[];
}

/** A class that extends Local, as other threads know it. */
export interface LocalSubclass {
  readonly name: string;
  /** Where to find it, if `threadClass` has named it. */
  readonly found: TargetName | null;
}

/** A class of Locals. */
type LocalClass<T extends Local> = (abstract new (...args: never) => T) & { readonly prototype: T };

/** What is behind the objects, for {@link Local.handle}. */
const cores = new WeakMap<object, Core>();

/**
 * An object whose attributes are another set in each thread: `local.x = 1` is seen by this thread alone.
 * Reading or deleting an attribute that this thread has not set raises AttributeError.
 *
 * A subclass may have
 * - a method `init(...args)`: the initialiser. It runs once in each thread, at the thread's first access, with the
 *   arguments that the constructor handed to `super`; in the thread that makes the object, in the
 *   constructor. (A constructor cannot run again for an object that exists: fields of the class, and what its
 *   constructor does itself, are for the thread that makes the object.) In other threads the arguments are
 *   clones, primitives among them are the same primitives. If it raises, so does the access, and the next one
 *   runs it again.
 * - methods, accessors, and defaults on its prototype (`static { this.prototype.number = 2 }`), the same in all
 *   threads. They see the attributes of the thread that calls them.
 * - `static slots = ['name']`: names that are no attributes of a thread, but one field for all threads. It holds what
 *   can be cloned, as a queue's items are; reading it before it is set raises AttributeError.
 *
 * The thread is what counts, not the task. What is read from a Local belongs to the thread that has read it.
 *
 * Pass a Local to a thread as it is, among its arguments; a subclass is named for other threads by `threadClass`. A
 * message cannot take it, for it is a Proxy: post {@link Local.handle}, and call {@link Local.from} there.
 */
export class Local {
  [attribute: string]: unknown;
  declare readonly primitive: string;
  declare readonly memory: Int32Array<SharedArrayBuffer>;
  /** This thread's own attributes, as an object: what is added to it is an attribute. */
  declare readonly dict: Record<string, unknown>;

  /**
   * A new one, without attributes but those that its initialiser sets in this thread.
   * @throws TypeError if given anything that there is no `init` for; what that raises.
   */
  constructor(...args: readonly unknown[]) {
    const { prototype } = new.target;
    if (args.length > 0 && initialiserOf(prototype) === undefined) {
      throw new TypeError(`${new.target.name} has no init and takes no arguments, ${args.length} given`);
    }
    const { object, core } = made(new.target, newMemory(slotNames(new.target)), args);
    dictionaryOf(core, object);
    return object as Local;
  }

  /**
   * The same Local in this thread. One of a subclass without a name for other threads has to be asked of the subclass.
   * In one thread, the same Local is always the same object.
   * @throws TypeError if this is no Local that was posted here, or one of another class.
   */
  static from<T extends Local>(this: LocalClass<T>, handle: Handle): T {
    const { memory, subclass, args } = cores.has(handle) ? Local.handle(handle as Local) : checked(handle);
    const id = idOf(memory);
    const object = keptObject(id) ?? madeAgain(this, subclass, memory, args);
    if (!(object instanceof this)) throw wrongClass(this, subclass);
    keep(id, object);
    return object;
  }

  /** What can be posted for a Local: {@link Local.from} makes the same one of it. */
  static handle(local: Local): LocalHandle {
    const core = cores.get(local);
    if (core === undefined) throw new TypeError(`Local.handle takes a Local, not ${typeof local}`);
    const { constructor } = core.prototype;
    return {
      primitive: 'Local',
      memory: local.memory,
      subclass:
        constructor === Local ? null : { name: constructor.name, found: nameFor(constructor) ?? null },
      args: postable(core.args),
    };
  }
}

function checked(handle: Handle): LocalHandle {
  const { subclass = null, args = [] } = handle as Partial<LocalHandle>;
  return { ...adopt('Local', {} as Handle, handle), subclass, args };
}

function madeAgain(
  asked: LocalClass<Local>,
  subclass: LocalSubclass | null,
  memory: LocalHandle['memory'],
  args: readonly unknown[],
): object {
  const found = subclass?.found ?? null;
  const Class = found === null ? asked : (loadNow(found) as unknown as LocalClass<Local>);
  if ((subclass?.name ?? null) !== (Class === Local ? null : Class.name)) throw wrongClass(asked, subclass);
  return made(Class, memory, revive(args)).object;
}

function made(
  Class: LocalClass<Local>,
  memory: LocalHandle['memory'],
  args: readonly unknown[],
): { readonly object: object; readonly core: Core } {
  const core: Core = {
    prototype: Class.prototype,
    args,
    slots: new SharedSlots(memory, slotNames(Class)),
    members: new Map<string, () => unknown>([
      ['primitive', () => 'Local'],
      ['memory', () => posted(memory, object)],
      ['dict', (): Attributes => dictionaryOf(core, object)],
    ]),
    dictionaries: dictionariesOfThread,
  };
  const object = attributesObject(core);
  cores.set(object, core);
  return { object, core };
}

/** Whoever has the memory can post it, so the Local has to be found again. */
function posted(memory: LocalHandle['memory'], object: object): LocalHandle['memory'] {
  keep(idOf(memory), object);
  return memory;
}

function wrongClass(asked: LocalClass<Local>, subclass: LocalSubclass | null): TypeError {
  const name = subclass?.name ?? 'Local';
  return new TypeError(
    `this is a Local of class ${name}, not ${asked.name}: ${name}.from makes it usable here, or threadClass names the class`,
  );
}

/** What is posted for a Local among a thread's arguments. */
function handleAmongArguments(value: object): LocalHandle | undefined {
  if (!cores.has(value)) return undefined;
  const handle = Local.handle(value as Local);
  if (handle.subclass === null || handle.subclass.found !== null) return handle;
  const { name } = handle.subclass;
  throw new TypeError(
    `another thread cannot find ${name}: name the class with threadClass(import.meta, ...)`,
  );
}

postsBy(handleAmongArguments);
revivesBy('Local', (handle) => Local.from(handle));
