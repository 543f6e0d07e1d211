import { ident, setIdent } from '../ident.ts';
import { needNode } from './node.ts';
import { end, newDummy, recordOf } from './record.ts';
import { next, occupants, registry } from './registry.ts';

/*
 * Which thread runs here, and which Thread objects there are here. A worker of the library's runs one thread after
 * the other, so `ident` and the current record change; `becomeThread` alone changes them, before anything of
 * the thread runs. Main's record, and that of a worker that the library did not start, are made when they are
 * asked for: such a thread is in the registry from then on.
 */
type Words = Int32Array<SharedArrayBuffer>;

let current: Words | undefined;

/** Objects by the idents of their threads: the same thread is the same object here. */
const objects = new Map<number, WeakRef<WeakKey>>();
const collected = new FinalizationRegistry<number>((number) => {
  if (objects.get(number)?.deref() === undefined) objects.delete(number);
});

/** The object for a thread in this realm, if there is one. */
export function objectFor(number: number): WeakKey | undefined {
  return objects.get(number)?.deref();
}

/** Keeps the object for the thread that runs here as long as that. */
const own = { object: undefined as WeakKey | undefined };

/** This is the object for the thread in this realm. */
export function keepObject(number: number, object: WeakKey): void {
  if (number === ident) own.object = object;
  objects.set(number, new WeakRef(object));
  collected.register(object, number);
}

/** From now on, this thread runs here. */
export function becomeThread(record: Words, number: number): void {
  current = record;
  own.object = undefined;
  setIdent(number);
}

/** The memory of the thread that runs here. @throws RuntimeError where there is no registry. */
export function currentRecord(): Words {
  return (current ??= isMain() ? mainRecord() : dummyRecord());
}

/** Whether this is the main thread. */
export function isMain(): boolean {
  registry();
  return needNode().threads.isMainThread;
}

/** A record of the main thread. */
export function mainRecord(): Words {
  const [main] = occupants();
  return recordOf(main as NonNullable<typeof main>);
}

function dummyRecord(): Words {
  const record = newDummy(`Dummy-${next('dummies')}`, ident);
  needNode().process.once('exit', () => end(record));
  return record;
}
