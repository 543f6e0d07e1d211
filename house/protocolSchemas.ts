import { writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { answer, request } from '../impl/protocol.ts';

/*
 * The schemas of the harness protocol as JSON Schema, for harnesses in other languages: `npm run schemas` writes them
 * anew.
 */

const home = new URL('../impl/protocol/', import.meta.url);

/** The schemas by the names of their files. */
export const schemas = { 'requests.schema.json': request, 'answers.schema.json': answer } as const;

/** A schema as its file has it. */
export function schemaText(name: keyof typeof schemas): string {
  // Words for what JSON has no numbers for are turned into numbers when they are read, which no JSON Schema says.
  const made = toJsonSchema(schemas[name], { errorMode: 'ignore', typeMode: 'input' });
  return `${JSON.stringify({ ...made, title: `Lockproof harness protocol, version 1: ${name.split('.')[0]}` }, null, 2)}\n`;
}

if (import.meta.main) {
  for (const name of Object.keys(schemas) as (keyof typeof schemas)[]) {
    writeFileSync(new URL(name, home), schemaText(name));
  }
}
