import { captureOf, describeLine, type Line } from './lines.ts';
import { listed, type OutputMismatch } from './orders.ts';

/** The lines capture exactly these values. */
export function compareValues(
  texts: readonly string[],
  line: Line,
  values: readonly string[],
  ordered: boolean,
): OutputMismatch | undefined {
  const found = captured(texts, line);
  const [wanted, seen] = ordered ? [values, found] : [values.toSorted(), found.toSorted()];
  if (wanted.length === seen.length && wanted.every((value, index) => value === seen[index]))
    return undefined;
  const how = ordered ? 'in this order' : 'in any order';
  return { expected: `${describeLine(line)} with ${listed(values)} ${how}`, seen: listed(found) };
}

/** No two lines capture the same. */
export function compareDistinct(texts: readonly string[], line: Line): OutputMismatch | undefined {
  const expected = `${describeLine(line)}, no two with the same capture`;
  const found = captured(texts, line);
  if (found.length === 0) return { expected, seen: 'no such line' };
  const twice = found.find((value, index) => found.indexOf(value) < index);
  return twice === undefined ? undefined : { expected, seen: `'${twice}' twice` };
}

/** All lines capture the same. */
export function compareEqual(texts: readonly string[], line: Line): OutputMismatch | undefined {
  const found = captured(texts, line);
  if (found.length > 0 && found.every((value) => value === found[0])) return undefined;
  return { expected: `${describeLine(line)}, all with the same capture`, seen: listed(found) };
}

/** The numbers captured are in this range. */
export function compareRange(
  texts: readonly string[],
  line: Line,
  least: number,
  most = Infinity,
): OutputMismatch | undefined {
  const end = most === Infinity ? 'or more' : `to ${most}`;
  const expected = `${describeLine(line)} with ${least} ${end}`;
  const found = captured(texts, line);
  if (found.length === 0) return { expected, seen: 'no such line' };
  const outside = found.find((value) => !(Number(value) >= least && Number(value) <= most));
  return outside === undefined ? undefined : { expected, seen: `'${outside}'` };
}

/** Each number captured is larger by so much or more than the one before. */
export function compareApart(texts: readonly string[], line: Line, by: number): OutputMismatch | undefined {
  const expected = `${describeLine(line)}, each ${by} or more above the one before`;
  const found = captured(texts, line);
  if (found.length < 2) return { expected, seen: listed(found) };
  const close = found.findIndex(
    (value, index) => index > 0 && !(Number(value) - Number(found[index - 1]) >= by),
  );
  return close < 0 ? undefined : { expected, seen: `'${found[close]}' after '${found[close - 1]}'` };
}

/** The numbers captured count up and down from 0. */
export function compareTally(texts: readonly string[], up: Line, down: Line): OutputMismatch | undefined {
  let count = 0;
  let counted = 0;
  for (const text of texts) {
    const more = captureOf(up, text);
    const less = captureOf(down, text);
    if (more === undefined && less === undefined) continue;
    counted++;
    count += more === undefined ? -1 : 1;
    if (Number(more ?? less) !== count) return { expected: `a count of ${count}`, seen: `'${text}'` };
  }
  if (counted > 0) return undefined;
  return { expected: `${describeLine(up)} and ${describeLine(down)}`, seen: 'no such line' };
}

function captured(texts: readonly string[], line: Line): readonly string[] {
  return texts.map((text) => captureOf(line, text)).filter((value) => value !== undefined);
}
