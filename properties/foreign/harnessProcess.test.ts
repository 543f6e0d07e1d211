import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { call, object } from '../../spec/example.ts';
import type { Program } from '../../spec/program.ts';
import { ForeignEngine } from './engine.ts';
import { HarnessError } from './harnessError.ts';
import { HarnessProcess } from './harnessProcess.ts';

const hostile = fileURLToPath(new URL('../../fixtures/harnesses/hostile.ts', import.meta.url));
const program: Program = { objects: [object('lock')], threads: [[call('acquire')]] };

const engines: ForeignEngine[] = [];
afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.kill())));

function engineOn(misdeed: string, silence = 20): ForeignEngine {
  const engine = new ForeignEngine({ name: 'It', command: [process.execPath, hostile, misdeed] }, silence);
  engines.push(engine);
  return engine;
}

async function errorOf(action: Promise<unknown>): Promise<HarnessError> {
  const error = await action.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HarnessError);
  return error as HarnessError;
}

describe('a harness that is not in order is told what it did', () => {
  test.each([
    ['no JSON', 'no JSON', /a line that is no JSON/],
    ['half a line', 'ended', /ended \(exit code 3\) before it had answered/],
    ['wrong answer', 'wrong answer', /at 'done.clean'/],
    ['field that is not there', 'wrong answer', /'took'/],
    ['call that is not there', 'wrong answer', /event 2 \(call\) is of call 7, of which thread 0 has none/],
    ['end without a call', 'wrong answer', /thread 0, which has no pending call/],
    ['too few executions', 'wrong answer', /0 executions where it was asked for 3/],
    ['out of order', 'out of order', /answered request 3 where request 2 was next/],
    ['noise', 'ended', /! the last complaint/],
    ['exit', 'ended', /exit code 5/],
    ['refusal', 'refused', /there is nothing to run here/],
  ])('%s', async (misdeed, fault, message) => {
    const engine = engineOn(misdeed);
    await engine.describe();
    const error = await errorOf(engine.run(program, 3, 1, 1));
    expect(error.message).toMatch(message);
    expect(error.fault).toBe(fault);
  });

  test('what does not fit the program, after a wait', async () => {
    const engine = engineOn('wrong events later');
    const { histories, standstill } = await engine.run(program, 1, 1, 1);
    expect(standstill).toBe(true);
    const error = await errorOf(engine.wait(program, histories[0] ?? [], 1));
    expect(error.fault).toBe('wrong answer');
    expect(error.message).toMatch(
      /call that thread 0 has made before.*\nThe last lines exchanged[^]*"ask":"wait"/u,
    );
  });

  test.each(['silence', 'call that never returns'])('%s', async (misdeed) => {
    const engine = engineOn(misdeed, 0.5);
    const error = await errorOf(engine.run(program, 3, 0.1, 1));
    expect(error.fault).toBe('silent');
    expect(error.message).toMatch(/It gave no answer for 0\.8 s\./);
    expect(error.message).toMatch(/> \{"lockproof":1,"ask":"run"/);
  });

  test('another version of the protocol', async () => {
    const error = await errorOf(engineOn('wrong version').describe());
    expect(error.fault).toBe('wrong version');
    expect(error.message).toMatch(
      /speaks version 2 of the protocol; this version of Lockproof speaks version 1/,
    );
  });

  test('an answer that nobody asked for', async () => {
    const engine = engineOn('unasked');
    const first = engine.describe();
    const error = await errorOf(first.then(() => engine.describe()).then(() => engine.describe()));
    expect(error.fault).toBe('out of order');
  });

  test.each([[['no-such-program-anywhere']], ['no-such-program-anywhere --at all']])(
    '%s',
    async (command) => {
      const harness = new HarnessProcess({ name: 'It', command: command as never });
      const error = await errorOf(harness.ask({ ask: 'describe' }, 20));
      expect(error.message).toMatch(/ENOENT|exit code 127/);
    },
  );
});

test('what a harness has started itself ends with it', async () => {
  const engine = engineOn('a process left behind');
  const error = await errorOf(engine.run(program, 1, 1, 1));
  const pid = Number(/its process is (\d+)/u.exec(error.message)?.[1]);
  expect(pid).toBeGreaterThan(1);
  // It is gone when its parent has taken note of that, which nobody here can wait for but by looking again.
  for (let look = 0; look < 200 && isThere(pid); look++) await pause(10);
  expect(isThere(pid)).toBe(false);
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
