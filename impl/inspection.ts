import type { Problem } from './contractError.ts';
import { nearest } from './nearest.ts';

/** Looks at the parts of a value that anybody may have written, and keeps all that is wrong with them. */
export class Inspection {
  readonly problems: Problem[] = [];

  /** Notes a problem. */
  report(property: string, expected: string, value: unknown, example: string, advice?: string): void {
    this.problems.push({
      property,
      expected,
      found: describeFound(value),
      example,
      ...(advice === undefined ? {} : { advice }),
    });
  }

  /** The property of an object; a getter that throws is a problem, and the property then absent. */
  read(owner: object, key: string, path: string, example: string): unknown {
    try {
      return Reflect.get(owner, key);
    } catch (error) {
      this.problems.push({
        property: path,
        expected: 'a property that can be read',
        found: `one that throws ${describeFound(error)} when it is read`,
        example,
      });
      return undefined;
    }
  }

  /**
   * Reports every key that is not among the known ones.
   * @param aliases what others call the known keys.
   */
  refuseUnknownKeys(
    owner: object,
    path: string,
    known: readonly string[],
    example: string,
    aliases: Readonly<Record<string, string>> = {},
  ): void {
    for (const key of keysOf(owner)) {
      if (known.includes(key)) continue;
      const near = nearest(key, [...known, ...Object.keys(aliases)]);
      const meant = near === undefined ? undefined : (aliases[near] ?? near);
      this.problems.push({
        property: path === '' ? key : `${path}.${key}`,
        expected: `only ${listed(known)}`,
        found: `'${key}'`,
        ...(meant === undefined ? {} : { advice: `Did you mean '${meant}'?` }),
        example,
      });
    }
  }
}

function keysOf(owner: object): readonly string[] {
  try {
    return Object.keys(owner);
  } catch {
    // Reading the properties one by one says what is wrong.
    return [];
  }
}

/** Names as a reader would list them: `a, b or c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** True for what has properties and is neither a function nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  try {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    // A proxy that has been revoked.
    return false;
  }
}

/** What a value is, in a few words; never throws. */
export function describeFound(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return value === '' ? 'an empty string' : `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
    case 'function':
      return 'a function';
    case 'object':
      return value === null ? 'null' : describeObject(value);
    default:
      return String(value);
  }
}

function describeObject(value: object): string {
  try {
    if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    const keys = Object.keys(value);
    if (keys.length === 0) return 'an object without properties';
    const shown = keys.slice(0, 5).join(', ');
    return `an object with ${shown}${keys.length > 5 ? ', …' : ''}`;
  } catch {
    return 'an object that cannot be looked at';
  }
}
