import type { Words } from '../../controlled/numbers.ts';
import { replace } from '../../controlled/replace.ts';
import { visitors } from './touching.ts';
import { operation, type Seen, seen, touched } from './watch.ts';

/*
 * Methods of views that read or write shared memory, wherever they are called from.
 */
type Method = (this: Words, ...given: readonly unknown[]) => unknown;
const typedArray = Object.getPrototypeOf(Int32Array.prototype) as Record<PropertyKey, Method>;

/** Tells of what a method has done. @param result what it gives back. */
type Tell = (by: Seen, view: Words, given: readonly unknown[], result: unknown) => void;

function telling(owner: Record<PropertyKey, Method>, name: PropertyKey, tell: Tell): void {
  const native = owner[name] as Method;
  replaceMethod(owner, name, function (...given) {
    const by = seen(this);
    const result: unknown = Reflect.apply(native, this, given);
    if (by !== undefined) tell(by, this, given, result);
    return result;
  });
}

function replaceMethod(owner: object, name: PropertyKey, method: Method): void {
  const native = (owner as Record<PropertyKey, Method>)[name] as Method;
  const { name: own, length } = native;
  Object.defineProperties(method, { name: { value: own }, length: { value: length } });
  replace(owner, name, method);
}

/** Where an argument that counts from the end if it is negative points to. */
function position(given: unknown, length: number, absent: number): number {
  if (given === undefined) return absent;
  const number = Math.trunc(Number(given)) || 0;
  return number < 0 ? Math.max(0, length + number) : Math.min(number, length);
}

function isSame(element: unknown, item: unknown, findsNaN: boolean): boolean {
  return element === item || (findsNaN && Number.isNaN(element) && Number.isNaN(item));
}

/** The same steps, each of which reads an element. */
function looked(steps: Iterator<unknown>, by: Seen, view: Words): Iterator<unknown> {
  let next = 0;
  return Iterator.from({
    next() {
      const step = steps.next();
      if (step.done !== true) touched(by, 'read', view, next++, 1);
      return step;
    },
  });
}

/** From now on methods of views with elements tell what they touch. Done once in a worker. */
export function watchViews(): void {
  watchRanges();
  watchVisitors();
  watchIterators();
  const native = typedArray['set'] as Method;
  replaceMethod(typedArray, 'set', function (source, offset) {
    const sees = operation();
    Reflect.apply(native, this, [source, offset]);
    const { length } = Object(source) as { readonly length: number };
    touched(sees(source), 'read', source as Words, 0, length);
    touched(sees(this), 'write', this, Math.trunc(Number(offset)) || 0, length);
  });
}

/** Methods that touch some elements at once. */
function watchRanges(): void {
  const all: Tell = (by, view) => touched(by, 'read', view, 0, view.length);
  for (const name of ['join', 'toLocaleString', 'toReversed', 'toSorted', 'with'] as const) {
    telling(typedArray, name, all);
  }
  for (const name of ['reverse', 'sort'] as const) {
    telling(typedArray, name, (by, view) => {
      touched(by, 'read', view, 0, view.length);
      touched(by, 'write', view, 0, view.length);
    });
  }
  telling(typedArray, 'at', (by, view, [index]) => {
    const number = Math.trunc(Number(index)) || 0;
    const element = number < 0 ? view.length + number : number;
    if (element >= 0 && element < view.length) touched(by, 'read', view, element, 1);
  });
  telling(typedArray, 'fill', (by, view, [, start, end]) => {
    const first = position(start, view.length, 0);
    touched(by, 'write', view, first, position(end, view.length, view.length) - first);
  });
  telling(typedArray, 'slice', (by, view, [start, end]) => {
    const first = position(start, view.length, 0);
    touched(by, 'read', view, first, position(end, view.length, view.length) - first);
  });
  telling(typedArray, 'copyWithin', (by, view, [target, start, end]) => {
    const to = position(target, view.length, 0);
    const from = position(start, view.length, 0);
    const count = Math.min(position(end, view.length, view.length) - from, view.length - to);
    touched(by, 'read', view, from, count);
    touched(by, 'write', view, to, count);
  });
  for (const name of ['indexOf', 'includes'] as const) {
    telling(typedArray, name, (by, view, [item, start]) => {
      const first = position(start, view.length, 0);
      let last = first;
      // Those behind what it looked for were not looked at.
      while (last < view.length - 1 && !isSame(view[last], item, name === 'includes')) last++;
      touched(by, 'read', view, first, Math.min(last + 1, view.length) - first);
    });
  }
  telling(typedArray, 'lastIndexOf', (by, view, given, found) => {
    const last = given.length < 2 ? view.length - 1 : position(given[1], view.length, 0);
    const first = Math.max(0, found as number);
    touched(by, 'read', view, first, Math.min(last, view.length - 1) + 1 - first);
  });
}

/** Methods that call a function with each element. */
function watchVisitors(): void {
  for (const [name, shift] of Object.entries(visitors)) {
    const native = typedArray[name] as Method;
    replaceMethod(typedArray, name, function (visit, ...given) {
      const by = seen(this);
      if (by === undefined || typeof visit !== 'function')
        return Reflect.apply(native, this, [visit, ...given]);
      if (shift === 1 && given.length === 0) {
        touched(by, 'read', this, name === 'reduce' ? 0 : this.length - 1, Math.min(1, this.length));
      }
      const look = (position: unknown) => touched(by, 'read', this, position as number, 1);
      const looking = function (this: unknown, ...passed: readonly unknown[]): unknown {
        look(passed[1 + shift]);
        return Reflect.apply(visit, this, passed);
      };
      return Reflect.apply(native, this, [looking, ...given]);
    });
  }
}

/** What walks through a view element by element. */
function watchIterators(): void {
  for (const name of ['values', 'entries'] as const) {
    const native = typedArray[name] as Method;
    replaceMethod(typedArray, name, function () {
      const by = seen(this);
      const steps = Reflect.apply(native, this, []) as Iterator<unknown>;
      return by === undefined ? steps : looked(steps, by, this);
    });
  }
  replace(typedArray, Symbol.iterator, typedArray['values']);
}
