/** What an access can be. */
export const kinds = { plainRead: 0, plainWrite: 1, atomicRead: 2, atomicWrite: 3 } as const;
export type Kind = (typeof kinds)[keyof typeof kinds];
const kindCount = 4;

/** With which accesses of other threads one of a kind conflicts: one of the two writes, one of the two is plain. */
const conflicts: readonly (readonly Kind[])[] = [
  [kinds.plainWrite, kinds.atomicWrite],
  [kinds.plainRead, kinds.plainWrite, kinds.atomicRead, kinds.atomicWrite],
  [kinds.plainWrite],
  [kinds.plainRead, kinds.plainWrite],
];

const pageBits = 6;
const pageBytes = 1 << pageBits;

/** An access as it is remembered. */
export interface Remembered {
  readonly thread: number;
  readonly kind: Kind;
  /** When, in its thread's time; later than 0. */
  readonly epoch: number;
  /** Number of the place where it stands. */
  readonly place: number;
}

/** Who accessed each byte of a memory last: a cell for every thread and kind of access. */
export class Shadow {
  readonly #threads: number;
  readonly #pages = new Map<number, { readonly epochs: Int32Array; readonly places: Int32Array }>();

  /** @param threads how many there are. */
  constructor(threads: number) {
    this.#threads = threads;
  }

  /**
   * Remembers an access to a byte, if there is anything new about it.
   * @param known up to which epoch of another thread its accesses happen before this one.
   * @param raced gets the conflicting accesses that do not.
   */
  access(
    byte: number,
    access: Remembered,
    known: (other: number) => number,
    raced: (other: Remembered) => void,
  ): void {
    const { epochs, places } = this.#page(byte >>> pageBits);
    const start = (byte & (pageBytes - 1)) * this.#threads * kindCount;
    const own = start + access.thread * kindCount + access.kind;
    // In the same epoch nothing has been learnt: who conflicts has been seen, or will see this one.
    if (epochs[own] === access.epoch && places[own] === access.place) return;
    epochs[own] = access.epoch;
    places[own] = access.place;
    for (let thread = 0; thread < this.#threads; thread++) {
      if (thread === access.thread) continue;
      const until = known(thread);
      for (const kind of conflicts[access.kind] as readonly Kind[]) {
        const cell = start + thread * kindCount + kind;
        const epoch = epochs[cell] as number;
        if (epoch > until) raced({ thread, kind, epoch, place: places[cell] as number });
      }
    }
  }

  #page(number: number) {
    let page = this.#pages.get(number);
    if (page === undefined) {
      const cells = pageBytes * this.#threads * kindCount;
      page = { epochs: new Int32Array(cells), places: new Int32Array(cells) };
      this.#pages.set(number, page);
    }
    return page;
  }
}
