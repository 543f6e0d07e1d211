import { readFileSync } from 'node:fs';

/** The version of this package; its package.json stands beside the sources, and one folder up from what is published. */
export const version: string = readVersion(['../package.json', '../../package.json']);

function readVersion(candidates: readonly string[]): string {
  for (const candidate of candidates) {
    try {
      const text = readFileSync(new URL(candidate, import.meta.url), 'utf8');
      return (JSON.parse(text) as { readonly version: string }).version;
    } catch {
      continue;
    }
  }
  throw new Error('package.json of lockproof is missing');
}
