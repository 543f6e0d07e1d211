/** What a terminal would obey or leave out is written out instead: nothing an implementation says can garble a report. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return named[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
  });
}

/** The same data with every text in it {@link printable}. */
export function printableData<T>(data: T): T {
  if (typeof data === 'string') return printable(data) as T;
  if (Array.isArray(data)) return data.map(printableData) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [printable(key), printableData(value)]),
  ) as T;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** How many columns the text takes, one a character. */
export function width(text: string): number {
  let columns = 0;
  for (const _ of text) columns++;
  return columns;
}

/** The text, filled up with blanks to this many columns. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** The text in lines of at most this many columns, broken at blanks; a word that is longer is cut in two. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) <= columns) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cut(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) as string;
  }
  lines.push(line);
  return lines;
}

/** Wrapped text with something before its first line and as many blanks before the others. */
export function hang(before: string, text: string, columns: number): string[] {
  const indent = width(before);
  return wrap(text, Math.max(20, columns - indent)).map(
    (line, position) => (position === 0 ? before : ' '.repeat(indent)) + line,
  );
}

/** A number and what it counts: `1 thread`, `2 threads`, `1,000 executions`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${thousands(number)} ${number === 1 ? singular : plural}`;
}

/** A number as a reader would write it. */
export function thousands(number: number): string {
  return number.toLocaleString('en-US', { maximumFractionDigits: 3 });
}

/** `a, b and c`. */
export function list(parts: readonly string[], last = 'and'): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`;
}

/** Where a word may rather be cut than elsewhere: behind these. */
const seams: ReadonlySet<string> = new Set('(.,:-/');

function cut(word: string, columns: number): string[] {
  const characters = Array.from(word);
  const pieces: string[] = [];
  while (characters.length > columns) {
    const seam = characters.slice(0, columns).findLastIndex((character) => seams.has(character));
    pieces.push(characters.splice(0, seam >= columns / 3 ? seam + 1 : columns).join(''));
  }
  return [...pieces, characters.join('')];
}
