import { needNode } from './node.ts';

/*
 * Functions cannot be posted, so those that are to run in another thread have names: the module's URL and their own. In
 * the other thread the module is imported, which names them there again, in the same order.
 */

/** What another thread finds a function or a class by. */
export interface TargetName {
  readonly module: string;
  /** What it is called there. */
  readonly name: string;
  /** Whether the module exports it; else it was named by `threadFunction` or `threadClass`. */
  readonly exported: boolean;
}

/** A function that a module exports. */
export interface ExportedTarget {
  /** URL of the module. */
  readonly module: string | URL;
  /** The export's name. */
  readonly name: string;
}

/** Whatever has a name for other threads. */
// oxlint-disable-next-line typescript/no-explicit-any -- nothing is known of what it takes
export type Nameable = (abstract new (...args: any[]) => unknown) | ((...args: any[]) => unknown);

/** What a module says of itself: `import.meta`. */
export interface ModuleMeta {
  readonly url: string;
}

const names = new WeakMap<Nameable, TargetName>();
const modules = new Map<string, Map<string, Nameable>>();

/**
 * Names a function, so that it can run in another thread; it need not be exported. Call it while the module is
 * imported, not later: in the other thread the module is imported again, and what it names then is found.
 * @param meta the module's `import.meta`.
 * @returns the function itself.
 * @throws TypeError if it is no function.
 */
export function threadFunction<F extends (...args: never[]) => unknown>(meta: ModuleMeta, fn: F): F {
  return register(meta, fn);
}

/**
 * Names a subclass of `Thread`, so that its `run` can run in another thread: there an object of this class has the
 * own properties that the thread had when it was started, cloned; the constructor is not called again.
 * @param meta the module's `import.meta`.
 * @returns the class itself.
 * @throws TypeError if it is no class.
 */
export function threadClass<C extends abstract new (...args: never[]) => unknown>(
  meta: ModuleMeta,
  Class: C,
): C {
  return register(meta, Class);
}

function register<F extends Nameable>(meta: ModuleMeta, named: F): F {
  if (typeof named !== 'function') throw new TypeError(`only functions can be named, not ${typeof named}`);
  if (typeof (meta as Partial<ModuleMeta> | null | undefined)?.url !== 'string') {
    throw new TypeError('the first argument has to be import.meta');
  }
  if (names.has(named)) return named;
  const { url } = meta;
  const known = modules.get(url) ?? new Map<string, Nameable>();
  modules.set(url, known);
  const name = freeName(known, named.name);
  known.set(name, named);
  names.set(named, { module: url, name, exported: false });
  return named;
}

/** Those of the same name are told apart by their order. */
function freeName(known: ReadonlyMap<string, unknown>, name: string): string {
  for (let ordinal = 1; ; ordinal++) {
    const numbered = ordinal === 1 ? name : `${name}#${ordinal}`;
    if (!known.has(numbered)) return numbered;
  }
}

/** The name that a function or class was given; undefined if none was. */
export function nameFor(named: unknown): TargetName | undefined {
  if (typeof named === 'function') return names.get(named as Nameable);
  const { module, name } = (named ?? {}) as Partial<ExportedTarget>;
  if (typeof name !== 'string') return undefined;
  if (typeof module !== 'string' && !(module instanceof URL)) return undefined;
  return { module: String(module), name, exported: true };
}

/** The function or class of this name, if its module was imported in this thread. */
export function known({ module, name, exported }: TargetName): Nameable | undefined {
  return exported ? undefined : modules.get(module)?.get(name);
}

/**
 * The function or class of this name; its module is imported if need be.
 * @throws whatever the import raises, TypeError if the module has nothing of this name.
 */
export async function load(target: TargetName): Promise<Nameable> {
  return known(target) ?? pick(target, (await import(target.module)) as object);
}

/** {@link load} where nobody can wait. @throws also if the module awaits something itself. */
export function loadNow(target: TargetName): Nameable {
  const loaded = known(target);
  if (loaded !== undefined) return loaded;
  const { createRequire } = needNode().module;
  return pick(target, createRequire(target.module)(toPath(target.module)) as object);
}

function toPath(module: string): string {
  return module.startsWith('file:') ? needNode().url.fileURLToPath(module) : module;
}

function pick(target: TargetName, exports: object): Nameable {
  const { module, name, exported } = target;
  const found = exported ? (exports as Record<string, unknown>)[name] : known(target);
  if (typeof found === 'function') return found as Nameable;
  throw new TypeError(
    exported
      ? `${module} exports no function ${name}`
      : `${module} names no function ${name} while it is imported`,
  );
}
