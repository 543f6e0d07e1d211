import { SystemExit } from '../errors.ts';
import { needNode } from './node.ts';
import { complain } from './output.ts';
import { mainRecord } from './realm.ts';
import { end } from './record.ts';
import { heads, registry } from './registry.ts';

/*
 * How the process ends, once a thread was started. When the event loop of main has run dry, main has ended: who joins it
 * goes on. Then the loop is kept from ending, not from running, until no thread is left that the process has to wait for.
 * An error that nobody has caught ends main at once: nothing of it runs any more, so it sleeps until then.
 */

/** The longest delay of a timer. */
const long = 2 ** 31 - 1;

let installed = false;

/**
 * From now on, the process waits for its threads.
 * @param main whether this is the main thread; else it is a worker that keeps its own threads alive.
 */
export function keepProcess(main: boolean): void {
  if (installed) return;
  installed = true;
  const { process } = needNode();
  let waiting = false;
  process.on('beforeExit', () => {
    if (main) end(mainRecord());
    if (waiting || awaited() === 0) return;
    waiting = true;
    void waitForThreads().finally(() => {
      waiting = false;
    });
  });
  if (main) process.on('uncaughtException', endMain);
}

function awaited(): number {
  return Atomics.load(registry(), heads.awaited);
}

async function waitForThreads(): Promise<void> {
  await keepAlive(async () => {
    for (let left = awaited(); left > 0; left = awaited()) {
      await Atomics.waitAsync(registry(), heads.awaited, left).value;
    }
  });
}

/** Keeps Node running as long as this takes: to sleep on shared memory does not. */
export async function keepAlive(sleep: () => Promise<void>): Promise<void> {
  const keep = setInterval(() => undefined, long);
  try {
    await sleep();
  } finally {
    clearInterval(keep);
  }
}

function endMain(error: unknown): void {
  const { process } = needNode();
  // Somebody else sees to it.
  if (process.listenerCount('uncaughtException') > 1) return;
  const code = error instanceof SystemExit ? exitCode(error) : failure(error);
  end(mainRecord());
  for (let left = awaited(); left > 0; left = awaited()) Atomics.wait(registry(), heads.awaited, left);
  process.exit(code);
}

/** Prints it as Node does, but for the line of the source. */
function failure(error: unknown): number {
  const { process, util } = needNode();
  const shown = error instanceof Error ? util.inspect(error) : `Uncaught:\n${util.inspect(error)}`;
  complain(`${shown}\n\nNode.js ${process.version}\n`);
  return 1;
}

/** What Python's interpreter makes of the code. */
function exitCode({ code }: SystemExit): number {
  if (code === undefined || code === null) return 0;
  if (typeof code === 'number' && Number.isInteger(code)) return code & 255;
  complain(`${typeof code === 'string' ? code : needNode().util.inspect(code)}\n`);
  return 1;
}
