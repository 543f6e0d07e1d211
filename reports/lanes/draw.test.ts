import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plain } from '../style.ts';
import { width } from '../text.ts';
import { drawLanes } from './draw.ts';
import type { Row } from './rows.ts';

const page = { columns: 80, paint: plain };
const draw = (threads: number, rows: readonly Row[]) =>
  `\n${drawLanes({ threads, rows }, page).join('\n')}\n`;

test('a call that ends at once takes one line, one that lasts is a line of its own', () => {
  const rows: Row[] = [
    { kind: 'opens', thread: 0, text: 'acquire()' },
    { kind: 'closes', thread: 0, text: 'true' },
    { kind: 'opens', thread: 1, text: 'acquire(timeout: 0.5)' },
    { kind: 'sleeps', thread: 1, text: 'sleeps' },
    { kind: 'note', text: 'time passes: 0.5 seconds since the beginning' },
    { kind: 'opens', thread: 0, text: 'release()' },
    { kind: 'wakes', thread: 1, text: 'wakes' },
    { kind: 'closes', thread: 0, text: 'undefined' },
    { kind: 'closes', thread: 1, text: 'true', fault: true },
  ];
  expect(draw(2, rows)).toMatchInlineSnapshot(`
    "
         thread 1            thread 2
      1  ─ acquire() → true
      2                      ┌ acquire(timeout: 0.5)
      3                      ┆ sleeps
         ·· time passes: 0.5 seconds since the beginning ··
      4  ┌ release()         ┆
      5  │                   │ wakes
      6  └ undefined         │
      7                      └ true ✗
    "
  `);
});

test('what stands in a body is indented, and long texts are wrapped in their lane', () => {
  const rows: Row[] = [
    { kind: 'opens', thread: 0, text: 'with rlock' },
    { kind: 'within', thread: 0, text: 'enters with true' },
    { kind: 'opens', thread: 0, text: 'rlock.acquire(blocking: true, timeout: 0.125)' },
    { kind: 'opens', thread: 3, text: 'lock.acquire(blocking: false)' },
    { kind: 'closes', thread: 3, text: 'raises ValueError' },
    { kind: 'closes', thread: 0, text: 'true' },
    { kind: 'opens', thread: 2, text: 'semaphore.release(n: 2)' },
    { kind: 'within', thread: 0, text: 'leaves by throw' },
    { kind: 'closes', thread: 0, text: 'raises BodyError' },
    { kind: 'within', thread: 2, text: 'compareExchange m1+0, load m1+4, wait m1+0' },
    { kind: 'opens', thread: 1, text: 'event.isSet()' },
    { kind: 'closes', thread: 1, text: 'false', fault: true },
  ];
  expect(draw(4, rows)).toMatchInlineSnapshot(`
    "
         thread 1           thread 2           thread 3           thread 4
      1  ┌ with rlock
      2  │ enters with
         │ true
      3  │ ┌ rlock.
         │ │ acquire(
         │ │ blocking:
         │ │ true,
         │ │ timeout:
         │ │ 0.125)
      4  │ │                                                      ┌ lock.acquire(
         │ │                                                      │ blocking: false)
      5  │ │                                                      └ raises
         │ │                                                        ValueError
      6  │ └ true
      7  │                                     ┌ semaphore.
         │                                     │ release(n: 2)
      8  │ leaves by throw                     │
      9  └ raises                              │
           BodyError                           │
     10                                        │ compareExchange
                                               │ m1+0, load
                                               │ m1+4, wait m1+0
     11                     ┌ event.isSet()    │
     12                     └ false ✗          │
    "
  `);
});

test('no line of up to four threads is wider than the page, and every word is there', () => {
  const words = fc.array(
    fc.constantFrom('acquire(', 'timeout:', '0.5)', 'compareExchange', 'true', 'RuntimeError'),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  const row = (threads: number): fc.Arbitrary<Row> =>
    fc.record({
      kind: fc.constantFrom('opens', 'closes', 'within', 'sleeps', 'wakes'),
      thread: fc.nat(threads - 1),
      text: words.map((parts) => parts.join(' ')),
    } as const);
  const drawings = fc
    .integer({ min: 1, max: 4 })
    .chain((threads) =>
      fc.record({ threads: fc.constant(threads), rows: fc.array(row(threads), { maxLength: 12 }) }),
    )
    .filter(({ rows }) => deepest(rows) <= 3);
  fc.assert(
    fc.property(drawings, (drawing) => {
      const lines = drawLanes(drawing, page);
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(80);
      const letters = (text: string) =>
        Array.from(text.replaceAll(/[^\w.]/g, ''))
          .sort()
          .join('');
      const drawn = lines.slice(1).map((line) => line.slice(5));
      expect(letters(drawn.join(''))).toBe(letters(drawing.rows.map(({ text }) => text).join('')));
    }),
  );
});

/** How many calls of one thread are open at once. */
function deepest(rows: readonly Row[]): number {
  const depths = [0, 0, 0, 0];
  let most = 0;
  for (const row of rows) {
    if (row.kind === 'note') continue;
    const step = row.kind === 'opens' ? 1 : row.kind === 'closes' ? -1 : 0;
    depths[row.thread] = Math.max(0, (depths[row.thread] as number) + step);
    most = Math.max(most, depths[row.thread] as number);
  }
  return most;
}
