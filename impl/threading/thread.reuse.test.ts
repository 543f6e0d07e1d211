import { expect, test } from 'vitest';
import { run } from '../../fixtures/threads/run.ts';

async function said(scenario: string): Promise<readonly unknown[]> {
  const { code, said, stderr } = await run('reuse', scenario);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return said;
}

test('thousands of threads need one worker and leave nothing behind', async () => {
  expect(await said('thousands')).toEqual([[3000, 1, 1, 2, true]]);
});

test('by default each thread has a worker of its own', async () => {
  expect(await said('default')).toEqual([[3, 3, 0]]);
});

test('a worker in which a thread has left something running is not kept', async () => {
  expect(await said('kept')).toEqual([
    ['', 1, true],
    ['error', 2, true],
    ['timer', 3, true],
    ['', 1, true],
    ['listener', 2, true],
    ['', 1, true],
    ['exit', 2, true],
    ['', 1, true],
    [8, 4],
  ]);
});

test('what a dead thread holds is not held by the next one in its worker', async () => {
  expect(await said('locks')).toEqual([
    [false, 'RuntimeError'],
    [1, true],
  ]);
});

test('a worker is kept for threads with a stack of its size', async () => {
  expect(await said('sizes')).toEqual([[4, 2]]);
});

test('threads start and end in all ways at once, and every end is seen', async () => {
  expect(await said('together')).toEqual([[60, 1, 0]]);
});

test('idle workers beyond the limit leave', async () => {
  expect(await said('trimmed')).toEqual([
    [true, true],
    [true, 1],
    [4, 0],
    ['ValueError', 'TypeError'],
  ]);
});
