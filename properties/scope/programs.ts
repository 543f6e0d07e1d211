import type { Call, Family, Program, Value } from '../../spec/program.ts';
import { withFresh } from '../../spec/blocks.ts';
import { type Setting, settings, shapes } from './units.ts';

/**
 * Every program of the small scope of a setting, each once whichever thread is which.
 * @param family says what items of queues look like.
 */
export function* programsOf(
  { objects, units, shapes: own = shapes }: Setting,
  family: Family,
): Generator<Program> {
  for (const shape of own) {
    const lists = listsOf(shape.units, units);
    for (const chosen of choicesOf(shape.threads, lists.length)) {
      const threads = chosen.map((position) => lists[position] as readonly Call[]);
      const isOwn = settings[family] === undefined;
      yield { objects, threads: isOwn ? withFresh(threads) : withItems(threads, family) };
    }
  }
}

/** Every list of so many units, one after the other. */
function listsOf(length: number, units: Setting['units']): readonly (readonly Call[])[] {
  if (length === 0) return [[]];
  return listsOf(length - 1, units).flatMap((list) => units.map((unit) => [...list, ...unit]));
}

/** Every choice of so many of these positions, in rising order; the same one may come again. */
function* choicesOf(count: number, positions: number, from = 0): Generator<readonly number[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let first = from; first < positions; first++) {
    for (const rest of choicesOf(count - 1, positions, first)) yield [first, ...rest];
  }
}

/** Items that can be told from each other; where there is an order, later ones come first. */
function withItems(threads: Program['threads'], family: Family): Program['threads'] {
  let puts = 0;
  const next = (): Value => (family === 'prio' ? 9 - puts++ : `item ${++puts}`);
  return threads.map((calls) =>
    calls.map((made) => (made.method === 'put' ? { ...made, args: { item: next(), ...made.args } } : made)),
  );
}
