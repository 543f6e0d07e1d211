import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mutants } from '../../../fixtures/mutants/prog.ts';
import { checkOutput } from '../../../spec/output.ts';
import { rules } from '../../../spec/rules/prog.ts';
import { runProcess } from './process.ts';
import { runProgram } from './program.ts';

const node = (script: string, options = {}) => runProcess(process.execPath, ['--eval', script], options);
const module = new URL('../../../fixtures/mutants/prog.ts', import.meta.url).href;

describe('a process', () => {
  test('shows its lines, whole or not, and its exit code', async () => {
    const script = `fs.writeSync(1, 'one\\n\\nthr'); fs.writeSync(1, 'ee'); fs.writeSync(2, 'no\\n'); process.exit(3)`;
    const { lines, ended, seconds } = await node(script);
    expect(ended).toEqual({ code: 3 });
    const shown = lines.map(({ stream, text, unfinished }) => [stream, text, unfinished]);
    expect(shown.filter(([stream]) => stream === 'stdout')).toEqual([
      ['stdout', 'one', undefined],
      ['stdout', '', undefined],
      ['stdout', 'three', true],
    ]);
    expect(shown.filter(([stream]) => stream === 'stderr')).toEqual([['stderr', 'no', undefined]]);
    expect(lines.every(({ at }) => at > 0 && at <= seconds)).toBe(true);
  });

  test('that kills itself is seen to do so', async () => {
    const { ended } = await node(`process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)`);
    expect(ended).toEqual({ signal: 'SIGKILL' });
  });

  test('that hangs is ended', async () => {
    const { ended, lines, seconds } = await node(
      `fs.writeSync(1, 'here\\n'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`,
      { patience: 2 },
    );
    expect(ended).toEqual({ stopped: 2 });
    expect(lines.map(({ text }) => text)).toEqual(['here']);
    expect(seconds).toBeGreaterThanOrEqual(2);
  });

  test('that writes without end is ended', async () => {
    const { ended, lines } = await node(`for (;;) fs.writeSync(1, 'more of it\\n'.repeat(1000))`);
    expect(ended).toHaveProperty('stopped');
    expect(lines.length).toBeGreaterThan(1000);
  });

  test('with workers can write faster than anybody reads', async () => {
    const script = `new worker_threads.Worker('', { eval: true }).on('exit', () => {
      for (let line = 0; line < 5000; line++) fs.writeSync(1, line + '\\n');
    })`;
    const { ended, lines } = await node(script);
    expect(ended).toEqual({ code: 0 });
    expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 5000 }, (_, line) => String(line)));
  });

  test('that is not wanted any more is gone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lockproof-process-'));
    const file = join(folder, 'pid');
    const controller = new AbortController();
    try {
      const running = node(
        `fs.writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`,
        { signal: controller.signal },
      );
      let pid = 0;
      while (pid === 0) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        pid = Number(await readFile(file, 'utf8').catch(() => '0'));
      }
      controller.abort(new Error('not wanted'));
      await expect(running).rejects.toThrow('not wanted');
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      await expect(node('', { signal: controller.signal })).rejects.toThrow('not wanted');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('that cannot be started is an error', async () => {
    await expect(runProcess('lockproof-no-such-command', [])).rejects.toThrow('ENOENT');
  });
});

describe('the implementation that is judged', () => {
  const run = (member: string, program: string) =>
    runProgram({ program, source: { module, export: 'mutants', member } });

  test('takes the place of the reference in the main thread', async () => {
    const { lines } = await run('lock-reentrant', 'lockReacquire');
    expect(lines.map(({ text }) => text)).toEqual(['First try : true', 'Second try: true']);
  });

  test('takes its place in the threads that the library starts', async () => {
    const { lines } = await run('everybody-is-main', 'doubler');
    expect(lines.filter(({ text }) => text === 'MainThread')).toHaveLength(5);
  });

  test('is what the reference is where it is the reference', async () => {
    const reference = new URL('../../../impl/reference.ts', import.meta.url).href;
    const output = await runProgram({ program: 'simple', source: { module: reference } });
    expect(output.lines.map(({ text }) => text)).toEqual(Array(5).fill('Worker'));
    expect(output.ended).toEqual({ code: 0 });
  });

  test('is missed where a module has none', async () => {
    const { lines, ended } = await runProgram({ program: 'simple', source: { module, member: 'nothing' } });
    expect(ended).toEqual({ code: 1 });
    expect(lines.filter(({ stream }) => stream === 'stderr').length).toBeGreaterThan(0);
  });
});

describe('a faulty implementation that hangs nowhere is found out', () => {
  const quick = [
    'attribute-is-global',
    'timer-is-daemon',
    'exit-ends-the-process',
    'pool-of-six',
    'fifth-start-is-lost',
    'worker-0-passes-alone',
  ];
  test.for(quick)('%s', async (member) => {
    const rule = rules.find(({ id }) => id === mutants[member]?.breaks);
    const example = rule !== undefined && 'examples' in rule ? rule.examples[0] : undefined;
    if (example === undefined || !('program' in example))
      throw new Error(`${member} breaks no program's rule`);
    const output = await runProgram({
      program: example.program,
      source: { module, export: 'mutants', member },
    });
    expect(checkOutput(output, example.shows)).toBeDefined();
  });
});
