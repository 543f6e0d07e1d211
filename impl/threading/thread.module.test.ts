import { expect, test } from 'vitest';
import { run } from '../../fixtures/threads/run.ts';

async function said(scenario: string): Promise<readonly unknown[]> {
  const { code, said, stderr } = await run('module', scenario);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return said;
}

test('a thread finds itself, main, and all who are alive', async () => {
  expect(await said('lookAround')).toEqual([
    [true, 1, 1, 1],
    [true, true, true, true],
    ['MainThread', 1, true, false],
    [true, true, false, 2],
    [true, 'RuntimeError'],
    [1, false, false],
  ]);
});

test('a worker that the library did not start has a dummy, a daemon that cannot be joined', async () => {
  expect(await said('dummies')).toEqual([
    [1, 2, true, true],
    [true, true, true, 'Dummy-1', 'RuntimeError', 'RuntimeError'],
    ['MainThread', false, true],
    [true, true, 'RuntimeError'],
    [false, 1],
  ]);
});

test('a raw thread is listed when it asks for its object; its errors are printed by the name of its function', async () => {
  const { code, said, stderr } = await run('module', 'raw');
  expect(code).toBe(0);
  expect(said).toEqual([
    [true, 1, 1],
    [1, 2, true, true, true],
    ['RuntimeError', true, true],
    ...Array.from({ length: 5 }, () => 'TypeError'),
    [0, 1],
  ]);
  expect(stderr).toMatch(/^Exception ignored in thread started by: raw\nError: in a raw thread\n/);
});

test('trace and profile functions are called in later threads of Thread, before they run', async () => {
  const { said } = await run('module', 'tracing');
  const trace = ['trace', 'thread-start', 'traced'];
  const profile = ['profile', 'thread-start', 'traced'];
  expect(said).toEqual([
    [null, null],
    trace,
    ['run', true, false],
    [true, true],
    trace,
    profile,
    ['run', true, true],
    profile,
    ['run', false, true],
    ['run', false, false],
    ['TypeError', 'TypeError', null, null],
  ]);
});

test('threads that run call what is set for all once, at their next call', async () => {
  expect(await said('allThreads')).toEqual([
    ['trace', 'thread-start', 'MainThread'],
    ['profile', 'thread-start', 'MainThread'],
    'set',
    'goes on',
    ['trace', 'thread-start', 'running'],
    ['profile', 'thread-start', 'running'],
    ['trace', 'thread-start', 'later'],
    ['profile', 'thread-start', 'later'],
  ]);
});

test('a size of the stack holds until it is asked for, and for the threads that are started meanwhile', async () => {
  expect(await said('stackSize')).toEqual([
    [0, 0, 65_536, 16_777_216, 0],
    ['ValueError', 'ValueError', 'ValueError', 'TypeError', 'TypeError', 40_000],
    [true, true],
  ]);
});

test('more threads than the registry had room for at first', async () => {
  expect(await said('many')).toEqual([[21, 21, true], 1]);
});
