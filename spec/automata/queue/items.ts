import type { Outcome } from '../../history.ts';
import { type Argument, callbackIn, referenceIn, type Value } from '../../program.ts';

/** What is put and comes out again; the text identifies it, for JSON knows neither undefined nor -0. */
export interface Item {
  readonly text: string;
  readonly value: Value;
}

/** The item that an argument is; undefined if it can be in no thread but its own: a function, another object. */
export function itemOf(argument: Argument): Item | undefined {
  if (callbackIn(argument) !== undefined || referenceIn(argument) !== undefined) return undefined;
  const value = argument as Value;
  return { text: textOf(value), value };
}

function textOf(value: Value): string {
  if (typeof value === 'object' && value !== null) return value.json;
  if (typeof value === 'string') return `'${value}`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** What a get that delivers the item shows. */
export function delivered({ value }: Item): Outcome {
  return { returns: value };
}

/** Whether an implementation might take the item for none, or for something else: anything but a name or a count. */
export function isUnusual({ value }: Item): boolean {
  return typeof value === 'object' || typeof value === 'boolean' || !value;
}

/** Each item once. */
export function distinct<T extends Item>(items: readonly T[]): readonly T[] {
  return items.filter(({ text }, position) => items.findIndex((other) => other.text === text) === position);
}
