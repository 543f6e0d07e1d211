import { Cursor, type Encoded, maximalBytes, tooMuch, type Words } from './blocks.ts';
import { fromDouble } from './doubles.ts';
import { bigintOf, cloneItem, encodeSimple, kinds } from './items.ts';

/*
 * Items in an order: that of JavaScript's `<` for numbers, bigints, booleans (as 0 and 1) and strings (by UTF-16
 * code units), and for arrays Python's order of tuples: their first elements that differ decide, else their
 * lengths. Between two others there is no order, nor between a number and a string, nor with NaN. Within arrays
 * null is equal to null and undefined to undefined; other values without an order are equal to nothing.
 *
 * Items that are written directly, items.ts, are compared as they are. Arrays are cloned, and have a key in
 * front of the clone: `array`, how many elements, and each of these as kind and words, arrays likewise;
 * `opaque` for what has no order. So comparing reads words and makes no objects.
 */

/** Arrays deeper within arrays have no order, nor has one that is within itself. */
const deepest = 64;

/** An item as words that can be compared. @throws TypeError if it cannot be cloned; what its getters raise. */
export function encodeOrdered(item: unknown): Encoded {
  const simple = encodeSimple(item);
  if (simple !== undefined) return simple;
  const clone = cloneItem(item);
  if (!Array.isArray(item)) return clone;
  const key: number[] = [];
  writeKey(item, key, []);
  const words = new Int32Array(1 + key.length + 1 + clone.words.length);
  words[0] = key.length;
  words.set(key, 1);
  words[1 + key.length] = clone.kind;
  words.set(clone.words, 2 + key.length);
  return { kind: kinds.keyed, words };
}

/** @throws OverflowError if the key, in which what is shared is written each time, is too long to be stored. */
function writeKey(value: unknown, key: number[], outside: readonly unknown[]): void {
  if (key.length * Int32Array.BYTES_PER_ELEMENT > maximalBytes) throw tooMuch();
  if (Array.isArray(value) && outside.length < deepest && !outside.includes(value)) {
    const inside = [...outside, value];
    key.push(kinds.array, value.length);
    for (const element of value as readonly unknown[]) writeKey(element, key, inside);
    return;
  }
  const { kind, words } = encodeSimple(value) ?? { kind: kinds.opaque, words: [] };
  key.push(kind);
  for (let index = 0; index < words.length; index++) key.push(words[index] as number);
}

/**
 * Which of two stored items comes first.
 * @param one its first block. @param other likewise.
 * @returns below 0: `one`; above: `other`; 0: they are equal; undefined: there is no order between them.
 */
export function compareItems(words: Words, one: number, other: number): number | undefined {
  const first = new Cursor(words, one);
  const second = new Cursor(words, other);
  return compare(first, startOf(first), second, startOf(second));
}

/** Moves on to the words that are compared, and says their kind. */
function startOf(cursor: Cursor): number {
  if (cursor.kind !== kinds.keyed) return cursor.kind;
  cursor.next();
  return cursor.next();
}

function compare(one: Cursor, kind: number, other: Cursor, otherKind: number): number | undefined {
  if (isNumeric(kind) && isNumeric(otherKind)) return sign(numeric(one, kind), numeric(other, otherKind));
  if (kind !== otherKind) return undefined;
  if (kind === kinds.text) return compareTexts(one, other);
  if (kind === kinds.array) return compareArrays(one, other);
  return undefined;
}

function sign<T extends number | bigint>(one: T, other: T): number | undefined {
  if (one < other) return -1;
  if (one > other) return 1;
  return one >= other ? 0 : undefined;
}

function isNumeric(kind: number): boolean {
  return kind === kinds.number || kind === kinds.bigint || kind === kinds.no || kind === kinds.yes;
}

function numeric(cursor: Cursor, kind: number): number | bigint {
  if (kind === kinds.number) return fromDouble(cursor.next(), cursor.next());
  if (kind === kinds.bigint) return bigintOf(cursor.next() === 1, cursor.next(), () => cursor.next());
  return kind === kinds.yes ? 1 : 0;
}

function compareTexts(one: Cursor, other: Cursor): number {
  const length = one.next();
  const otherLength = other.next();
  const words = Math.ceil(Math.min(length, otherLength) / 2);
  for (let index = 0; index < words; index++) {
    const units = one.next();
    const otherUnits = other.next();
    // The half of a word that no unit fills is 0, and decides nothing that the lengths do not.
    if (units !== otherUnits)
      return (units & 0xffff) - (otherUnits & 0xffff) || (units >>> 16) - (otherUnits >>> 16);
  }
  return length - otherLength;
}

function compareArrays(one: Cursor, other: Cursor): number | undefined {
  const length = one.next();
  const otherLength = other.next();
  for (let index = 0; index < Math.min(length, otherLength); index++) {
    const kind = one.next();
    const otherKind = other.next();
    if (kind === otherKind && (kind === kinds.null || kind === kinds.undefined)) continue;
    const order = compare(one, kind, other, otherKind);
    if (order !== 0) return order;
  }
  return length - otherLength;
}
