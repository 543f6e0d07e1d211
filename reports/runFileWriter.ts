import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../properties/run.ts';
import { UsageError } from '../properties/usageError.ts';
import { formatRecord } from './runFile.ts';

/**
 * Writes a run file beside where it is to be, and puts it in its place when it is whole: what is there
 * already stays as it is until then.
 */
export class RunFileWriter {
  /** Where the whole file will be. */
  readonly path: string;
  readonly #folder: string;
  readonly #name: string;
  readonly #partial: string;
  #file: number | undefined;

  /**
   * @param folder made with the first record, if there is none.
   * @param name of the file, without `.jsonl`.
   */
  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.path = join(folder, `${name}.jsonl`);
    this.#partial = join(folder, `${name}.partial-${process.pid}.jsonl`);
  }

  /** Adds a record. @throws UsageError if the folder cannot be written to. */
  write(record: RunRecord): void {
    this.#file ??= this.#open();
    writeSync(this.#file, formatRecord(record));
  }

  /** The file is whole. */
  finish(): void {
    this.#close();
    renameSync(this.#partial, this.path);
  }

  /**
   * The file will never be whole.
   * @param how it ended, for its name: `interrupted`, `failed`.
   * @returns where what there is of it is kept; undefined if nothing was written.
   */
  abandon(how: string): string | undefined {
    if (this.#file === undefined) return undefined;
    this.#close();
    const kept = join(this.#folder, `${this.#name}.${how}.jsonl`);
    renameSync(this.#partial, kept);
    return kept;
  }

  /** Nothing of it is worth keeping. */
  discard(): void {
    if (this.#file === undefined) return;
    this.#close();
    rmSync(this.#partial, { force: true });
  }

  #open(): number {
    try {
      mkdirSync(this.#folder, { recursive: true });
      if (statSync(this.path, { throwIfNoEntry: false })?.isDirectory())
        throw new Error(`${this.path} is a folder`);
      return openSync(this.#partial, 'w');
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UsageError(
        `The run file cannot be written to '${this.#folder}' (${reason}). Choose another folder with --out.`,
        {
          cause,
        },
      );
    }
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
