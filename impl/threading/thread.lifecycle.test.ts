import { expect, test } from 'vitest';
import { run } from '../../fixtures/threads/run.ts';

async function said(scenario: string): Promise<readonly unknown[]> {
  const { code, said, stderr } = await run('lifecycle', scenario);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return said;
}

test('a thread is initial, started, and stopped, and can be started once', async () => {
  expect(await said('states')).toEqual([
    [false, null, '<Thread(Thread-1, initial)>', 'RuntimeError'],
    [true, true, 'RuntimeError', 2],
    [null, null, true],
    [null, 'OverflowError', true],
    [null, false, true, 1],
    [null, null, 'RuntimeError'],
    true,
  ]);
});

test('the target gets its arguments, where run is called and where start starts it', async () => {
  expect(await said('target')).toEqual([
    [5, false, 'AttributeError'],
    [11, false],
  ]);
});

test('an asynchronous target has ended when its promise is settled', async () => {
  expect(await said('asynchronousTarget')).toEqual([1]);
});

test('a thread that a thread has started outlives it and inherits that it is a daemon', async () => {
  expect(await said('nested')).toEqual([
    [true, true],
    [true, true, true],
    [false, 'grandchild', 1],
  ]);
});

test('all who join a thread go on when it ends, and do not find it among the living', async () => {
  const joined = [false, false];
  expect(await said('joiners')).toEqual([[joined, joined, joined, true]]);
});

test('a thread is joined without blocking', async () => {
  expect(await said('joinAsync')).toEqual([true, [null, false, null]]);
});

test('no thread can join itself', async () => {
  expect(await said('self')).toEqual(['RuntimeError', 'RuntimeError', 'RuntimeError']);
});

test('names are given, counted, and changed for all', async () => {
  expect(await said('names')).toEqual([
    ['first', 'Thread-1', '7'],
    ['Thread-2 (wait)', 'Thread-3'],
    [true, 'early'],
    'meanwhile',
    'by itself',
    'afterwards',
  ]);
});

test('whether a thread is a daemon is inherited, and fixed at the start', async () => {
  expect(await said('daemons')).toEqual([
    [true, true, 'RuntimeError'],
    ['RuntimeError', 'RuntimeError'],
    true,
    [true, false],
  ]);
});

test('idents are those of one thread only, also when that has ended', async () => {
  expect(await said('idents')).toEqual([5, false]);
});

test('a thread can be posted to any worker', async () => {
  expect(await said('posted')).toEqual([[['posted', true, true], false], 'TypeError']);
});
