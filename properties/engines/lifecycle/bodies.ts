import { extname } from 'node:path';
import { act } from './actor.ts';
import { maximalThreads } from './control.ts';
import { nameLocalClasses } from './locals.ts';
import { type AnyClass, thisRealm } from './realm.ts';

/*
 * The functions that new threads are given to run: for each thread of a program one that acts for it. The
 * implementation finds them by this module, which it loads in every thread that it starts.
 */

type Naming = (meta: ImportMeta, named: unknown) => unknown;

const realm = await thisRealm();

const { threadFunction, threadClass } = (realm.implementation.threading ?? {}) as {
  readonly threadFunction?: Naming;
  readonly threadClass?: Naming;
};

function bodyOf(thread: number): (...given: readonly unknown[]) => unknown {
  const body = (...given: readonly unknown[]) => act(realm, thread, given);
  Object.defineProperty(body, 'name', { value: `body${thread + 1}` });
  threadFunction?.(import.meta, body);
  return body;
}

const bodies = Array.from({ length: maximalThreads }, (_, thread) => bodyOf(thread));
realm.bodies = bodies;

const extension = extname(new URL(import.meta.url).pathname);
realm.moduleNamed = (name) => new URL(`./${name}${extension}`, import.meta.url);

/** For each body a subclass of Thread whose `run` it is: made here, so that every thread knows it. */
function overridingClasses(): ReadonlyMap<unknown, AnyClass> {
  const Thread = realm.implementation.threading?.Thread as AnyClass | undefined;
  if (Thread === undefined || threadClass === undefined) return new Map();
  return new Map(
    bodies.map((body) => {
      class Overriding extends Thread {
        run(): unknown {
          return body();
        }
      }
      Object.defineProperty(Overriding, 'name', { value: `Overriding_${body.name}` });
      threadClass(import.meta, Overriding);
      return [body, Overriding];
    }),
  );
}

const overriding = overridingClasses();
realm.overriding = (Class, run) => overriding.get(run) ?? Class;
nameLocalClasses(realm);
