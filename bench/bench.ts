import { parseArgs } from 'node:util';
import { benchBaton } from './baton.ts';
import { benchCoroutine } from './coroutine.ts';
import { type Figure, isMet } from './figure.ts';
import { benchJudge } from './judge.ts';
import { benchLock } from './lock.ts';
import { benchThreads } from './threads.ts';

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const figures = [
  ...benchLock(),
  ...benchJudge(),
  ...(await benchBaton()),
  ...(await benchCoroutine()),
  ...benchThreads(),
];

if (options.json) {
  console.log(
    JSON.stringify(
      figures.map((own) => ({ ...own, met: isMet(own) })),
      undefined,
      2,
    ),
  );
} else {
  console.log(table(figures));
}

/** Medians, the worst and the best round, the design's bounds, and whether they are met. */
function table(rows: readonly Figure[]): string {
  const cells = [
    ['what', 'median', 'rounds', 'bound', ''],
    ...rows.map((row) => [
      row.what,
      `${number(row.value)} ${row.unit}`,
      row.range.map(number).join(' to '),
      boundOf(row),
      { true: 'met', false: 'missed', undefined: '' }[`${isMet(row)}`],
    ]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => align(cell ?? '', widths?.[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function align(cell: string, width: number, column: number): string {
  return column === 0 || column === 4 ? cell.padEnd(width) : cell.padStart(width);
}

function boundOf({ bound }: Figure): string {
  if (bound === undefined) return '';
  return 'atLeast' in bound ? `>= ${number(bound.atLeast)}` : `<= ${number(bound.atMost)}`;
}

function number(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
