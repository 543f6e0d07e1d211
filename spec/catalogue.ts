import rows from './catalogue.json' with { type: 'json' };

/** How binding a rule is: documented, advised, left open, or only seen in CPython. */
export type Level = 'must' | 'should' | 'may' | 'observed';

/** What it takes to see whether a rule holds. */
export type Observation =
  | 'sequential'
  | 'blocking'
  | 'timed'
  | 'lifecycle'
  | 'race'
  | 'liveness'
  | 'process-exit';

/** One documented statement, as the catalogue has it. */
export interface CatalogueRow {
  /** Stable and public, for example `lock.release.unlocked-raises`; begins with the family. */
  readonly id: string;
  /** The primitive the row belongs to, for example `lock`. */
  readonly family: string;
  /** The family's name in the documentation, for example `Lock`. */
  readonly title: string;
  readonly level: Level;
  /** Documented for the primitives themselves and true since Python 3.6. */
  readonly core: boolean;
  readonly observe: Observation;
  /** Documents and anchors, for example `T#threading.Lock.acquire`. */
  readonly source: string;
  /** First Python version, `base` for 3.6 and before. */
  readonly since: string;
  readonly statement: string;
  /** A faulty implementation that breaks the rule; for `may`, a variant that must survive. */
  readonly mutant: string;
}

/** Every documented rule of every family, in the order of the catalogue. */
export const catalogue = rows as readonly CatalogueRow[];

const byId = new Map(catalogue.map((row) => [row.id, row]));

/**
 * The catalogue's row with this id.
 * @throws RangeError if the catalogue has no such row.
 */
export function catalogueRow(id: string): CatalogueRow {
  const row = byId.get(id);
  if (row === undefined) throw new RangeError(`The catalogue has no rule '${id}'.`);
  return row;
}
