import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { answer, request } from '../impl/protocol.ts';
import { schemas, schemaText } from './protocolSchemas.ts';

const home = new URL('../impl/protocol/', import.meta.url);
const page = readFileSync(new URL('README.md', home), 'utf8');

test.each(Object.keys(schemas) as (keyof typeof schemas)[])(
  '%s is what the schema says: `npm run schemas` makes it so',
  (name) => {
    expect(JSON.parse(readFileSync(new URL(name, home), 'utf8'))).toEqual(JSON.parse(schemaText(name)));
  },
);

describe('the page shows what the schemas allow', () => {
  const blocks = [...page.matchAll(/```jsonl\n([^`]*)```/gu)].flatMap(([, text = '']) =>
    text.trim().split('\n'),
  );
  const lines = blocks
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => line.replace('"program":{...}', '"program":{"objects":[],"threads":[[]]}'))
    .map((line) => line.replace('"steps":[...]', '"steps":[]'));

  test.each(lines)('%s', (line) => {
    const json = JSON.parse(line) as { readonly ask?: string };
    expect(v.safeParse(json.ask === undefined ? answer : request, json).issues).toBeUndefined();
  });

  test('of every request and every answer', () => {
    const asked = lines.flatMap((line) => (JSON.parse(line) as { ask?: string }).ask ?? []);
    expect(asked.toSorted()).toEqual(['describe', 'follow', 'run', 'wait']);
    expect(lines.length).toBeGreaterThan(7);
  });
});
