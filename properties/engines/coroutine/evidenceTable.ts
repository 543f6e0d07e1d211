import type { Evidence } from '../../../spec/judge/evidence.ts';

/** Lists that begin alike. */
interface Entry {
  /** Of the list that ends here; undefined: none was met. */
  number: number | undefined;
  readonly next: Map<Evidence, Entry>;
}

/**
 * Numbers for what executions were evidence for: of many thousands most were evidence for the same, and a number is
 * quicker to post.
 */
export class EvidenceTable {
  readonly lists: (readonly Evidence[])[] = [];
  readonly #root: Entry = { number: undefined, next: new Map() };

  /** The position in {@link lists} of these, in this order. */
  numberOf(evidence: readonly Evidence[]): number {
    let entry = this.#root;
    for (const one of evidence) {
      let next = entry.next.get(one);
      if (next === undefined) {
        next = { number: undefined, next: new Map() };
        entry.next.set(one, next);
      }
      entry = next;
    }
    if (entry.number === undefined) {
      entry.number = this.lists.length;
      this.lists.push([...evidence]);
    }
    return entry.number;
  }
}
