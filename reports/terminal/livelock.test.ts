import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseRecords, runOf } from '../runFile.ts';
import { plain } from '../style.ts';
import { terminalReport } from './report.ts';

const page = { columns: 80, paint: plain };
const text = readFileSync(new URL('../../fixtures/runs/livelock.jsonl', import.meta.url), 'utf8');

test('a lock that spins for ever', () => {
  expect(
    `\n${terminalReport(runOf(parseRecords(text, 'livelock')), { page, path: 'reports/out/run.jsonl' })}`,
  ).toMatchInlineSnapshot(`
    "
    forgets to clear is broken: lock.no-lost-wakeup

    family  kept  broken  freedoms used  evidence  interleavings
    lock       0       1              -         0              0

    1. lock.no-lost-wakeup is broken: thread 1's acquire() spins for ever
       (livelock); allowed: returns true.
       lockproof replay lp1.ZxGKIIs2AEkiDEdSiE-bTrSBjqGOoY5BbCwA ./mine.ts

       lock = Lock()
         thread 1                         thread 2
      1                                   ─ acquire() → true
      2                                   (preempted)
      3  ┌ acquire()
      4  │ compareExchange (50 times)
      5  ┆ spins
      6  ┆                                ┌ release()
      7  ┆                                │ compareExchange
      8  ┆                                └ undefined
         ·· all is quiet: nothing more can happen ··
      9  ┆ spins for ever (livelock) ✗
         A call's first atomic step is part of its beginning

       rule      lock.no-lost-wakeup (must)
                 If the lock is released while threads wait for it, some thread gets
                 it: never does everybody sleep on a free lock.
       expected  returns true
       seen      spins for ever (livelock)
       found     by the baton engine after 1 execution
       token     lp1.ZxGKIIs2AEkiDEdSiE-bTrSBjqGOoY5BbCwA

       1. 1 preemption does it: look at what stands around \`(preempted)\`.
       2. 3 calls in 2 threads; no program that lacks a thread, one or two calls or
          an argument fails with up to 2 preemptions; no schedule with fewer
          preemptions fails.
       3. \`lockproof explain lock.no-lost-wakeup\` shows the rule with its examples.

    verdict     broken (exit code 1)
    reason      1 rule is broken: lock.no-lost-wakeup
    executions  1 in 0.9 s
    seed        1, budget quick, level must, Lockproof 0.1.0
    run file    reports/out/run.jsonl
    "
  `);
});
