import { type CatalogueRow, catalogueRow } from './catalogue.ts';
import type { Example } from './example.ts';

/** A row of the catalogue with what shows it. */
export interface Rule extends CatalogueRow {
  /** What to look at first when it fails. */
  readonly lookAt: string;
  readonly examples: readonly [Example, ...Example[]];
  /** Only implementations of the strict profile are held to it. */
  readonly strictOnly?: true;
}

/** A row of the catalogue that cannot be asked of an implementation for JavaScript. */
export interface NotApplicable extends CatalogueRow {
  readonly notApplicable: string;
}

/**
 * A rule: the catalogue's row of this id with its examples.
 * @param id of the row.
 * @param lookAt what to look at first when the rule fails, a sentence.
 * @throws RangeError if the catalogue has no such row.
 */
export function rule(id: string, lookAt: string, ...examples: readonly [Example, ...Example[]]): Rule {
  return { ...catalogueRow(id), lookAt, examples };
}

/** The same rule, to which only implementations of the strict profile are held. */
export function strictly(held: Rule): Rule {
  return { ...held, strictOnly: true };
}

/** A row that does not apply, with the reason, a sentence. */
export function notApplicable(id: string, reason: string): NotApplicable {
  return { ...catalogueRow(id), notApplicable: reason };
}
