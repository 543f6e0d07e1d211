import { homedir, hostname, userInfo } from 'node:os';

/** Folders in which people and build machines have their checkouts. */
const machinePath = /(?<![\w.~@*-])\/(?:root|home|Users|work|workspace|builds?|mnt|private|tmp)\/[\w.-]+/g;
const windowsPath = /\b[A-Za-z]:\\{1,2}(?:Users|Documents)\\/g;
/** Where packages come from is each machine's own setting. */
const registry =
  /\b(?:registry|npm|artifactory|nexus|verdaccio|proxy)\.[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=\/|\b)/gi;
const publicDocumentation = new Set(['npm.im']);

/** What says on which machine the project was worked on: absolute paths, the names of the machine, registry hosts. */
export function traces(text: string, root: string): readonly string[] {
  const names = [hostname(), homedir(), root.replace(/\/$/, '')].filter(
    (name) => name.length > 4 && !generic(name),
  );
  return [
    ...[machinePath, windowsPath, registry].flatMap((pattern) => text.match(pattern) ?? []),
    ...names.filter((name) => text.includes(name)),
  ].filter((found) => !publicDocumentation.has(found));
}

function generic(name: string): boolean {
  return name === 'localhost' || name === userInfo().username || name.split('/').filter(Boolean).length === 0;
}
