import { discard, type Encoded, checkSize, makeRoom, newPool, read, store, wholeOf } from '../blocks.ts';
import { decode, encode } from '../items.ts';
import { inTurn } from '../turn.ts';
import type { Slots } from './attributes.ts';

/*
 * The memory of a `Local`: five Int32 words, and if its class declares slots a pool of blocks, blocks.ts, whose
 * header begins with them.
 *
 *   turn    who touches the slots, turn.ts
 *   id      four random words: the same memory is another object whenever it is posted, this says which it is
 *   slots   one each: the first block of its value, 0 if it has none
 *
 * Each read, write and deletion of a slot is one step for all threads; a read and a write are two.
 */
const turn = 0;
const id = 1;
const idWords = 4;
const firstSlot = id + idWords;
const none = 0;

/** What the header of a pool leaves to its users. */
const mostSlots = 24;

type Words = Int32Array<SharedArrayBuffer>;

/** The memory of a new Local. @throws TypeError if its class has more slots than there can be. */
export function newMemory(slots: readonly string[]): Words {
  if (slots.length > mostSlots)
    throw new TypeError(`a Local has at most ${mostSlots} slots, not ${slots.length}`);
  const words =
    slots.length > 0
      ? newPool()
      : new Int32Array(new SharedArrayBuffer((id + idWords) * Int32Array.BYTES_PER_ELEMENT));
  words.set(crypto.getRandomValues(new Uint32Array(idWords)), id);
  return words;
}

/** What tells this memory from all others, however often it was posted. */
export function idOf(words: Words): string {
  return words.subarray(id, id + idWords).join();
}

/** Slots in shared memory. Their values are clones, as a queue's items are. */
export class SharedSlots implements Slots {
  readonly #memory: Words;
  readonly #places: ReadonlyMap<PropertyKey, number>;

  constructor(memory: Words, names: readonly string[]) {
    this.#memory = memory;
    this.#places = new Map(names.map((name, index) => [name, firstSlot + index]));
  }

  has(name: PropertyKey): boolean {
    return this.#places.has(name);
  }

  read(name: PropertyKey): { readonly value: unknown } | undefined {
    const found = this.#inTurn((words): Encoded | undefined => {
      const first = words[this.#place(name)] as number;
      return first === none ? undefined : read(words, first);
    });
    return found && { value: decode(found) };
  }

  /** @throws TypeError for what cannot be cloned, OverflowError for what there is no room for. */
  write(name: PropertyKey, value: unknown): void {
    const encoded = encode(value);
    checkSize(encoded);
    this.#inTurn((words) => {
      const roomy = makeRoom(words, encoded);
      const first = store(roomy, encoded);
      this.#replace(roomy, name, first);
    });
  }

  clear(name: PropertyKey): boolean {
    return this.#inTurn((words) => this.#replace(words, name, none));
  }

  /** @returns whether there was a value. */
  #replace(words: Words, name: PropertyKey, first: number): boolean {
    const place = this.#place(name);
    const before = words[place] as number;
    words[place] = first;
    if (before !== none) discard(words, before);
    return before !== none;
  }

  #place(name: PropertyKey): number {
    return this.#places.get(name) as number;
  }

  #inTurn<T>(section: (words: Words) => T): T {
    return inTurn(this.#memory, turn, () => section(wholeOf(this.#memory)));
  }
}
