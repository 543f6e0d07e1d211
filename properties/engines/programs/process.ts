import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { OutputLine, ProgramOutput } from '../../../spec/output.ts';

/** How a process is run. */
export interface ProcessOptions {
  /** Aborted: the process is ended, and the result rejected with the reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Default 30 seconds: a process that has not ended by then is ended. Many times what any program needs on a
   * busy machine, it matters only for those that hang.
   */
  readonly patience?: number | undefined;
}

const usualPatience = 30;

/**
 * Runs a process and collects what it writes. The process has ended when this is settled, however that comes.
 * @throws the reason of the signal; an Error if there is no such command.
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  { signal, patience = usualPatience }: ProcessOptions = {},
): Promise<ProgramOutput> {
  signal?.throwIfAborted();
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // What Node and Python say of themselves is no output of the program.
    env: { ...process.env, NODE_NO_WARNINGS: '1', PYTHONUNBUFFERED: '1', PYTHONWARNINGS: 'ignore' },
  });
  const lines: OutputLine[] = [];
  collect(child.stdout, 'stdout', lines, elapsed);
  collect(child.stderr, 'stderr', lines, elapsed);
  let stopped = false;
  const kill = () => void child.kill('SIGKILL');
  const timer = setTimeout(() => {
    stopped = true;
    kill();
  }, patience * 1000);
  // Who runs it may be told to end at any moment: the process must not outlive it.
  process.once('exit', kill);
  signal?.addEventListener('abort', kill);
  try {
    const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, by) => {
        resolve([code, by]);
      });
    });
    signal?.throwIfAborted();
    const ended = stopped ? { stopped: patience } : code === null ? { signal: by ?? 'nobody' } : { code };
    return { lines, ended, seconds: elapsed() };
  } finally {
    clearTimeout(timer);
    process.off('exit', kill);
    signal?.removeEventListener('abort', kill);
  }
}

/** Splits what arrives into lines, each with the time at which its end was read. */
function collect(
  stream: Readable,
  name: OutputLine['stream'],
  lines: OutputLine[],
  elapsed: () => number,
): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const at = elapsed();
    const parts = (rest + text).split(/\r?\n/u);
    rest = parts.pop() ?? '';
    lines.push(...parts.map((part) => ({ stream: name, text: part, at })));
  });
  stream.on('end', () => {
    if (rest !== '') lines.push({ stream: name, text: rest, at: elapsed(), unfinished: true });
  });
}
