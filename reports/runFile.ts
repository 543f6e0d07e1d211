import * as v from 'valibot';
import type {
  Counterexample,
  LabelResult,
  Notice,
  RaceResult,
  RuleResult,
  RunEnd,
  RunRecord,
  RunStart,
} from '../properties/run.ts';
import { UsageError } from '../properties/usageError.ts';
import { toWords } from '../impl/words.ts';
import { runFormat, schemas } from './records.ts';

/** A whole run, as reports are made of it. */
export interface Run {
  readonly start: RunStart;
  readonly counterexamples: readonly Counterexample[];
  readonly races: readonly RaceResult[];
  readonly rules: readonly RuleResult[];
  readonly labels: readonly LabelResult[];
  readonly notices: readonly Notice[];
  readonly end: RunEnd;
}

/** A record as one line of a run file, with its line break. */
export function formatRecord(record: RunRecord): string {
  return `${JSON.stringify(record, toWords)}\n`;
}

/**
 * The records of a run file.
 * @param text of the file.
 * @param name of the file, for messages.
 * @throws UsageError naming file and line if the text is not exactly one complete run.
 */
export function parseRecords(text: string, name: string): readonly RunRecord[] {
  const lines = text.split('\n');
  const last = lines.pop();
  if (lines.length === 0 && last === '') throw new UsageError(`${name} is empty: it is no run file. ${anew}`);
  const records: RunRecord[] = [];
  for (const [index, line] of [...lines, ...(last ? [last] : [])].entries()) {
    const where = `${name}, line ${index + 1}`;
    const unfinished = index === lines.length;
    const record = parseRecord(line, where, unfinished);
    if (index === 0 && record.record !== 'run') {
      throw new UsageError(
        `${where}: a run file begins with its 'run' record, not with '${record.record}'. ${anew}`,
      );
    }
    if (index > 0 && record.record === 'run') {
      throw new UsageError(`${where}: a second run begins here; a run file holds one. ${anew}`);
    }
    if (records.at(-1)?.record === 'end') {
      throw new UsageError(`${where}: nothing may follow the run's 'end' record. ${anew}`);
    }
    records.push(record);
  }
  if (records.at(-1)?.record !== 'end') {
    throw new UsageError(
      `${name} has no 'end' record after its ${records.length} lines: the run was interrupted or the file was cut. ${anew}`,
    );
  }
  return records;
}

/**
 * A run as a whole.
 * @param records all of it, `run` first, `end` last.
 * @throws RangeError if one of the two is missing.
 */
export function runOf(records: readonly RunRecord[]): Run {
  const start = ofKind(records, 'run')[0];
  const end = ofKind(records, 'end')[0];
  if (start === undefined || end === undefined) throw new RangeError('A run has a beginning and an end.');
  return {
    start,
    counterexamples: ofKind(records, 'counterexample'),
    races: ofKind(records, 'race'),
    rules: ofKind(records, 'rule'),
    labels: ofKind(records, 'label'),
    notices: ofKind(records, 'notice'),
    end,
  };
}

const anew = 'Make it anew with `lockproof verify`.';

function ofKind<K extends RunRecord['record']>(
  records: readonly RunRecord[],
  kind: K,
): readonly Extract<RunRecord, { record: K }>[] {
  return records.filter((record): record is Extract<RunRecord, { record: K }> => record.record === kind);
}

function parseRecord(line: string, where: string, unfinished: boolean): RunRecord {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    const what = unfinished ? 'the file was cut in the middle of this line' : 'this line is no JSON';
    throw new UsageError(`${where}: ${what}. ${anew}`);
  }
  const kind = v.safeParse(kinds, json);
  if (!kind.success) {
    throw new UsageError(
      `${where}: this is no record of a run (its field 'record' has to say which). ${anew}`,
    );
  }
  if (kind.output.record === 'run' && kind.output.format !== runFormat) {
    throw new UsageError(
      `${where}: the file is of format ${JSON.stringify(kind.output.format)}, this version of Lockproof reads format ${runFormat}. Read it with the version that wrote it, or make it anew.`,
    );
  }
  const parsed = v.safeParse(schemas[kind.output.record], json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? kind.output.record;
  throw new UsageError(`${where}: the field '${field}' is wrong (${issue.message}). ${anew}`);
}

const kinds = v.looseObject({
  record: v.picklist(Object.keys(schemas) as RunRecord['record'][]),
  format: v.optional(v.unknown()),
});
