import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { OutputLine } from '../../../spec/output.ts';

/** Many times what any program writes that comes to an end. */
const mostBytes = 2 ** 20;

/**
 * What a process writes to one of its streams, line by line.
 *
 * A file, not a pipe: Node makes the pipes of a process with workers non-blocking, so that a write fails with EAGAIN
 * while nobody reads. It has no name from the beginning, so that nothing is left behind, however all ends.
 */
export class OutputFile {
  /** To be given to the process. */
  readonly descriptor: number;
  readonly #stream: OutputLine['stream'];
  readonly #decoder = new StringDecoder('utf8');
  #position = 0;
  #rest = '';

  constructor(stream: OutputLine['stream']) {
    const path = join(tmpdir(), `lockproof-${randomUUID()}`);
    this.descriptor = openSync(path, 'ax+', 0o600);
    unlinkSync(path);
    this.#stream = stream;
  }

  /** Whether more was written than is read: whoever writes so much does not come to an end. */
  get overflows(): boolean {
    return this.#position >= mostBytes;
  }

  /** The lines that have come to their ends since the last call. @param at seconds, written to each. */
  read(at: number): readonly OutputLine[] {
    const buffer = Buffer.allocUnsafe(2 ** 16);
    let text = this.#rest;
    while (!this.overflows) {
      const count = readSync(this.descriptor, buffer, 0, buffer.length, this.#position);
      if (count === 0) break;
      this.#position += count;
      text += this.#decoder.write(buffer.subarray(0, count));
    }
    const parts = text.split(/\r?\n/u);
    this.#rest = parts.pop() ?? '';
    return parts.map((part) => ({ stream: this.#stream, text: part, at }));
  }

  /** The lines that are left when nobody writes any more; the last one may lack its end. */
  finish(at: number): readonly OutputLine[] {
    const lines = this.read(at);
    if (this.#rest === '') return lines;
    return [...lines, { stream: this.#stream, text: this.#rest, at, unfinished: true }];
  }

  /** Gives the memory back. */
  close(): void {
    closeSync(this.descriptor);
  }
}
