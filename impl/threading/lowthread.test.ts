import { expect, test } from 'vitest';
import { run } from '../../fixtures/threads/run.ts';

async function said(scenario: string): Promise<readonly unknown[]> {
  const { code, said, stderr } = await run('lowthread', scenario);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return said;
}

test('a function runs in a thread without an object, whose ident is returned', async () => {
  expect(await said('starts')).toEqual([[true, true, [1, { two: 2 }]], true, 'by its export', [3, 2]]);
});

test('what cannot be started is refused, and nothing is', async () => {
  const [refused, after] = await said('refuses');
  expect(refused).toEqual(Array.from({ length: 9 }, () => 'TypeError'));
  expect(after).toEqual([true, 0]);
});

test('a thread ends silently by exit, and by an error with a report', async () => {
  const { code, said, stderr } = await run('lowthread', 'leaves');
  expect(code).toBe(0);
  expect(said).toEqual([
    ...['exit', 'SystemExit', 'error'].map((how) => [how, `finally ${how}`]),
    'process.exit',
    'SystemExit',
    ['thrown by the function', 'Exception ignored in thread started by', 'leaves'],
    ['error', 'finally error', true],
  ]);
  expect(stderr).toMatch(
    /^Exception ignored in thread started by: leaves\nError: thrown by the function\n(?: {4}at .*\n)+$/,
  );
});

test('the process does not wait for such threads', async () => {
  expect(await said('notAwaited')).toEqual(['main ends']);
});

test('main raises KeyboardInterrupt where it next looks, once', async () => {
  const byThread = [[null], 'ValueError'];
  expect(await said('interrupts')).toEqual([
    ...byThread,
    ['acquire', 'KeyboardInterrupt', false],
    ...byThread,
    ['currentThread', 'KeyboardInterrupt', 'MainThread'],
    ...byThread,
    ['KeyboardInterrupt', false],
    ...byThread,
    ['KeyboardInterrupt', false],
    ...byThread,
    ['KeyboardInterrupt', 'Empty'],
    ...byThread,
    ['free', true, false],
    'KeyboardInterrupt',
    'KeyboardInterrupt',
  ]);
});

test('the handlers of signals run in main, and signals that are not handled do nothing', async () => {
  const refused = 'ValueError';
  expect(await said('signals')).toEqual([
    ['default', 'default'],
    [null, null, null],
    refused,
    [1, [15, 64]],
    [null],
    refused,
    [1, 2, 'defaultIntHandler'],
    [null, null],
    refused,
    [1, 'default', true],
    ['ValueError', 'ValueError', 'ValueError', 'TypeError'],
    refused,
    [1, 'ValueError', 'TypeError'],
  ]);
});

test('in the event loop of main an interrupt is an uncaught exception', async () => {
  expect(await said('eventLoop')).toEqual([['uncaught', 'KeyboardInterrupt']]);
  const { code, said: lines, stderr } = await run('lowthread', 'endsMain');
  expect([code, lines]).toEqual([1, ['thread goes on']]);
  expect(stderr).toMatch(/^KeyboardInterrupt: /);
});

test('a real interrupt ends the process, or is handled in main', async () => {
  expect(await run('lowthread', 'realSignal')).toMatchObject({ code: null, said: [] });
  expect(await said('handledSignal')).toEqual([['handled', 2]]);
});

test('old names are those of the same functions', async () => {
  expect(await said('names')).toEqual([
    [true, false, true, false, null],
    [true, true, false],
    [true, true, true],
    ['SystemExit', 'RuntimeError', 'ValueError'],
  ]);
});
