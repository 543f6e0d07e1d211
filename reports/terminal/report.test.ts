import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../arbitraryRuns.ts';
import { parseRecords, runOf } from '../runFile.ts';
import { coloured, plain } from '../style.ts';
import { width } from '../text.ts';
import { terminalReport } from './report.ts';

const page = { columns: 80, paint: plain };

function report(name: string): string {
  const text = readFileSync(new URL(`../../fixtures/runs/${name}.jsonl`, import.meta.url), 'utf8');
  return `\n${terminalReport(runOf(parseRecords(text, name)), { page, path: 'reports/out/run.jsonl' })}`;
}

test('a run that conforms', () => {
  expect(report('conforms')).toMatchInlineSnapshot(`
    "
    lockproof/threading conforms.

    family  kept  broken  n/a  freedoms used  evidence  interleavings
    lock      33       0    1         2 of 2    27,630          4,590

    verdict     conforms (exit code 0)
    reason      Every rule of level must was exercised and kept.
    executions  51,000 in 11.0 s
    seed        20261121, budget standard, level must, Lockproof 0.1.0
    run file    reports/out/run.jsonl
    "
  `);
});

test('a lost wake-up', () => {
  expect(report('lostWakeup')).toMatchInlineSnapshot(`
    "
    spin-then-sleep is broken: lock.no-lost-wakeup

    family  kept  broken  unexercised  n/a  freedoms used  evidence  interleavings
    lock      31       1            1    1         1 of 2    27,630          4,590

    1. lock.no-lost-wakeup is broken: thread 2's acquire() stays blocked for ever;
       allowed: returns true.
       lockproof replay lp1.q1bKSCxOTbYwNjIvzSvJSS3KtDJITDQsKS3SyC9KzNNEKS6oNNVMqgUA ./mine.ts

       lock = Lock()
         thread 1               thread 2
      1  ─ acquire() → true
      2  (preempted)
      3                         ┌ acquire()
      4                         │ load +4
      5                         │ (preempted)
      6  ┌ release()            │
      7  │ store +0, load +4    │
      8  └ undefined            │
      9                         │ add +4, wait +0
     10                         ┆ sleeps
         ·· all is quiet: nothing more can happen ··
     11                         ┆ stays blocked for ever ✗
         A call's first atomic step is part of its beginning
         +4: at byte 4 of the shared memory

       rule      lock.no-lost-wakeup (must)
                 If the lock is released while threads wait for it, some thread gets
                 it: never does everybody sleep on a free lock.
       expected  returns true
       seen      stays blocked for ever
       found     by the baton engine after 231 executions
       token     lp1.q1bKSCxOTbYwNjIvzSvJSS3KtDJITDQsKS3SyC9KzNNEKS6oNNVMqgUA

       1. 2 preemptions do it: look at what stands around \`(preempted)\`.
       2. 3 calls in 2 threads; every program with a call or a thread less was tried
          under all schedules with up to 2 preemptions.
       3. \`lockproof explain lock.no-lost-wakeup\` shows the rule with its examples.

    1 rule below the level must: neither kept nor broken.

    Situations that no execution reached:
      lock: expired on a free lock

    Note: One worker had to be replaced: it did not come back from acquire().

    verdict     broken (exit code 1)
    reason      1 rule of level must is broken.
    executions  18,204 in 4.2 s
    seed        20261121, budget standard, level must, Lockproof 0.1.0
    run file    reports/out/run.jsonl
    "
  `);
});

test('what is declared to be broken is told with its reason', () => {
  const text = readFileSync(new URL('../../fixtures/runs/lostWakeup.jsonl', import.meta.url), 'utf8');
  const run = runOf(parseRecords(text, 'lostWakeup'));
  const reason = 'Nobody has time to mend it (until 2099-01-01)';
  const rules = run.rules.map((rule) =>
    rule.rule === 'lock.no-lost-wakeup' ? { ...rule, verdict: 'deviates' as const, reason } : rule,
  );
  expect(terminalReport({ ...run, rules }, { page, path: '' })).toMatch(
    /^1\. lock\.no-lost-wakeup is broken, as is declared: [^]*?\n {3}Nobody has time to mend it \(until 2099-01-01\)$/mu,
  );
});

