import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RaceResult } from '../../properties/run.ts';
import { runs } from '../arbitraryRuns.ts';
import { runOf } from '../runFile.ts';
import { plain } from '../style.ts';
import { printable } from '../text.ts';
import { racesReport } from './race.ts';
import { terminalReport } from './report.ts';

const page = { columns: 80, paint: plain };

test('races, of which one does no harm', () => {
  const access = { thread: 0, file: 'src/counter.ts', line: 35, column: 12, function: 'Counter.peek' };
  const race: RaceResult = {
    record: 'race',
    number: 1,
    first: { ...access, thread: 1, access: 'write', atomic: true, line: 17, function: '' },
    second: { ...access, access: 'read', atomic: false },
    memory: 1,
    byte: 4,
    program: { objects: [], threads: [[], []] },
    token: 'lp1.bYwNjIvzSvJSS3KtDJITDQsKS3SyC9KzNNEKS6oNNVMqgUA',
  };
  const plainly = { ...access, thread: 1, access: 'write', atomic: false, column: 0 } as const;
  const benign: RaceResult = { ...race, number: 2, first: plainly, declared: 'What it shows may be old.' };
  const drawn = racesReport([race, benign], page, './mine.ts').map((lines) => lines.join('\n'));
  expect(`\n${drawn.join('\n\n')}\n`).toMatchInlineSnapshot(`
    "
    Race 1. An atomic write and a plain read of the same byte, and nothing orders
            them (memory 1, byte 4).
       thread 2 writes src/counter.ts:17:12
       thread 1 reads  src/counter.ts:35:12  in Counter.peek
       lockproof replay lp1.bYwNjIvzSvJSS3KtDJITDQsKS3SyC9KzNNEKS6oNNVMqgUA ./mine.ts

    Race 2. A plain write and a plain read of the same byte, and nothing orders them
            (memory 1, byte 4).
       thread 2 writes src/counter.ts:35  in Counter.peek
       thread 1 reads  src/counter.ts:35:12  in Counter.peek
       lockproof replay lp1.bYwNjIvzSvJSS3KtDJITDQsKS3SyC9KzNNEKS6oNNVMqgUA ./mine.ts
       It is declared: What it shows may be old.

    Where accesses race, use Atomics in both places, or order the two: by a lock, by
    a flag that Atomics read and write. A race that does no harm can be declared in
    benignRaces.
    "
  `);
  expect(racesReport([benign], page, '')).toHaveLength(1);
});

test('a run tells of its races', () => {
  fc.assert(
    fc.property(runs(), (records) => {
      const run = runOf(records);
      const text = terminalReport(run, { page });
      for (const { token, number } of run.races) {
        expect(text).toContain(`Race ${number}. `);
        expect(text).toContain(`lockproof replay ${printable(token)}`);
      }
    }),
  );
});
