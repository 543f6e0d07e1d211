import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';

/*
 * Puts together what the compiler has written, where starting a worker means loading it: a worker takes 12 ms
 * to start, and 0.3 ms for each module that it loads. Every file stays where it is and exports what it did; what it
 * exports comes from one module that all of them share, so that each part is there once.
 */
const dist = resolve(import.meta.dirname, '../dist');

/** Modules that are put together. */
interface Bundle {
  /** Folder of the files that stay what they are to others. */
  readonly folder: string;
  /** Which files of the folder. */
  readonly entries: (file: string) => boolean;
  /** The module that they share; without one, each has what it needs to itself. */
  readonly shared?: {
    /** Beside those in whose place it stands: they know where they are by its address. */
    readonly name: string;
    /** Which modules go there; all others stay with the file that needs them. */
    readonly has: (path: string) => boolean;
  };
}

/** Those that are loaded by their addresses, or load others by theirs. */
const byAddress = /^(?:child|supervisor|bodies|probe|alien)$/;

const bundles: readonly Bundle[] = [
  {
    // Alone in its worker, and waited for by the first start of a thread: it loads nothing that it does not use.
    folder: 'impl/threading',
    entries: isBroker,
  },
  {
    // What `import.meta` in this folder is used for is to find the broker and the worker, which stand beside it.
    folder: 'impl/threading',
    entries: (file) => !isBroker(file) && !/^dummy(?:$|\/)/.test(file),
    shared: { name: 'threads/library', has: (path) => !path.endsWith('/threads/worker.js') },
  },
  {
    // In processes of their own: nobody else has these modules there, but the implementation that is judged.
    folder: 'properties/engines/lifecycle',
    entries: (file) => byAddress.test(file),
    shared: {
      name: 'process',
      has: (path) =>
        !byAddress.test(path.slice(path.lastIndexOf('/lifecycle/') + '/lifecycle/'.length, -'.js'.length)),
    },
  },
];

for (const bundle of bundles) await put(bundle);

/** Folders of which what is no TypeScript belongs to the package as it is, and which of their files. */
const copied: Readonly<Record<string, RegExp>> = {
  'impl/protocol': /\.(?:md|json)$/,
  'impl/cpython': /\.py$/,
  'fixtures/programs': /\.py$/,
};

for (const [folder, files] of Object.entries(copied)) {
  const from = resolve(import.meta.dirname, '..', folder);
  for (const file of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (files.test(file)) cpSync(join(from, file), join(dist, folder, file));
  }
}

function isBroker(file: string): boolean {
  return file === 'threads/broker';
}

async function put({ folder, entries, shared }: Bundle): Promise<void> {
  const home = join(dist, folder);
  const made = `${home}.bundled`;
  const names = scriptsIn(home).map((file) => file.slice(0, -'.js'.length));
  await build({
    input: Object.fromEntries(names.filter(entries).map((name) => [name, join(home, `${name}.js`)])),
    cwd: home,
    platform: 'node',
    treeshake: shared === undefined,
    preserveEntrySignatures: 'strict',
    external: /^[^./]/,
    output: {
      dir: made,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      ...(shared && { codeSplitting: { groups: [{ name: shared.name, test: shared.has }] } }),
    },
  });
  for (const file of scriptsIn(made)) cpSync(join(made, file), join(home, file));
  rmSync(made, { recursive: true });
}

function scriptsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
}
