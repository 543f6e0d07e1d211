import { type CatalogueRow, catalogueRow } from './catalogue.ts';
import type { Example } from './example.ts';
import type { History } from './history.ts';
import type { Program } from './program.ts';

/** A row of the catalogue with what shows it. */
export interface Rule extends CatalogueRow {
  /** What to look at first when it fails. */
  readonly lookAt: string;
  readonly examples: readonly [Example, ...Example[]];
  /** Only implementations of the strict profile are held to it. */
  readonly strictOnly?: true;
  /**
   * It holds of all primitives, and no automaton cites it: a refused history of one of its explored
   * examples breaks it, whatever else it breaks.
   */
  readonly general?: true;
  /** Where a freedom is not used by one step of a call: whether a history as a whole makes use of it. */
  readonly usedIn?: (history: History, program: Program) => boolean;
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

/** The same rule, as one that holds of all primitives. */
export function general(held: Rule): Rule {
  return { ...held, general: true };
}

/** The same freedom, of which histories as a whole make use. */
export function usedWhere(held: Rule, usedIn: NonNullable<Rule['usedIn']>): Rule {
  return { ...held, usedIn };
}

/** A row that does not apply, with the reason, a sentence. */
export function notApplicable(id: string, reason: string): NotApplicable {
  return { ...catalogueRow(id), notApplicable: reason };
}
