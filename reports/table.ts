import { padEnd, width } from './text.ts';

/** A column of a table. */
export interface Column {
  readonly head: string;
  /** Default `left`. */
  readonly align?: 'left' | 'right';
}

/**
 * A table in plain text: a line of heads, then a line a row.
 * @param rows one text a column each.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns.map(({ head }) => head), ...rows];
  const widths = columns.map((_, position) => Math.max(...all.map((row) => width(row[position] ?? ''))));
  return all.map((row) =>
    columns
      .map(({ align }, position) => {
        const text = row[position] ?? '';
        const columnsWide = widths[position] as number;
        return align === 'right' ? ' '.repeat(columnsWide - width(text)) + text : padEnd(text, columnsWide);
      })
      .join('  ')
      .trimEnd(),
  );
}