test('two families, time that passes, nested with-statements', () => {
  expect(report('twoFamilies')).toMatchInlineSnapshot(`
    "
    lazy-semaphore is broken: sem.acquire.timeout-expires,
    sem.counter.never-negative and with.releases-on-throw

    family  kept  broken  n/a  freedoms used  evidence  interleavings
    lock      33       0    1         2 of 2    27,630          4,590
    sem       19       2    0         2 of 2    12,121          2,185
    with      10       1    0              -     3,355            715
    all       62       3    1         4 of 4    43,106          7,490

    1. sem.acquire.timeout-expires is broken (with it sem.counter.never-negative):
       thread 2's acquire(timeout: 0.5) returns true; allowed: returns false or
       stays blocked.
       lockproof replay lp1.bYwNjIvzSvJSS3KtDJITDQsKS3SyC9KzNNEKS6oNNVMqgUA ./lazy-semaphore.ts

       semaphore = Semaphore(value: 1)
         thread 1            thread 2                    thread 3
      1  ─ acquire() → true
      2                      ┌ acquire(timeout: 0.5)
      3                      │ looks at the clock, wait
      4                      ┆ sleeps
      5                      ┆                           ┌ acquire(blocking: true,
                             ┆                           │ timeout: 0.25)
      6                      ┆                           │ looks at the clock, wait
      7                      ┆                           ┆ sleeps
         ·· time passes: 0.25 seconds since the beginning ··
      8                      ┆                           │ wakes
      9                      ┆                           │ load (3 times), looks at
                             ┆                           │ the clock
     10                      ┆                           └ false
         ·· time passes: 0.5 seconds since the beginning ··
     11                      │ wakes
     12                      │ compareExchange
     13                      └ true ✗
         A call's first atomic step is part of its beginning

       rule      sem.acquire.timeout-expires (must)
                 acquire(timeout=t) at zero returns False when t has passed without
                 a release for it.
       rule      sem.counter.never-negative (must)
                 Concurrent acquires never take more than the counter allows: with
                 counter v at most v of them succeed.
       expected  returns false or stays blocked
       seen      returns true
       found     by the baton engine after 12 executions
       token     lp1.bYwNjIvzSvJSS3KtDJITDQsKS3SyC9KzNNEKS6oNNVMqgUA

       1. No thread is preempted: the order of the calls alone does it.
       2. 4 calls in 3 threads; no call and no thread can be left out.
       3. \`lockproof explain sem.acquire.timeout-expires\` shows the rule with its
          examples.

    2. with.releases-on-throw is broken: thread 3's lock.locked() returns true;
       allowed: returns false.
       (the lockstep engine cannot repeat it: there is no replay)

       lock = Lock(), rlock = RLock()
         thread 1           thread 2            thread 3           thread 4
      1  ┌ with lock
      2  │ enters with
         │ true
      3  │ ┌ with rlock
      4  │ │ enters with
         │ │ true
      5  │ │ ┌ rlock.
         │ │ │ acquire(
         │ │ │ blocking:
         │ │ │ false)
      6  │ │ └ true
      7  │ │                ┌ lock.acquire(
         │ │                │ timeout: NaN)
      8  │ │                └ raises
         │ │                  ValueError
      9  │ │                                                       ┌ rlock.release()
     10  │ │                                                       └ raises
         │ │                                                         RuntimeError
     11  │ │ leaves by
         │ │ return
     12  │ └ 'body value'
     13  │ leaves by throw
     14  └ raises
           BodyError
     15                                         ┌ lock.locked()
     16                                         └ true ✗

       rule      with.releases-on-throw (must)
                 An exception in the block leads to release() too.
       expected  returns false
       seen      returns true
       found     by the lockstep engine after 1 execution

       1. No thread is preempted: the order of the calls alone does it.
       2. 9 calls in 4 threads; it is an example of the rule.
       3. \`lockproof explain with.releases-on-throw\` shows the rule with its
          examples.

    verdict     broken (exit code 1)
    reason      3 rules of level must are broken.
    executions  90,333 in 18.0 s
    seed        20261121, budget standard, level must, Lockproof 0.1.0
    run file    reports/out/run.jsonl
    "
  `);
});

test('a whole program, of which only the output is known', () => {
  expect(report('wholeProgram')).toMatchInlineSnapshot(`
    "
    my-timers is broken: prog.s4.timer

    family  kept  broken  freedoms used  evidence  interleavings
    prog       0       1              -         0              0

    1. prog.s4.timer is broken: 't1 worker running' after 0.230 s; allowed: 't1
       worker running' not before 0.3 s.
       lockproof replay lp1.M8gH94s20FEqKMpP1ys20QM5rEhJxyAWAA ./mine.ts

       the program fixtures/programs/timer, in a process of its own
         thread 1
         ·· time passes: 0.094 seconds since the beginning ··
         ·· stdout: starting timers ··
         ·· time passes: 0.159 seconds since the beginning ··
         ·· stdout: waiting before canceling t2 ··
         ·· time passes: 0.21 seconds since the beginning ··
         ·· stdout: canceling t2 ··
         ·· stdout: done ··
         ·· time passes: 0.23 seconds since the beginning ··
         ·· stdout: t1 worker running ··
         ·· the process ends with 0 ✗ ··
      1  't1 worker running' after 0.230 s ✗

       rule      prog.s4.timer (must)
                 Main prints four lines ending with 'done'; then exactly one 'worker
                 running' by t1, at 0.3 s; t2, cancelled at 0.2 s, prints nothing;
                 the process waits for t1.
       expected  't1 worker running' not before 0.3 s
       seen      't1 worker running' after 0.230 s
       found     by the process engine after 1 execution
       token     lp1.M8gH94s20FEqKMpP1ys20QM5rEhJxyAWAA

       1. It is the rule's own example: one timer of two is cancelled.
       2. \`lockproof explain prog.s4.timer\` shows the rule with its examples.

    verdict     broken (exit code 1)
    reason      1 rule is broken: prog.s4.timer
    executions  1 in 0.4 s
    seed        1, budget standard, level must, Lockproof 0.1.0
    run file    reports/out/run.jsonl
    "
  `);
});

test('colours change nothing but colours', () => {
  fc.assert(
    fc.property(runs(), (records) => {
      const run = runOf(records);
      expect(stripVTControlCharacters(terminalReport(run, { page: { columns: 80, paint: coloured } }))).toBe(
        terminalReport(run, { page }),
      );
    }),
  );
});

test('nothing an implementation says reaches the terminal as a control sequence', () => {
  fc.assert(
    fc.property(runs(), (records) => {
      expect(terminalReport(runOf(records), { page }).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('what is neither copied nor followed fits 80 columns', () => {
  for (const name of ['conforms', 'lostWakeup', 'twoFamilies', 'wholeProgram']) {
    const long = report(name)
      .split('\n')
      .filter((line) => width(line) > 80 && !/lockproof replay|token|https:/.test(line));
    expect(long).toEqual([]);
  }
});
