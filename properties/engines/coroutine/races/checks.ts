import { isShared } from '../../controlled/numbers.ts';
import { announce, seen, touched, touchedElement } from './watch.ts';

/*
 * What stands in the modules of an implementation in the place of plain accesses, with the number of the place that it
 * stands in. Views of other memory, and objects that are no views, are accessed as they would be.
 */

type Indexed = Record<PropertyKey, unknown>;

/** `object[key]`. */
export function read(object: unknown, key: PropertyKey, place: number): unknown {
  if (ArrayBuffer.isView(object)) touchedElement('read', object, indexOf(key), place);
  return (object as Indexed)[key];
}

/** `object?.[key]`. */
export function readIfAny(object: unknown, key: PropertyKey, place: number): unknown {
  return object === null || object === undefined ? undefined : read(object, key, place);
}

/** `object[key] = value`. */
export function write(object: unknown, key: PropertyKey, value: unknown, place: number): unknown {
  (object as Indexed)[key] = value;
  if (ArrayBuffer.isView(object)) touchedElement('write', object, indexOf(key), place);
  return value;
}

/** `object[key]` where it is read and written, or written in some other way than by `=`: its one property. */
export function element(object: unknown, key: PropertyKey, place: number): { $: unknown } {
  return {
    get $() {
      return read(object, key, place);
    },
    set $(value) {
      write(object, key, value, place);
    },
  };
}

/** The last argument of a call that may touch memory. */
export function at<T>(argument: T, place: number): T {
  announce(place);
  return argument;
}

/** What is walked through, or has a method that is called without arguments. */
export function through<T>(view: T, place: number): T {
  if (isShared(view)) announce(place);
  return view;
}

/** The elements of a view are copied as a whole: the argument of a constructor of views. */
export function copied<T>(view: T, place: number): T {
  announce(place);
  const by = seen(view);
  if (isShared(view)) touched(by, 'read', view, 0, view.length);
  return view;
}

/** The element that a property is; NaN: none. */
function indexOf(key: PropertyKey): number {
  if (typeof key === 'number') return key;
  return typeof key === 'string' && String(Number(key)) === key ? Number(key) : Number.NaN;
}
