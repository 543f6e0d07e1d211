import { blockWords, links, none, type Words } from './blocks.ts';

/*
 * A list of stored items in two words, its first item and its last; each item's left link leads to the next. The last
 * is of no meaning while there is no first.
 */

/** Puts an item at the end. */
export function append(words: Words, first: number, last: number, item: number): void {
  words[nextOf(item)] = none;
  if (words[first] === none) words[first] = item;
  else words[nextOf(words[last] as number)] = item;
  words[last] = item;
}

/** Puts an item at the beginning of a list that nothing is appended to. */
export function prepend(words: Words, first: number, item: number): void {
  words[nextOf(item)] = words[first] as number;
  words[first] = item;
}

/** Takes the first item of a list that is not empty. */
export function shift(words: Words, first: number): number {
  const item = words[first] as number;
  words[first] = words[nextOf(item)] as number;
  return item;
}

function nextOf(item: number): number {
  return item * blockWords + links.left;
}
