import { expect, test } from 'vitest';
import { type Ended, run } from '../../fixtures/threads/run.ts';

async function ended(scenario: string, flags?: readonly string[]): Promise<Omit<Ended, 'code'>> {
  const { code, ...rest } = await run('errors', scenario, flags);
  expect({ ...rest, code }).toMatchObject({ code: 0 });
  return rest;
}

async function silent(scenario: string): Promise<readonly unknown[]> {
  const { said, stderr } = await ended(scenario);
  expect(stderr).toBe('');
  return said;
}

test('an error ends its thread alone, and is printed with the name of the thread and its stack', async () => {
  const { said, stderr } = await ended('reported');
  expect(said).toEqual([[false, 1]]);
  const reports = stderr.split(/^Exception in thread failing:\n/m).slice(1);
  expect(reports.map((report) => report.split('\n')[0])).toEqual([
    'Failure: at once',
    'Failure: later',
    'Failure: in a callback',
    'Failure: that nobody awaits',
    "'just a text'",
  ]);
  expect(reports[0]).toMatch(/at fail .*errors\.ts/);
});

test('SystemExit ends a thread silently', async () => {
  expect(await silent('systemExit')).toEqual([false, false, false, false]);
});

test('the end of a thread that exits or runs out of memory is seen', async () => {
  const { said, stderr } = await ended('ended', ['--max-old-space-size=64']);
  expect(said).toEqual([false, [false, 1]]);
  expect(stderr).toMatch(/Exception in thread failing:\nError.*memory/s);
});

test('the end of a thread that cannot say so is seen while main is blocked', async () => {
  expect(await silent('noticed')).toEqual([false]);
});

test('a thread that ends in the middle of its turn does not keep others from theirs', async () => {
  expect(await silent('inTurn')).toEqual([['failing', false, 1]]);
});

test('a hook gets the error in the thread, before its end, SystemExit included', async () => {
  const { said, stderr } = await ended('hooked');
  const inThread = [true, true, 'failing'];
  expect(said).toEqual([
    true,
    ['Failure', 'for the hook', true, true],
    inThread,
    ['SystemExit', '3', true, true],
    inThread,
    'reported',
    'joined',
    true,
    ['mine', 'here'],
    'TypeError',
  ]);
  expect(stderr.match(/^Exception in .*\n.*/gm)).toEqual(['Exception in thread failing:\nFailure: printed']);
});

test('what a hook raises is printed, and the thread ends', async () => {
  const { said, stderr } = await ended('failingHook');
  expect(said).toEqual([false]);
  expect(stderr).toMatch(/^Exception in threading\.excepthook:\nFailure: in the hook\n/);
});

test('a hook with a name for other threads is the hook of all', async () => {
  expect(await silent('hookElsewhere')).toEqual([
    [
      [true, false],
      [false, true],
      [true, false],
    ],
  ]);
});

test('a start that fails leaves nothing behind, and the thread can be started again', async () => {
  expect(await silent('refused')).toEqual([
    ['TypeError', false, null, 1, '<Thread(Thread-1, initial)>'],
    [null, null],
    ['TypeError', 'TypeError', false],
    ['RuntimeError', false, null, 1, 'RuntimeError'],
    [null, null],
  ]);
});

test('a target that is not there ends the thread with an error', async () => {
  const { said, stderr } = await ended('notFound');
  expect(said).toEqual(Array.from({ length: 4 }, () => [null, null, false]));
  const reports = stderr.split(/^Exception in thread lost:\n/m).slice(1);
  expect(reports.map((report) => report.split('\n')[0])).toEqual([
    expect.stringMatching(/^Error( \[ERR_MODULE_NOT_FOUND\])?: Cannot find module .*nowhere\.ts/),
    expect.stringMatching(/^TypeError: .*say\.ts exports no function nowhere$/),
    expect.stringMatching(/^TypeError: .* function, not 0/),
    expect.stringMatching(/^TypeError: .* function, not/),
  ]);
});

test('a target can be an export of a module', async () => {
  expect(await silent('exported')).toEqual(['Thread-1 (say)', 'found']);
});
