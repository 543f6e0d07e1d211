import { bodyIn, type Args } from '../../../spec/program.ts';
import type { AnyClass, Realm } from './realm.ts';

/*
 * Classes that extend an implementation's Local, as examples say:
 *
 *   args            what the constructor is given
 *   init            the initialiser is this body; other threads may find another one to be it, `initElsewhere`
 *   members         the class has a default `number`, a method `doubled` and a slot `shared`
 *
 * Other threads find a class by its name, so there is one for each body, and what else there is to know
 * is in the program.
 */

type Naming = (meta: ImportMeta, named: unknown) => unknown;
type Body = (...given: readonly unknown[]) => unknown;

interface Classes {
  readonly initialised: ReadonlyMap<unknown, AnyClass>;
  readonly withMembers: AnyClass;
}

const classesOf = new WeakMap<Realm, Classes>();

/** A Local among a realm's objects: whoever looks at the Local itself uses it, and its initialiser runs. */
export class BoxedLocal {
  readonly local: unknown;

  constructor(local: unknown) {
    this.local = local;
  }
}

/** Makes the classes, once in each thread, before any program needs them. */
export function nameLocalClasses(realm: Realm): void {
  const { Local, threadClass } = (realm.implementation.threading ?? {}) as {
    readonly Local?: AnyClass;
    readonly threadClass?: Naming;
  };
  if (Local === undefined) return;
  const named = (name: string, Class: AnyClass): AnyClass => {
    Object.defineProperty(Class, 'name', { value: name });
    threadClass?.(import.meta, Class);
    return Class;
  };
  classesOf.set(realm, {
    initialised: new Map(
      realm.bodies.map((body, thread) => [
        body,
        named(`Initialised${thread + 1}`, initialised(realm, Local, thread)),
      ]),
    ),
    withMembers: named('WithMembers', withMembers(Local)),
  });
}

/** A Local as an example says it, in the thread that makes it. */
export function makeLocal(realm: Realm, own: AnyClass, said: Readonly<Record<string, unknown>>): unknown {
  const { args = [], init, members } = said;
  const classes = classesOf.get(realm);
  const Class =
    init === undefined ? members === true && classes?.withMembers : classes?.initialised.get(init);
  return Reflect.construct(Class || own, args as readonly unknown[]);
}

function initialised(realm: Realm, Local: AnyClass, thread: number): AnyClass {
  return class extends Local {
    init(...given: readonly unknown[]): void {
      (realm.bodies[initialiserOf(realm, thread)] as Body)(...given);
    }
  };
}

/** Which body initialises, in this thread, what this one initialises in main. */
function initialiserOf({ number, program }: Realm, thread: number): number {
  if (number === 0) return thread;
  const isIts = ({ init }: Args): boolean => bodyIn(init) === thread;
  return bodyIn(program.objects.find(({ args }) => isIts(args))?.args['initElsewhere']) ?? thread;
}

function withMembers(Local: AnyClass): AnyClass {
  class WithMembers extends Local {
    static readonly slots = ['shared'];
    declare readonly number: number;

    doubled(): number {
      return 2 * this.number;
    }
  }
  Object.assign(WithMembers.prototype, { number: 2 });
  return WithMembers;
}
