import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunRecord } from '../properties/run.ts';
import { UsageError } from '../properties/usageError.ts';
import { formatRecord } from './runFile.ts';
import { RunFileWriter } from './runFileWriter.ts';

const note: RunRecord = { record: 'notice', text: 'x' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-'));
  writeFileSync(join(folder, 'run.jsonl'), 'before');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the file that was there stays until the new one is whole', () => {
  const writer = new RunFileWriter(folder, 'run');
  writer.write(note);
  expect(readFileSync(writer.path, 'utf8')).toBe('before');
  writer.finish();
  expect(readFileSync(writer.path, 'utf8')).toBe(formatRecord(note));
  expect(readdirSync(folder)).toEqual(['run.jsonl']);
});

test('what will never be whole is kept under a name that says so', () => {
  const writer = new RunFileWriter(folder, 'run');
  writer.write(note);
  expect(writer.abandon('interrupted')).toBe(join(folder, 'run.interrupted.jsonl'));
  expect(readFileSync(join(folder, 'run.jsonl'), 'utf8')).toBe('before');
  expect(readFileSync(join(folder, 'run.interrupted.jsonl'), 'utf8')).toBe(formatRecord(note));
});

test('a start that failed leaves nothing behind', () => {
  const writer = new RunFileWriter(folder, 'run');
  writer.discard();
  expect(writer.abandon('failed')).toBeUndefined();
  expect(readdirSync(folder)).toEqual(['run.jsonl']);
});

test('a folder in the place of the file is refused before anything is run', () => {
  mkdirSync(join(folder, 'taken.jsonl'));
  expect(() => new RunFileWriter(folder, 'taken').write(note)).toThrow(/taken\.jsonl is a folder/);
});

test('a folder that cannot be written to is refused', () => {
  const writer = new RunFileWriter(join(folder, 'run.jsonl', 'below'), 'run');
  expect(() => writer.write(note)).toThrow(UsageError);
  expect(() => writer.write(note)).toThrow('Choose another folder with --out');
});
