import { expect, test } from 'vitest';
import { run } from '../../fixtures/threads/run.ts';

async function said(scenario: string): Promise<readonly unknown[]> {
  const { code, said, stderr } = await run('timers', scenario);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return said;
}

test('a timer calls its function once, when the interval has passed since its start', async () => {
  expect(await said('fires')).toEqual([
    [false, null, false, 1],
    [true, true, true, true],
    [[1, { two: 2 }], true],
    [false, 1, 'RuntimeError', true],
    1,
  ]);
});

test('the function runs in a thread of its own, which is the timer', async () => {
  expect(await said('itself')).toEqual([
    [true, true, false],
    [true, true, 'own', true, true],
    [null, 'RuntimeError'],
  ]);
});

test('a timer is cancelled while it waits, before its start, and too late', async () => {
  expect(await said('cancels')).toEqual([
    [null, null],
    [null, 'RuntimeError', 'RuntimeError', 1],
  ]);
});

test('a timer is the same one in other threads, and can be cancelled there', async () => {
  expect(await said('elsewhere')).toEqual([
    [false, false],
    [true, true],
    ['TypeError', 'TypeError'],
  ]);
});

test('a timer that is cancelled when its time comes calls its function once or never', async () => {
  expect(await said('races')).toEqual([true]);
});

test('who joins a timer waits for its function, also if that is asynchronous', async () => {
  expect(await said('joins')).toEqual([[null, true, 0], [false, 1], 1]);
});

test('what a timer is made with is checked; no time is none left', async () => {
  expect(await said('arguments')).toEqual([
    [
      'TypeError',
      'TypeError',
      'ValueError',
      'OverflowError',
      'TypeError',
      'TypeError',
      'TypeError',
      'TypeError',
      'TypeError',
    ],
    1,
    [2, true],
  ]);
});

test('a subclass of Timer may override run if it is named, and anything else if not', async () => {
  expect(await said('subclasses')).toEqual([['run', 7, 0.01], 'called', 'called', 'joined']);
});

test('the process waits for a timer, unless that is a daemon', async () => {
  expect(await said('keepsProcess')).toEqual(['main ends', 'fired']);
  expect(await said('daemon')).toEqual([true]);
});

test('an error of the function is reported, as that of any thread', async () => {
  const { code, said, stderr } = await run('timers', 'raises');
  expect([code, said]).toEqual([0, [false]]);
  expect(stderr).toMatch(/^Exception in thread failing:\nError: thrown by the function\n/);
});
