import { open } from './iterators.ts';
import { invoke, type Running, type Twin, tie } from './twins.ts';

/*
 * Builtins that call functions, which may stop for other threads: what the standard says of each, call by call.
 */

/** Gives such builtins twins. Done once in a worker. */
export function instrumentCallbacks(): void {
  tieAll(Array.prototype, ofArrays);
  tieAll(Map.prototype, ofCollections);
  tieAll(Set.prototype, ofCollections);
  tieAll(Array, makingArrays);
  tieAll(String.prototype, ofStrings);
}

function tieAll(owner: object, twins: Readonly<Record<string, Twin>>): void {
  for (const [name, own] of Object.entries(twins))
    tie((owner as Record<string, object>)[name] as object, own);
}

interface Wishes {
  /** Visit what is not there, too, as undefined. */
  readonly holes?: boolean;
  readonly backwards?: boolean;
}

/** Calls a function with each item until it is enough. @returns the position where it was; -1: it was not. */
function* visit(
  array: unknown,
  fn: unknown,
  self: unknown,
  isEnough: (value: unknown, item: unknown, position: number) => boolean,
  { holes = false, backwards = false }: Wishes = {},
): Generator<undefined, number> {
  const items = array as ArrayLike<unknown>;
  const { length } = items;
  checkCallable(fn);
  for (let turn = 0; turn < length; turn++) {
    const position = backwards ? length - 1 - turn : turn;
    if (!holes && !(position in items)) continue;
    const item = items[position];
    if (isEnough(yield* invoke(fn, self, [item, position, items]), item, position)) return position;
  }
  return -1;
}

/** An array that a method makes is of the class of the one that it is called on. */
function speciesOf(array: unknown, length: number): unknown[] {
  if (!Array.isArray(array)) return Array<unknown>(length);
  const home = (array as { readonly constructor?: unknown }).constructor;
  if (home === Array || home === undefined) return Array<unknown>(length);
  const species = (home as Record<symbol, unknown>)[Symbol.species] ?? Array;
  return Reflect.construct(species as new () => unknown[], [length]) as unknown[];
}

function searching(found: (item: unknown, position: number) => unknown, backwards: boolean): Twin {
  return function* (this: unknown, fn, self) {
    const isEnough = (value: unknown): boolean => Boolean(value);
    const position = yield* visit(this, fn, self, isEnough, { holes: true, backwards });
    return found(position < 0 ? undefined : (this as unknown[])[position], position);
  };
}

function folding(backwards: boolean): Twin {
  return function* (this: unknown, ...given) {
    const [fn, first] = given;
    let isFirst = given.length < 2;
    let all = first;
    checkCallable(fn);
    const items = this as ArrayLike<unknown>;
    const { length } = items;
    for (let turn = 0; turn < length; turn++) {
      const position = backwards ? length - 1 - turn : turn;
      if (!(position in items)) continue;
      all = isFirst ? items[position] : yield* invoke(fn, undefined, [all, items[position], position, items]);
      isFirst = false;
    }
    if (isFirst) throw new TypeError('Reduce of empty array with no initial value');
    return all;
  };
}

const ofArrays: Readonly<Record<string, Twin>> = {
  *forEach(fn, self) {
    yield* visit(this, fn, self, () => false);
    return undefined;
  },
  *map(fn, self) {
    const made = speciesOf(this, (this as unknown[]).length);
    yield* visit(this, fn, self, (value, _, position) => {
      made[position] = value;
      return false;
    });
    return made;
  },
  *filter(fn, self) {
    const made = speciesOf(this, 0);
    yield* visit(this, fn, self, (value, item) => {
      if (value === true || Boolean(value)) made.push(item);
      return false;
    });
    return made;
  },
  *flatMap(fn, self) {
    const made = speciesOf(this, 0);
    yield* visit(this, fn, self, (value) => {
      // Without holes, as it is with them left out.
      if (Array.isArray(value)) value.forEach((item) => made.push(item));
      else made.push(value);
      return false;
    });
    return made;
  },
  *some(fn, self) {
    return (yield* visit(this, fn, self, Boolean)) >= 0;
  },
  *every(fn, self) {
    return (yield* visit(this, fn, self, (value) => !value)) < 0;
  },
  find: searching((item) => item, false),
  findIndex: searching((_, position) => position, false),
  findLast: searching((item) => item, true),
  findLastIndex: searching((_, position) => position, true),
  reduce: folding(false),
  reduceRight: folding(true),
};

const makingArrays: Readonly<Record<string, Twin>> = {
  *from(source, fn, self) {
    const home = typeof this === 'function' ? (this as new (length?: number) => unknown[]) : Array;
    if (fn !== undefined) checkCallable(fn);
    const made: unknown[] = [];
    if ((source as Partial<Iterable<unknown>>)[Symbol.iterator] === undefined) {
      const { length } = source as ArrayLike<unknown>;
      for (let position = 0; position < length; position++) {
        const item = (source as ArrayLike<unknown>)[position];
        made.push(fn === undefined ? item : yield* invoke(fn, self, [item, position]));
      }
    } else {
      const walk = (yield* open(source)) as { step(): Running; fail(): void; close(): Running };
      try {
        for (;;) {
          const step = (yield* walk.step()) as IteratorResult<unknown>;
          if (step.done === true) break;
          made.push(fn === undefined ? step.value : yield* invoke(fn, self, [step.value, made.length]));
        }
      } catch (error) {
        walk.fail();
        throw error;
      } finally {
        yield* walk.close();
      }
    }
    return home === Array ? made : Object.assign(Reflect.construct(home, []), made, { length: made.length });
  },
};

const ofCollections: Readonly<Record<string, Twin>> = {
  *forEach(fn, self) {
    checkCallable(fn);
    const collection = this as Map<unknown, unknown> | Set<unknown>;
    // What is added meanwhile is visited, too, as these iterators do.
    for (const [key, value] of collection.entries()) yield* invoke(fn, self, [value, key, collection]);
    return undefined;
  },
};

/** A replacement by a function: all that is found first, then a call for each. */
function replacing(name: 'replace' | 'replaceAll'): Twin {
  return function* (this: unknown, pattern, replacement) {
    const text = String(this);
    const found: (readonly unknown[])[] = [];
    if (typeof replacement !== 'function') return text[name](pattern as string, replacement as string);
    text[name](pattern as string, (...given: readonly unknown[]) => {
      found.push(given);
      return '';
    });
    let made = '';
    let end = 0;
    for (const given of found) {
      const position = given.findLast((part) => typeof part === 'number') as number;
      made += text.slice(end, position) + String(yield* invoke(replacement, undefined, given));
      end = position + String(given[0]).length;
    }
    return made + text.slice(end);
  };
}

const ofStrings: Readonly<Record<string, Twin>> = {
  replace: replacing('replace'),
  replaceAll: replacing('replaceAll'),
};

function checkCallable(fn: unknown): void {
  if (typeof fn !== 'function') throw new TypeError(`${String(fn)} is not a function`);
}
