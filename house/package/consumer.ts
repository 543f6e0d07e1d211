import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../sources.ts';

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder, outside the checkout, of somebody who uses the package. */
export class Consumer {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Consumer> {
    const consumer = new Consumer(await mkdtemp(join(tmpdir(), 'lockproof-consumer-')));
    const manifest = { private: true, type: 'module', allowScripts: { node: true } };
    await consumer.write('package.json', JSON.stringify(manifest));
    return consumer;
  }

  /** Installs packages as their users do: their install scripts do not run, save for that of `node`. */
  async install(...packages: readonly string[]): Promise<void> {
    const { code, stderr } = await this.run('npm', 'install', '--no-audit', '--no-fund', ...packages);
    if (code !== 0) throw new Error(`npm install ${packages.join(' ')} failed in ${this.folder}:\n${stderr}`);
  }

  async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text);
  }

  run(command: string, ...args: readonly string[]): Promise<Ended> {
    return run(this.folder, command, ...args);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Packs the checkout into the folder. @returns the tarball's path. */
export async function pack(folder: string): Promise<string> {
  const { code, stdout, stderr } = await run(root, 'npm', 'pack', '--pack-destination', folder);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || tarball === undefined) throw new Error(`npm pack failed:\n${stdout}${stderr}`);
  return join(folder, tarball);
}

/** The environment without what this checkout's own npm script put there. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE|VITEST|TEST$)/i.test(name));
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((entry) => !entry.includes('node_modules'));
  return {
    ...Object.fromEntries(own),
    PATH: path.join(delimiter),
    npm_config_loglevel: 'error',
    NO_COLOR: '1',
  };
}

export function run(cwd: string, command: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd, env: environment(), maxBuffer: 2 ** 26, timeout: 240_000 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1) || 1, stdout, stderr });
    });
    child.stdin?.end();
  });
}
