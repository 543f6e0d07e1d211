import type { Encoded } from './blocks.ts';
import { cloneOf, cloned } from './clones.ts';
import { double, fromDouble } from './doubles.ts';

/*
 * Items as 32-bit words. What is common is written directly, everything else is cloned, clones.ts.
 *
 *   undefined, null, no, yes   nothing
 *   number                     two words: the bits of a double
 *   text                       how many UTF-16 code units, then two of them a word
 *   bigint                     1 if negative, how many words, then its magnitude, lowest word first
 *   clone                      how many bytes, then four of them a word
 *   array, opaque              only in keys, see keys.ts
 *   keyed                      how many words of key, the key, then kind and words of the item
 */
export const kinds = {
  undefined: 0,
  null: 1,
  no: 2,
  yes: 3,
  number: 4,
  text: 5,
  bigint: 6,
  clone: 7,
  array: 8,
  opaque: 9,
  keyed: 10,
} as const;

/** Longer texts are faster cloned than written unit by unit. */
const longestText = 256;

const nothing: readonly number[] = [];

/**
 * An item as words.
 * @throws TypeError if it cannot be cloned; what its getters raise.
 */
export function encode(item: unknown): Encoded {
  if (typeof item === 'string' && item.length > longestText) return cloneItem(item);
  return encodeSimple(item) ?? cloneItem(item);
}

/** An item that is written directly, however long; undefined for all others. */
export function encodeSimple(item: unknown): Encoded | undefined {
  switch (typeof item) {
    case 'number':
      return { kind: kinds.number, words: double(item) };
    case 'string':
      return { kind: kinds.text, words: unitsOf(item) };
    case 'bigint':
      return { kind: kinds.bigint, words: magnitude(item) };
    case 'boolean':
      return { kind: item ? kinds.yes : kinds.no, words: nothing };
    case 'undefined':
      return { kind: kinds.undefined, words: nothing };
    default:
      return item === null ? { kind: kinds.null, words: nothing } : undefined;
  }
}

/** An item as a clone. @throws TypeError if it cannot be cloned; what its getters raise. */
export function cloneItem(item: unknown): Encoded {
  const bytes = cloneOf(item);
  const words = new Int32Array(1 + Math.ceil(bytes.length / 4));
  words[0] = bytes.length;
  new Uint8Array(words.buffer, 4).set(bytes);
  return { kind: kinds.clone, words };
}

/** The item that was encoded so. */
export function decode({ kind, words }: Encoded): unknown {
  switch (kind) {
    case kinds.null:
      return null;
    case kinds.no:
      return false;
    case kinds.yes:
      return true;
    case kinds.number:
      return fromDouble(at(words, 0), at(words, 1));
    case kinds.text:
      return textOf(words);
    case kinds.bigint:
      return storedBigint(words);
    case kinds.clone:
      return cloned(new Uint8Array(Int32Array.from(words).buffer, 4, at(words, 0)));
    case kinds.keyed:
      return decode(unkeyed(words));
    default:
      return undefined;
  }
}

function storedBigint(words: ArrayLike<number>): bigint {
  let position = 2;
  return bigintOf(at(words, 0) === 1, at(words, 1), () => at(words, position++));
}

function unkeyed(words: ArrayLike<number>): Encoded {
  const start = 1 + at(words, 0);
  return { kind: at(words, start), words: Int32Array.from(words).subarray(start + 1) };
}

function unitsOf(text: string): Int32Array {
  const words = new Int32Array(1 + Math.ceil(text.length / 2));
  words[0] = text.length;
  for (let index = 0; index < text.length; index++) {
    const word = 1 + (index >> 1);
    words[word] = at(words, word) | (text.charCodeAt(index) << (16 * (index & 1)));
  }
  return words;
}

function textOf(words: ArrayLike<number>): string {
  const parts: string[] = [];
  const length = at(words, 0);
  for (let start = 0; start < length; start += longestText) {
    const units = Array.from(
      { length: Math.min(longestText, length - start) },
      (_, index) => (at(words, 1 + ((start + index) >> 1)) >>> (16 * (index & 1))) & 0xffff,
    );
    parts.push(String.fromCharCode(...units));
  }
  return parts.join('');
}

function magnitude(value: bigint): readonly number[] {
  const digits = (value < 0n ? -value : value).toString(16);
  const words: number[] = [];
  for (let end = digits.length; end > 0; end -= 8) {
    words.push(Number.parseInt(digits.slice(Math.max(0, end - 8), end), 16));
  }
  return [value < 0n ? 1 : 0, words.length].concat(words);
}

/**
 * A bigint by its words.
 * @param next gives them one after the other, the lowest first.
 */
export function bigintOf(negative: boolean, length: number, next: () => number): bigint {
  const digits = Array.from({ length }, () => (next() >>> 0).toString(16).padStart(8, '0'));
  const value = BigInt(`0x${digits.toReversed().join('')}`);
  return negative ? -value : value;
}

function at(words: ArrayLike<number>, index: number): number {
  return words[index] as number;
}
