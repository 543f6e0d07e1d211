import type { Page } from '../style.ts';
import { width, wrap } from '../text.ts';
import { laneWidths } from './laneWidths.ts';
import type { Drawing, LaneRow, Row } from './rows.ts';

const gap = 2;
const gutter = 5;

/**
 * Draws threads as columns, time downwards.
 * @returns lines of at most the page's width, as long as every thread can have 16 columns.
 */
export function drawLanes({ threads, rows }: Drawing, page: Page): string[] {
  const whole = rows.map((row, position) => wholeCall(row, rows[position + 1]));
  const widths = laneWidths(naturalWidths(threads, rows, whole), page.columns - gutter, gap);
  const lanes = new Lanes(widths, page);
  for (let position = 0; position < rows.length; position++) {
    const row = rows[position] as Row;
    const text = whole[position];
    if (row.kind === 'note') lanes.note(row.text, row.fault);
    else if (text === undefined || width(text) > (widths[row.thread] as number) - lanes.indent(row.thread))
      lanes.row(row);
    else {
      lanes.whole(row.thread, text, rows[position + 1]?.fault);
      position++;
    }
  }
  return lanes.lines;
}

/** A call that ends before anything else happens is told in one line. */
function wholeCall(row: Row, next: Row | undefined): string | undefined {
  if (row.kind !== 'opens' || next?.kind !== 'closes' || next.thread !== row.thread) return undefined;
  return `${marks.whole}${row.text} → ${next.text}${next.fault ? marks.fault : ''}`;
}

const marks = { opens: '┌ ', closes: '└ ', whole: '─ ', stem: '│ ', sleeping: '┆ ', fault: ' ✗' } as const;

function naturalWidths(
  threads: number,
  rows: readonly Row[],
  whole: readonly (string | undefined)[],
): readonly number[] {
  const natural = new Array<number>(threads).fill('thread 1'.length);
  const depth = new Array<number>(threads).fill(0);
  rows.forEach((row, position) => {
    if (row.kind === 'note') return;
    const { thread } = row;
    if (row.kind === 'closes') depth[thread] = Math.max(0, (depth[thread] as number) - 1);
    const text = whole[position] ?? `${marks.stem}${row.text}${row.fault ? marks.fault : ''}`;
    natural[thread] = Math.max(natural[thread] as number, 2 * (depth[thread] as number) + width(text));
    if (row.kind === 'opens') depth[thread] = (depth[thread] as number) + 1;
  });
  return natural;
}

/** The lines so far, and where each thread stands. */
class Lanes {
  readonly lines: string[] = [];
  readonly #widths: readonly number[];
  readonly #page: Page;
  readonly #depth: number[];
  readonly #asleep: boolean[];
  #number = 0;

  constructor(widths: readonly number[], page: Page) {
    this.#widths = widths;
    this.#page = page;
    this.#depth = widths.map(() => 0);
    this.#asleep = widths.map(() => false);
    const heads = widths.map((_, thread) => `thread ${thread + 1}`);
    this.#line('', heads, 'strong');
  }

  /** Columns that the lines of the open calls around a row take. */
  indent(thread: number): number {
    return 2 * (this.#depth[thread] as number);
  }

  note(text: string, fault: true | undefined): void {
    const room = this.#page.columns - gutter;
    for (const line of wrap(`${text}${fault ? marks.fault : ''}`, room - 6)) {
      this.lines.push(this.#page.paint(fault ? 'bad' : 'faint', `${' '.repeat(gutter)}·· ${line} ··`));
    }
  }

  whole(thread: number, text: string, fault: true | undefined): void {
    this.#rowOf(thread, [this.#stem(thread) + text], fault);
  }

  row({ kind, thread, text, fault }: LaneRow): void {
    const depth = this.#depth[thread] as number;
    const stems = kind === 'opens' ? depth + 1 : kind === 'closes' ? Math.max(1, depth) : depth;
    const room = Math.max(8, (this.#widths[thread] as number) - 2 * stems);
    const lines = wrap(`${text}${fault ? marks.fault : ''}`, room);
    const around = marks.stem.repeat(Math.max(0, depth - 1));
    if (kind === 'wakes') this.#asleep[thread] = false;
    if (kind === 'sleeps') this.#asleep[thread] = true;
    switch (kind) {
      case 'opens':
        this.#depth[thread] = depth + 1;
        this.#rowOf(thread, before(this.#stemAt(depth), marks.opens, marks.stem, lines), fault);
        break;
      case 'closes':
        this.#depth[thread] = Math.max(0, depth - 1);
        this.#asleep[thread] = false;
        this.#rowOf(thread, before(around, marks.closes, '  ', lines), fault);
        break;
      default: {
        const stem = this.#stem(thread);
        this.#rowOf(
          thread,
          lines.map((line) => stem + line),
          fault,
        );
      }
    }
  }

  #rowOf(thread: number, texts: readonly string[], fault: true | undefined): void {
    this.#number++;
    texts.forEach((text, position) => {
      const cells = this.#widths.map((_, other) => (other === thread ? text : this.#stem(other)));
      const mark = position === 0 ? String(this.#number) : '';
      this.#line(mark, cells, fault ? 'bad' : undefined, thread);
    });
  }

  #stemAt(depth: number): string {
    return marks.stem.repeat(depth);
  }

  #stem(thread: number): string {
    const depth = this.#depth[thread] as number;
    if (depth === 0 || !this.#asleep[thread]) return this.#stemAt(depth);
    return this.#stemAt(depth - 1) + marks.sleeping;
  }

  #line(mark: string, cells: readonly string[], tone?: 'bad' | 'strong', thread?: number): void {
    const { paint } = this.#page;
    const last = cells.findLastIndex((cell) => cell.trim() !== '');
    const painted = cells.slice(0, last + 1).map((cell, lane) => {
      const text = cell.trimEnd();
      const columns = lane === last ? 0 : (this.#widths[lane] as number) + gap;
      const look = tone === 'bad' && lane !== thread ? text : tone === undefined ? text : paint(tone, text);
      return look + ' '.repeat(Math.max(0, columns - width(text)));
    });
    this.lines.push(`${paint('faint', mark.padStart(gutter - 2))}  ${painted.join('')}`);
  }
}

/** Wrapped lines with what stands before the first and before the others. */
function before(around: string, first: string, others: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, position) => around + (position === 0 ? first : others) + line);
}
