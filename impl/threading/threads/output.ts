import { needNode } from './node.ts';

/*
 * What a worker writes to stdout and stderr usually goes through main's event loop: late while main is blocked, and never
 * if the process ends before. Threads of the library write it themselves, at once.
 */

/** Makes this worker write to the process's stdout and stderr itself. */
export function writeAtOnce(): void {
  const { process } = needNode();
  direct(process.stdout, 1);
  direct(process.stderr, 2);
}

interface Chunk {
  readonly chunk: Uint8Array | string;
  readonly encoding: BufferEncoding;
}

type Done = (error?: Error | null) => void;

function direct(stream: NodeJS.WriteStream, descriptor: number): void {
  // oxlint-disable-next-line no-underscore-dangle -- what implements a stream is called so
  stream._write = (chunk: Uint8Array | string, encoding, done) => {
    writeAll(descriptor, [{ chunk, encoding }], done);
  };
  // oxlint-disable-next-line no-underscore-dangle -- what implements a stream is called so
  stream._writev = (chunks: readonly Chunk[], done) => {
    writeAll(descriptor, chunks, done);
  };
}

function writeAll(descriptor: number, chunks: readonly Chunk[], done: Done): void {
  try {
    for (const { chunk, encoding } of chunks) {
      write(descriptor, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    }
    done();
  } catch (error) {
    done(error as Error);
  }
}

/** Writes all of it to a file of the process, waiting where that cannot take it yet. */
function write(descriptor: number, bytes: Uint8Array): void {
  const { fs } = needNode();
  for (let from = 0; from < bytes.length;) {
    try {
      from += fs.writeSync(descriptor, bytes, from);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Prints to stderr; if there is none any more, nobody is told. */
export function complain(text: string): void {
  try {
    write(2, Buffer.from(text));
  } catch {
    // Nobody is left to be told.
  }
}
