import { OverflowError } from './errors.ts';

/*
 * A pool of blocks of eight Int32 words in memory that grows: each item is a chain of them. Block n begins at word
 * 8 n; the first blocks are the header, so 0 stands for none.
 *
 *   header    where the free blocks begin, how many of them there are, and how many blocks were ever used
 *   block     next in the chain, then seven words of data
 *   first     next in the chain, two links to other items (lists, trees), what it holds, four words of data
 *
 * Free blocks form a chain too; those never used lie behind all others. What is not free and not in the header
 * belongs to exactly one chain. Everything is touched by one thread at a time, who calls sees to that.
 *
 * The memory doubles when it is full, up to a limit, and never shrinks. How much of it is used is written in the
 * header and nowhere taken from its length, which other threads see grow.
 */
export type Words = Int32Array<SharedArrayBuffer>;

/** Words of a block. */
export const blockWords = 8;
/** Blocks before the first that can be used. */
const headerBlocks = 4;
/** Words that belong to whoever uses the pool; the pool's own follow. */
const ownWords = headerBlocks * blockWords - 3;

const freeHead = ownWords;
const freeCount = ownWords + 1;
const used = ownWords + 2;

/** Words of a block by position; the last three are those of a first block. */
const chain = 0;
export const links = { left: 1, right: 2 } as const;
const held = 3;
const firstData = 4;
const nextData = 1;

/** No block. */
export const none = 0;

const initialBytes = 1024;
/** Bytes that all that is stored in one object can take, overhead included: 64 MiB. */
export const maximalBytes = 64 * 2 ** 20;

/** A value as words, and a number from 0 to 15 that says how to read them. */
export interface Encoded {
  readonly kind: number;
  readonly words: ArrayLike<number>;
}

/** The header of new memory, as primitives post it. */
export function newPool(): Words {
  const buffer = new SharedArrayBuffer(initialBytes, { maxByteLength: maximalBytes });
  const header = new Int32Array(buffer, 0, headerBlocks * blockWords);
  clearPool(header);
  return header;
}

/** All of the memory, as long as it is now. */
export function wholeOf({ buffer }: Words): Words {
  return new Int32Array(buffer, 0, buffer.byteLength / Int32Array.BYTES_PER_ELEMENT);
}

/** Whether this thread sees all blocks that were ever used. */
export function seesAll(words: Words): boolean {
  return at(words, used) * blockWords <= words.length;
}

/** Frees all blocks. */
export function clearPool(words: Words): void {
  words[freeHead] = none;
  words[freeCount] = 0;
  words[used] = headerBlocks;
}

/** Refuses what could not even be stored alone. @throws OverflowError for it. */
export function checkSize({ words: { length } }: Encoded): void {
  if (bytesOf(headerBlocks + blocksFor(length)) > maximalBytes) throw tooMuch();
}

/**
 * Makes room for a value.
 * @param words all of the memory.
 * @returns all of the memory, longer if it had to grow.
 * @throws OverflowError if there is no room, and none to be had.
 */
export function makeRoom(words: Words, { words: { length } }: Encoded): Words {
  const bytes = bytesOf(at(words, used) + Math.max(0, blocksFor(length) - at(words, freeCount)));
  const { buffer } = words;
  if (bytes <= words.byteLength) return words;
  if (bytes > buffer.maxByteLength) throw tooMuch();
  if (bytes > buffer.byteLength)
    grow(buffer, Math.min(Math.max(bytes, 2 * buffer.byteLength), buffer.maxByteLength));
  return wholeOf(words);
}

function grow(buffer: SharedArrayBuffer, bytes: number): void {
  try {
    buffer.grow(bytes);
  } catch (error) {
    throw new OverflowError(`there is no memory for ${bytes} bytes`, { cause: error });
  }
}

/** What is raised at the limit. */
export function tooMuch(): OverflowError {
  return new OverflowError(`what is stored would take more than ${maximalBytes} bytes`);
}

function bytesOf(blocks: number): number {
  return blocks * blockWords * Int32Array.BYTES_PER_ELEMENT;
}

function blocksFor(length: number): number {
  return 1 + Math.max(0, Math.ceil((length - (blockWords - firstData)) / (blockWords - nextData)));
}

/**
 * Stores a value for which there is room.
 * @returns its first block.
 */
export function store(words: Words, { kind, words: data }: Encoded): number {
  const first = take(words);
  words[first * blockWords + held] = data.length * 16 + kind;
  let block = first;
  let position = firstData;
  for (let index = 0; index < data.length; index++) {
    if (position === blockWords) {
      const next = take(words);
      words[block * blockWords + chain] = next;
      block = next;
      position = nextData;
    }
    words[block * blockWords + position++] = data[index] as number;
  }
  return first;
}

/** A block that nobody uses, at the end of a chain. */
function take(words: Words): number {
  let block = at(words, freeHead);
  if (block === none) {
    block = at(words, used);
    words[used] = block + 1;
  } else {
    words[freeHead] = at(words, block * blockWords + chain);
    words[freeCount] = at(words, freeCount) - 1;
  }
  words[block * blockWords + chain] = none;
  return block;
}

/** The value that is stored in the chain that begins with this block. */
export function read(words: Words, first: number): Encoded {
  const cursor = new Cursor(words, first);
  const { kind, length } = cursor;
  const data = length <= blockWords - firstData ? new Array<number>(length) : new Int32Array(length);
  for (let index = 0; index < length; index++) data[index] = cursor.next();
  return { kind, words: data };
}

/** Frees the chain that begins with this block. */
export function discard(words: Words, first: number): void {
  let last = first;
  let blocks = 1;
  for (let next = nextOf(words, last); next !== none; next = nextOf(words, last)) {
    last = next;
    blocks++;
  }
  words[last * blockWords + chain] = at(words, freeHead);
  words[freeHead] = first;
  words[freeCount] = at(words, freeCount) + blocks;
}

function nextOf(words: Words, block: number): number {
  return at(words, block * blockWords + chain);
}

/** Reads a stored value word by word. */
export class Cursor {
  readonly kind: number;
  readonly length: number;
  readonly #words: Words;
  #block: number;
  #position = firstData;

  constructor(words: Words, first: number) {
    const what = at(words, first * blockWords + held);
    this.kind = what & 15;
    this.length = what >>> 4;
    this.#words = words;
    this.#block = first;
  }

  /** The next word; there has to be one. */
  next(): number {
    if (this.#position === blockWords) {
      this.#block = nextOf(this.#words, this.#block);
      this.#position = nextData;
    }
    return at(this.#words, this.#block * blockWords + this.#position++);
  }
}

function at(words: Words, index: number): number {
  return words[index] as number;
}
