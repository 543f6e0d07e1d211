import { spawn } from 'node:child_process';
import type { OutputLine, ProgramOutput } from '../../../spec/output.ts';
import { OutputFile } from './outputFile.ts';

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
/** Milliseconds between two looks at what was written: a line may be told so much too late, never too early. */
const interval = 10;

/**
 * Runs a process and collects what it writes. The process has ended when this is settled, however that comes.
 * @throws the reason of the signal; an Error if there is no such command.
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProgramOutput> {
  options.signal?.throwIfAborted();
  const files = [new OutputFile('stdout'), new OutputFile('stderr')];
  try {
    return await runWith(files, command, args, options);
  } finally {
    for (const file of files) file.close();
  }
}

async function runWith(
  files: readonly OutputFile[],
  command: string,
  args: readonly string[],
  { signal, patience = usualPatience }: ProcessOptions,
): Promise<ProgramOutput> {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  const child = spawn(command, args, {
    stdio: ['ignore', ...files.map(({ descriptor }) => descriptor)],
    // What Node and Python say of themselves is no output of the program.
    env: { ...process.env, NODE_NO_WARNINGS: '1', PYTHONUNBUFFERED: '1', PYTHONWARNINGS: 'ignore' },
  });
  const lines: OutputLine[] = [];
  const collect = (read: (file: OutputFile) => readonly OutputLine[]) => {
    for (const line of files.flatMap(read)) lines.push(line);
  };
  let stopped: number | undefined;
  const kill = () => void child.kill('SIGKILL');
  const timer = setInterval(() => {
    collect((file) => file.read(elapsed()));
    if (elapsed() < patience && !files.some(({ overflows }) => overflows)) return;
    stopped ??= Math.min(patience, Math.ceil(elapsed()));
    kill();
  }, interval);
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
    const seconds = elapsed();
    collect((file) => file.finish(seconds));
    const ended = stopped !== undefined ? { stopped } : code === null ? { signal: by ?? 'nobody' } : { code };
    return { lines, ended, seconds };
  } finally {
    clearInterval(timer);
    process.off('exit', kill);
    signal?.removeEventListener('abort', kill);
  }
}
