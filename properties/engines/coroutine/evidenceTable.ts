import type { NumberedEvidence } from '../../../spec/judge/evidence.ts';

/** Lists that begin alike. */
interface Entry {
  /** Of the list that ends here; undefined: none was met. */
  number: number | undefined;
  /** By the number of what comes next in them. */
  readonly next: (Entry | undefined)[];
}

/**
 * Numbers for what executions were evidence for: of many thousands most were evidence for the same, in one order or
 * another, and a number is quicker to post.
 */
export class EvidenceTable {
  readonly lists: (readonly NumberedEvidence[])[] = [];
  readonly #root: Entry = { number: undefined, next: [] };

  /**
   * The position in {@link lists} of these, in whichever order.
   * @param evidence of one judge.
   */
  numberOf(evidence: readonly NumberedEvidence[]): number {
    const sorted = evidence.toSorted((one, other) => one.number - other.number);
    let entry = this.#root;
    for (const { number } of sorted) entry = entry.next[number] ??= { number: undefined, next: [] };
    if (entry.number === undefined) {
      entry.number = this.lists.length;
      this.lists.push(sorted);
    }
    return entry.number;
  }
}
