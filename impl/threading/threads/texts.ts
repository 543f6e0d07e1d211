import { OverflowError } from '../errors.ts';

/*
 * A text in shared memory: a word with its length in UTF-16 units, then two units a word. Who reads or writes one
 * does it when nobody else does.
 */
type Words = Int32Array<SharedArrayBuffer>;

/** Words that a text of so many units takes at most. */
export function wordsOf(units: number): number {
  return 1 + Math.ceil(units / 2);
}

/** The text that begins at this word. */
export function readText(words: Words, at: number): string {
  const length = words[at] as number;
  const units = unitsOf(words, at + 1, length);
  let text = '';
  // In pieces, for there is a limit to how many arguments a call takes.
  for (let from = 0; from < length; from += 4096) {
    text += String.fromCharCode(...units.subarray(from, from + 4096));
  }
  return text;
}

/** Writes a text for which {@link checkText} has found room. */
export function writeText(words: Words, at: number, text: string): void {
  words[at] = text.length;
  const units = unitsOf(words, at + 1, text.length);
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
}

/** @throws OverflowError for a text that is too long. */
export function checkText(what: string, text: string, maximal: number): void {
  if (text.length <= maximal) return;
  throw new OverflowError(`${what} has at most ${maximal} UTF-16 units, not ${text.length}`);
}

function unitsOf({ buffer, byteOffset }: Words, at: number, length: number): Uint16Array {
  return new Uint16Array(buffer, byteOffset + at * Int32Array.BYTES_PER_ELEMENT, length);
}
