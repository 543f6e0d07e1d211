import * as v from 'valibot';
import type { ScopeRecord } from '../properties/scope/records.ts';
import { runVerdicts } from '../properties/run.ts';
import { UsageError } from '../properties/usageError.ts';
import { toWords } from '../impl/words.ts';
import { schemas } from './records.ts';

/** A record as one line of a file on the small scope, with its line break. */
export function formatScopeRecord(record: ScopeRecord): string {
  return `${JSON.stringify(record, toWords)}\n`;
}

/**
 * What an earlier run on the small scope has written, whole or not: a last line that was cut is left out.
 * @param name of the file, for messages.
 * @throws UsageError naming file and line if it is no such file.
 */
export function parseScopeRecords(text: string, name: string): readonly ScopeRecord[] {
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line, position) => {
    const where = `${name}, line ${position + 1}`;
    const parsed = v.safeParse(scopeRecord, parsedJson(line, where));
    if (!parsed.success || (position === 0) !== (parsed.output.record === 'scope')) {
      throw new UsageError(`${where}: this is no record of a run on the small scope. ${anew}`);
    }
    return parsed.output as ScopeRecord;
  });
}

function parsedJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UsageError(`${where}: this line is no JSON. ${anew}`);
  }
}

const anew = 'Begin anew without --resume.';
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const names = v.array(v.string());

const scopeRecord = v.union([
  v.strictObject({
    record: v.literal('scope'),
    format: v.literal(1),
    lockproof: v.string(),
    implementation: v.string(),
    module: v.string(),
    preemptions: count,
    families: names,
    shard: v.strictObject({ index: count, of: count }),
  }),
  v.strictObject({
    record: v.literal('part'),
    family: v.string(),
    part: count,
    programs: count,
    executions: count,
    states: count,
    refused: count,
    left: count,
    rules: names,
    onWorkers: v.exactOptional(v.string()),
  }),
  schemas.counterexample,
  v.strictObject({
    record: v.literal('end'),
    verdict: v.picklist(Object.keys(runVerdicts) as (keyof typeof runVerdicts)[]),
    reason: v.string(),
    seconds: v.number(),
  }),
]);
