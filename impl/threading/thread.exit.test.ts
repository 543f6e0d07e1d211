import { describe, expect, test } from 'vitest';
import { run } from '../../fixtures/threads/run.ts';

const awaited = [[false, true], 'thread'];

test('the process waits for a thread, which finds main ended; then it exits as main did', async () => {
  expect(await run('exits', 'awaited')).toEqual({
    code: 3,
    said: ['main', ...awaited, 'atexit'],
    stderr: '',
  });
});

describe('an error that ends main', () => {
  test('is printed, and the thread awaited while nothing of main runs any more', async () => {
    const { code, said, stderr } = await run('exits', 'raised');
    expect({ code, said }).toEqual({ code: 1, said: [...awaited, 'atexit'] });
    expect(stderr).toMatch(/^Error: in main\n {4}at .*exits\.ts.*\n\nNode\.js v\d/s);
  });

  test('may be a rejection', async () => {
    const { code, said, stderr } = await run('exits', 'rejected');
    expect({ code, said }).toEqual({ code: 1, said: awaited });
    expect(stderr).toMatch(/^Error: in main\n/);
  });

  test.each([
    ['systemExit', 7, ''],
    ['systemExitText', 1, 'a text\n'],
    ['systemExitNothing', 0, ''],
  ])('may be SystemExit: %s', async (scenario, code, stderr) => {
    expect(await run('exits', scenario)).toEqual({ code, said: awaited, stderr });
  });

  test('is left to who handles it', async () => {
    expect(await run('exits', 'handled')).toEqual({ code: 0, said: ['handled', ...awaited], stderr: '' });
  });
});

test('process.exit() ends everything at once', async () => {
  expect(await run('exits', 'processExit')).toEqual({ code: 6, said: [], stderr: '' });
});

test('the process does not wait for daemons', async () => {
  expect(await run('exits', 'daemon')).toEqual({ code: 0, said: ['main'], stderr: '' });
});

test('a thread that is started while the process waits is awaited too', async () => {
  expect(await run('exits', 'late')).toEqual({ code: 0, said: awaited, stderr: '' });
});

test('a thread that a daemon has started is awaited if it is none', async () => {
  expect(await run('exits', 'nested')).toEqual({ code: 0, said: awaited, stderr: '' });
});

test('what a thread raises or sets does not change how the process exits', async () => {
  const { code, stderr } = await run('exits', 'failing');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Exception in thread Thread-1:\nError: in a thread\n/);
});

test('what threads print is there when they are joined', async () => {
  const { code, said, stderr } = await run('exits', 'printed');
  expect({ code, lines: said.length, last: said.at(-1) }).toEqual({ code: 0, lines: 50_001, last: 'last' });
  expect(stderr).toBe('to stderr\n');
});

test('what a thread leaves running ends with it, its handlers of the exit run before', async () => {
  expect(await run('exits', 'leftovers')).toEqual({ code: 0, said: ['at the end', 'joined'], stderr: '' });
});

describe('a worker that the library did not start', () => {
  test('starts threads, and stays for them', async () => {
    expect(await run('exits', 'alien')).toEqual({ code: 0, said: ['alien'], stderr: '' });
  });

  test('may end before them once main has started one', async () => {
    const said = ['first', [true, 'TypeError'], 'acquired'];
    expect(await run('exits', 'alienWithBroker')).toEqual({ code: 0, said, stderr: '' });
  });
});
