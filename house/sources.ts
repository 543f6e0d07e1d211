import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root: string = fileURLToPath(new URL('..', import.meta.url));

/**
 * Paths, from the root and with `/`, of the files that are tracked, or would be after `git add`.
 * @throws if this is no checkout, or an empty one: a check of no files would always pass.
 */
export function sources(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths = [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(root + path));
  if (paths.length === 0)
    throw new Error(`git lists no file in ${root}: the checks of the house need a checkout`);
  return paths.toSorted();
}

/** The text of one of {@link sources}. */
export function textOf(path: string): string {
  return readFileSync(root + path, 'utf8');
}
