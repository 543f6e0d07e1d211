import { captureOf, describeLine, isLike, type Line } from './lines.ts';

/** What was expected of an output, and what was seen instead, in words. */
export interface OutputMismatch {
  readonly expected: string;
  readonly seen: string;
}

/** No line is like this: lines end where this begins. */
const missing = '\n';

/** The lines like any of these are exactly these, in this order. */
export function compareOrder(texts: readonly string[], lines: readonly Line[]): OutputMismatch | undefined {
  const found = texts.filter((text) => lines.some((line) => isLike(line, text)));
  const wrong = lines.findIndex((line, index) => !isLike(line, found[index] ?? missing));
  const at = wrong < 0 ? lines.length : wrong;
  if (at === found.length && at === lines.length) return undefined;
  const line = lines[at];
  const place = at === 0 ? 'first' : `next after '${found[at - 1]}'`;
  const seen = found[at] === undefined ? 'nothing' : `'${found[at]}'`;
  return { expected: `${line === undefined ? 'nothing' : describeLine(line)} ${place}`, seen };
}

/** All lines like the first come before all like the second. */
export function compareBefore(texts: readonly string[], first: Line, then: Line): OutputMismatch | undefined {
  const expected = `${describeLine(first)} before ${describeLine(then)}`;
  const latest = texts.findLastIndex((text) => isLike(first, text));
  const earliest = texts.findIndex((text) => isLike(then, text));
  if (latest < 0) return { expected, seen: 'the first is missing' };
  if (earliest < 0) return { expected, seen: 'the second is missing' };
  if (latest < earliest) return undefined;
  return { expected, seen: `'${texts[latest]}' after '${texts[earliest]}'` };
}

/** Before each line like `then` there is one like `first` of its own, with the same capture. */
export function comparePairs(texts: readonly string[], first: Line, then: Line): OutputMismatch | undefined {
  const expected = `${describeLine(first)} before each of ${describeLine(then)}, with the same capture`;
  const open: string[] = [];
  let pairs = 0;
  for (const text of texts) {
    const begun = captureOf(first, text);
    if (begun !== undefined) open.push(begun);
    const ended = captureOf(then, text);
    if (ended === undefined) continue;
    const position = open.indexOf(ended);
    if (position < 0) return { expected, seen: `'${text}' without one` };
    open.splice(position, 1);
    pairs++;
  }
  return pairs > 0 ? undefined : { expected, seen: 'no such line' };
}

/** At most so many are inside at a time, and all that entered leave. */
export function compareInside(
  texts: readonly string[],
  enter: Line,
  leave: Line,
  most: number,
): OutputMismatch | undefined {
  const expected = `at most ${most} between ${describeLine(enter)} and ${describeLine(leave)}`;
  const inside: string[] = [];
  let entered = 0;
  for (const text of texts) {
    const comes = captureOf(enter, text);
    if (comes !== undefined) {
      entered++;
      inside.push(comes);
      if (inside.length > most) return { expected, seen: `${inside.length} at '${text}'` };
    }
    const goes = captureOf(leave, text);
    if (goes === undefined) continue;
    const position = inside.indexOf(goes);
    if (position < 0) return { expected, seen: `'${text}' of one that is not inside` };
    inside.splice(position, 1);
  }
  if (entered === 0) return { expected, seen: 'nobody entered' };
  return inside.length === 0 ? undefined : { expected, seen: `${inside.length} never left` };
}

/** No such line from one like `after` until the next like `until`. */
export function compareBarred(
  texts: readonly string[],
  line: Line,
  after: Line,
  until: Line,
): OutputMismatch | undefined {
  let since: string | undefined;
  for (const text of texts) {
    if (since !== undefined && isLike(line, text)) {
      const expected = `${describeLine(line)} never between ${describeLine(after)} and ${describeLine(until)}`;
      return { expected, seen: `'${text}' after '${since}'` };
    }
    if (isLike(after, text)) since = text;
    else if (isLike(until, text)) since = undefined;
  }
  return undefined;
}

/** Texts as a reader is shown them, not too many. */
export function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 12).map((text) => `'${text}'`);
  if (texts.length > shown.length) shown.push(`and ${texts.length - shown.length} more`);
  return shown.join(', ') || 'none';
}
