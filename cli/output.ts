import { type Page, pageOf } from '../reports/style.ts';

/** Writes a report to standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** What standard output looks like. */
export function stdoutPage(): Page {
  return pageOf(process.stdout);
}
