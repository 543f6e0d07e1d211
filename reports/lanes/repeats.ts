import { thousands } from '../text.ts';

/** The most texts that are told as one group. */
const longestGroup = 8;

/** A group of texts, and how often it comes in a row. */
interface Group {
  readonly length: number;
  readonly times: number;
}

/**
 * The same with what comes several times in a row told once: `load, load, load` is `load (3 times)`, and
 * `load, add, load, add, load, add` is `[load, add] (3 times)`. A group of several that comes only twice stays as it is.
 */
export function withoutRepeats(texts: readonly string[]): readonly string[] {
  const shortened: string[] = [];
  for (let position = 0; position < texts.length;) {
    const { length, times } = groupAt(texts, position);
    const group = texts.slice(position, position + length);
    const told = length === 1 ? (group[0] as string) : `[${group.join(', ')}]`;
    shortened.push(times === 1 ? told : `${told} (${thousands(times)} times)`);
    position += length * times;
  }
  return shortened;
}

/** The shortest group that covers most of what begins here. */
function groupAt(texts: readonly string[], start: number): Group {
  let best: Group = { length: 1, times: 1 };
  for (let length = 1; length <= longestGroup; length++) {
    const times = repeatsAt(texts, start, length);
    if (times >= (length === 1 ? 2 : 3) && times * length > best.times * best.length)
      best = { length, times };
  }
  return best;
}

/** How often so many texts come in a row. */
function repeatsAt(texts: readonly string[], start: number, length: number): number {
  let end = start + length;
  while (end < texts.length && texts[end] === texts[end - length]) end++;
  return Math.floor((end - start) / length);
}
