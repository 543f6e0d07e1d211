import { expect, test } from 'vitest';
import { plain } from '../style.ts';
import { type FreedomResult, isConvincing, killMatrixReport, type MutantResult } from './killMatrix.ts';

const killed: MutantResult = {
  mutant: 'forgets-to-wake',
  breaks: 'lock.no-lost-wakeup',
  fault: 'Release does not notify.',
  killedBy: ['lock.no-lost-wakeup'],
  killed: true,
  executions: 1204,
  seconds: 0.3,
  threads: 2,
  calls: 3,
  preemptions: 1,
};
const alive: MutantResult = {
  ...killed,
  mutant: 'ignores-negative-timeouts-altogether',
  breaks: 'lock.acquire.nonblocking-timeout-raises',
  fault: 'The time-out is ignored.',
  killedBy: ['lock.acquire.timeout-negative-raises'],
  killed: false,
};
const freedom: FreedomResult = {
  freedom: 'wakes-the-last',
  uses: 'lock.release.choice-free',
  difference: 'The last sleeper is woken first.',
  survived: true,
  brokenBy: [],
  used: true,
};

test('a matrix that fits is one line a mutant', () => {
  const drawn = killMatrixReport([killed], [freedom], { columns: 80, paint: plain });
  expect(`\n${drawn}\n`).toMatchInlineSnapshot(`
    "
    mutant           killed by            after     s  size
    forgets-to-wake  lock.no-lost-wakeup  1,204  0.30  2T 3C 1P
    after: executions; size: threads, calls and preemptions of the counterexample

    freedom         uses
    wakes-the-last  lock.release.choice-free  survives, used

    1 of 1 mutant killed, 1 of 1 freedom survive; median 0.30 s
    "
  `);
});

test('what survives is told in words', () => {
  const refused = { ...freedom, survived: false, brokenBy: ['lock.locked'] };
  const drawn = killMatrixReport([killed, alive], [refused], { columns: 80, paint: plain });
  expect(`\n${drawn}\n`).toMatchInlineSnapshot(`
    "
    mutant, killed by                                   after     s  size
    forgets-to-wake
      lock.no-lost-wakeup                               1,204  0.30  2T 3C 1P
    ignores-negative-timeouts-altogether
      SURVIVES lock.acquire.nonblocking-timeout-raises  1,204  0.30  2T 3C 1P
    after: executions; size: threads, calls and preemptions of the counterexample

    freedom         uses
    wakes-the-last  lock.release.choice-free  IS BROKEN

    The mutant ignores-negative-timeouts-altogether survives
    lock.acquire.nonblocking-timeout-raises (only others break:
    lock.acquire.timeout-negative-raises). Its fault: The time-out is ignored.
    The freedom wakes-the-last (lock.release.choice-free) is refused by lock.locked.
    What it does differently: The last sleeper is woken first.

    1 of 2 mutants killed, 0 of 1 freedom survive; median 0.30 s
    "
  `);
});

test.each([
  [
    'as small as any',
    [3, 2, 1],
    '1 of 1 counterexample of races and lost wake-ups no larger than the smallest known',
  ],
  [
    'smaller than any',
    [4, 2, 0],
    '1 of 1 counterexample of races and lost wake-ups no larger than the smallest known',
  ],
  [
    'larger in calls',
    [2, 2, 1],
    '0 of 1 counterexample of races and lost wake-ups no larger than the smallest known (larger: forgets-to-wake)',
  ],
  [
    'larger in preemptions',
    [3, 2, 0],
    '0 of 1 counterexample of races and lost wake-ups no larger than the smallest known (larger: forgets-to-wake)',
  ],
] as const)('a counterexample that is %s is counted so', (_, smallest, told) => {
  const drawn = killMatrixReport([{ ...killed, smallest }, alive], [], { columns: 80, paint: plain });
  expect(drawn.replaceAll(/\s+/g, ' ')).toContain(told);
});

test('only a matrix that kills and spares everything is convincing', () => {
  expect(isConvincing([killed], [freedom])).toBe(true);
  expect(isConvincing([killed, alive], [freedom])).toBe(false);
  expect(isConvincing([killed], [{ ...freedom, survived: false }])).toBe(false);
  expect(isConvincing([], [freedom])).toBe(false);
});
