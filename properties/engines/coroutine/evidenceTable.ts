import type { Evidence } from '../../../spec/judge/evidence.ts';

/** Lists that begin alike. */
interface Entry {
  /** Of the list that ends here; undefined: none was met. */
  number: number | undefined;
  /** What comes next in them: few, which are found sooner one by one than by a hash. */
  readonly next: Evidence[];
  readonly entries: Entry[];
}

function newEntry(): Entry {
  return { number: undefined, next: [], entries: [] };
}

/**
 * Numbers for what executions were evidence for: of many thousands most were evidence for the same, and a number is
 * quicker to post.
 */
export class EvidenceTable {
  readonly lists: (readonly Evidence[])[] = [];
  readonly #root: Entry = newEntry();

  /** The position in {@link lists} of these, in this order. */
  numberOf(evidence: readonly Evidence[]): number {
    let entry = this.#root;
    for (const one of evidence) {
      let position = entry.next.indexOf(one);
      if (position < 0) {
        position = entry.next.push(one) - 1;
        entry.entries.push(newEntry());
      }
      entry = entry.entries[position] as Entry;
    }
    if (entry.number === undefined) {
      entry.number = this.lists.length;
      this.lists.push([...evidence]);
    }
    return entry.number;
  }
}
