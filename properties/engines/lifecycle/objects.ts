import type { Call, Family, ObjectSpec } from '../../../spec/program.ts';
import { isCell, openCell } from '../cell.ts';
import { Loaded } from '../loaded.ts';
import { given } from './given.ts';
import { BoxedLocal, makeLocal } from './locals.ts';
import type { Realm } from './realm.ts';
import { report } from './wire.ts';

/** A namespace or a class of an implementation. */
type Members = Readonly<Record<string, unknown>>;

/** The classes of an implementation's `threading` whose objects are made and posted, by family. */
const classNames: Partial<Record<Family, string>> = { thread: 'Thread', timer: 'Timer', local: 'Local' };

/** Makes an object of the program in this thread. @throws whatever its constructor throws. */
export function createObject(realm: Realm, position: number): void {
  const { family, args } = realm.program.objects[position] as ObjectSpec;
  if (isNamespace(family)) return;
  if (classNames[family] !== undefined) {
    const made = constructed(
      realm,
      family,
      given(realm, args, (other) => objectOf(realm, other)),
    );
    const posted = postable(classOf(realm, family), made);
    realm.made(position, posted, family === 'local' ? new BoxedLocal(made) : made);
    return;
  }
  const posted = loadedFor(realm).createOne(position, realm.own);
  realm.made(position, posted, open(realm, position, posted));
}

function constructed(realm: Realm, family: Family, args: Members): unknown {
  const { overrides, unconstructed, positional, ...rest } = args;
  const own = classOf(realm, family);
  if (family === 'local') return makeLocal(realm, own, args);
  if (unconstructed === true) return Object.create(own.prototype as object);
  const Class = overrides === undefined ? own : realm.overriding(own, overrides as () => unknown);
  if (positional !== undefined) return Reflect.construct(Class, positional as readonly unknown[]);
  if (family !== 'timer') return Reflect.construct(Class, Object.keys(rest).length === 0 ? [] : [rest]);
  return Reflect.construct(Class, [rest['interval'], rest['function'], rest['args'], rest['kwargs']]);
}

/** What is posted of an object: itself, unless its class has a static `handle` that says something else. */
function postable(Class: object, made: unknown): unknown {
  const { handle } = Class as { readonly handle?: (object: unknown) => unknown };
  return handle === undefined ? made : handle.call(Class, made);
}

/** The namespace or the object that a call is made on, as it is open in this thread. */
export function objectOf(realm: Realm, position: number): unknown {
  const { family } = realm.program.objects[position] as ObjectSpec;
  if (isNamespace(family)) return namespaceOf(realm, family);
  const opened = realm.opened(position, (posted) => open(realm, position, posted));
  return opened instanceof BoxedLocal ? opened.local : opened;
}

function open(realm: Realm, position: number, posted: unknown): unknown {
  const { family } = realm.program.objects[position] as ObjectSpec;
  if (isCell(family)) return openCell(posted);
  if (classNames[family] === undefined) return loadedFor(realm).openOne(position, posted, realm.own);
  const Class = classOf(realm, family) as unknown as { from(posted: unknown): unknown };
  const opened = Class.from(posted);
  return family === 'local' ? new BoxedLocal(opened) : opened;
}

/** Makes a call on an object that has nothing to do with threads, as the other engines do. */
export function invokeOther(realm: Realm, call: Call): unknown {
  const opened: unknown[] = [];
  for (const position of realm.program.objects.keys()) {
    const { family } = realm.program.objects[position] as ObjectSpec;
    if (position === call.object || !isNamespace(family)) opened[position] = objectIfMade(realm, position);
  }
  return loadedFor(realm).invoke(call, opened);
}

/** The object as it is open in this thread; undefined if nobody has made it. */
export function objectIfMade(realm: Realm, position: number): unknown {
  try {
    return objectOf(realm, position);
  } catch {
    return undefined;
  }
}

function isNamespace(family: Family): boolean {
  return family === 'mod' || family === 'lowthread' || family === 'dummy';
}

/** What the implementation offers under these names. @throws TypeError if it is nothing. */
export function namespaceOf(realm: Realm, family: Family): Members {
  const { threading, dummyThreading } = realm.implementation;
  const namespace = family === 'dummy' ? dummyThreading : threading;
  if (namespace === undefined) throw new TypeError(`the implementation does not provide ${family}`);
  return (family === 'lowthread' ? namespace['_thread'] : namespace) as Members;
}

function classOf(realm: Realm, family: Family): new (...args: never) => object {
  const name = classNames[family] ?? family;
  return namespaceOf(realm, family)[name] as new (...args: never) => object;
}

function loadedFor(realm: Realm): Loaded {
  return new Loaded(realm.implementation, realm.program.objects, 'body', {
    beforeCallback: () => undefined,
    callback: (outcome) => {
      const thread = realm.actors.at(-1) ?? 0;
      report({ type: 'callback', thread, outcome, at: realm.control.now() });
    },
  });
}
