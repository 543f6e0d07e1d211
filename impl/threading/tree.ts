import { blockWords, links, none, type Words } from './blocks.ts';

/*
 * A treap: a search tree of items that is a heap by a second number of theirs, the rank. Ranks are drawn from the
 * numbers of the blocks, so the tree looks as if the items had come in a random order, and its depth grows with the
 * logarithm of their number, whatever their order really was (Seidel and Aragon, 1996).
 *
 * An item that is put in is compared with all on the way to its place, and so with those right before and right behind
 * it. Any two items of the tree have an order: if one had none with another, both would stand among those that are
 * equal to them up to where they cannot be compared, and one of these would have been its neighbour.
 */

/**
 * Puts an item in, behind those that are equal to it.
 * @param root position of the word that holds the root.
 * @param compare below 0 if the first of two items comes first, undefined if there is no order between them.
 * @returns false, and nothing changed, if the item has no order with one that it meets.
 */
export function insert(
  words: Words,
  root: number,
  item: number,
  compare: (one: number, other: number) => number | undefined,
): boolean {
  /** Where the nodes hang that the search meets, and at its end the item. */
  const path = [root];
  let slot = root;
  for (let node = at(words, slot); node !== none; node = at(words, slot)) {
    const order = compare(item, node);
    if (order === undefined) return false;
    slot = order < 0 ? leftOf(node) : rightOf(node);
    path.push(slot);
  }
  let depth = 0;
  while (depth < path.length - 1 && rank(at(words, path[depth] as number)) > rank(item)) depth++;
  divide(words, path.slice(depth), item);
  return true;
}

/** Hangs an item where the path begins, and what was there left and right of it. */
function divide(words: Words, path: readonly number[], item: number): void {
  let before = leftOf(item);
  let behind = rightOf(item);
  for (let step = 0; step < path.length - 1; step++) {
    const node = at(words, path[step] as number);
    const next = path[step + 1] as number;
    if (next === rightOf(node)) {
      words[before] = node;
      before = next;
    } else {
      words[behind] = node;
      behind = next;
    }
  }
  words[before] = none;
  words[behind] = none;
  words[path[0] as number] = item;
}

/**
 * Takes the first item out of a tree that is not empty.
 * @param root position of the word that holds the root.
 */
export function removeFirst(words: Words, root: number): number {
  let slot = root;
  while (at(words, leftOf(at(words, slot))) !== none) slot = leftOf(at(words, slot));
  const first = at(words, slot);
  words[slot] = at(words, rightOf(first));
  return first;
}

function leftOf(node: number): number {
  return node * blockWords + links.left;
}

function rightOf(node: number): number {
  return node * blockWords + links.right;
}

/** MurmurHash3's last step: as good as random, and different for different items. */
function rank(item: number): number {
  let bits = Math.imul(item ^ (item >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function at(words: Words, index: number): number {
  return words[index] as number;
}
