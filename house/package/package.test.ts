import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../spec/catalogue.ts';
import { root, textOf } from '../sources.ts';
import { Consumer, pack, run } from './consumer.ts';

/** The oldest Node that package.json promises, and the one that is developed on. */
const versions = ['22.18.0', '26'];
const counter = readFileSync(new URL('./counter.mjs', import.meta.url), 'utf8');
/** The code block of the README that is this module. */
function readmeBlock(name: string): string {
  const [, block] = new RegExp(`\`\`\`ts\\n(// ${name}\\n[^]*?)\`\`\``).exec(textOf('README.md')) ?? [];
  if (block === undefined) throw new Error(`The README has no ${name}.`);
  return block;
}

const typed = `
import * as lockproof from 'lockproof';
import * as threading from 'lockproof/threading';
const lock: threading.Lock = new threading.Lock();
const taken: boolean = lock.acquire({ timeout: 0.5 });
// @ts-expect-error: a time-out is a number of seconds
lock.acquire({ timeout: '0.5' });
export default { lockproof, taken };
`;

const admitsEverybody = `
import { defineImplementation } from 'lockproof';
export default defineImplementation({
  name: 'admits everybody',
  lock: {
    create: () => new SharedArrayBuffer(4),
    open: () => ({ acquire: () => true, release: () => undefined, locked: () => false }),
  },
});
`;

const hasPython = spawnSync('python3', ['--version']).status === 0;

let packer: Consumer;
let tarball: string;

beforeAll(async () => {
  packer = await Consumer.create();
  tarball = await pack(packer.folder);
});

afterAll(() => packer.remove());

describe('the packed package', () => {
  test('has what runs, its types, and nothing else', async () => {
    const { stdout } = await run(packer.folder, 'tar', '-tzf', tarball);
    const files = stdout
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, ''));
    for (const entry of ['cli', 'index', 'vitest', 'impl/threading/index']) {
      expect(files).toContain(`dist/${entry}.js`);
      expect(files).toContain(`dist/${entry}.d.ts`);
    }
    expect(files).toContain('LICENSE');
    expect(files).toContain('README.md');
    const built = files.filter((path) => path.startsWith('dist/'));
    expect(files.filter((path) => !built.includes(path)).toSorted()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'].filter((path) => files.includes(path)),
    );
    const own = (folder: string) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(py|md|json)$/.test(path))
        .map((path) => `dist/${folder}/${path}`);
    expect(built.filter((path) => !/\.(js|d\.ts)$/.test(path)).toSorted()).toEqual(
      [
        'dist/fixtures/mutants/smallest.json',
        ...own('fixtures/programs'),
        ...own('impl/cpython'),
        ...own('impl/protocol'),
        'dist/spec/catalogue.json',
      ].toSorted(),
    );
    expect(built.filter((path) => /\.test\.|house|bench/.test(path))).toEqual([]);
  });
});

describe.each(versions)('installed with Node %s', (version) => {
  let consumer: Consumer;

  beforeAll(async () => {
    consumer = await Consumer.create();
    await consumer.install(tarball, `node@${version}`);
  });

  afterAll(() => consumer.remove());

  test('it runs on that Node', async () => {
    const { stdout } = await consumer.run('npx', '--no-install', 'node', '--version');
    expect(stdout).toMatch(new RegExp(`^v${version.replaceAll('.', '\\.')}\\b`));
  });

  test('lockproof --help tells the commands', async () => {
    const { code, stdout } = await consumer.run('npx', '--no-install', 'lockproof', '--help');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('verify') });
  });

  test.skipIf(!hasPython)('lockproof smoke cpython finds the harness, and in order', async () => {
    const { code, stdout } = await consumer.run('npx', '--no-install', 'lockproof', 'smoke', 'cpython');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('The harness is in order.'),
    });
  });

  test('lockproof verify finds that the reference conforms', async () => {
    const ended = await consumer.run(
      'npx',
      '--no-install',
      'lockproof',
      'verify',
      '--budget',
      'quick',
      '--seed',
      '1',
    );
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('conforms') });
  });

  test('lockproof verify finds that a lock which admits everybody is broken', async () => {
    await consumer.write('free.mjs', admitsEverybody);
    const ended = await consumer.run(
      'npx',
      '--no-install',
      'lockproof',
      'verify',
      './free.mjs',
      '--budget',
      'quick',
    );
    expect(ended).toMatchObject({ code: 1, stdout: expect.stringContaining('broken') });
  });

  test('coroutines run what imports the package', async () => {
    await consumer.write('free.mjs', admitsEverybody);
    const verify = ['--no-install', 'lockproof', 'verify', './free.mjs', '--engine', 'coroutine'];
    const ended = await consumer.run('npx', ...verify, '--budget', 'quick');
    expect(ended).toMatchObject({ code: 1, stdout: expect.stringContaining('broken') });
    expect(ended.stdout).not.toContain('Only real workers');
  });

  test("a primitive of somebody's own is judged by its own rules, as the README has it", async () => {
    const modules = ['latch-rules.ts', 'my-latch.ts'].map((name) => [name, readmeBlock(name)] as const);
    for (const [name, text] of modules) await consumer.write(name, text);
    const verify = ['--no-install', 'lockproof', 'verify', 'my-latch.ts', '--family', 'latch'];
    const ended = await consumer.run('npx', ...verify, '--budget', 'quick', '--engine', 'baton');
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^my latch conforms\./) });
    const quick = await consumer.run('npx', ...verify, '--budget', 'quick', '--engine', 'coroutine');
    expect(quick).toMatchObject({ code: 0, stdout: expect.stringMatching(/^my latch conforms\./) });
    expect(quick.stdout).not.toContain('Only real workers');
  });

  test('lockproof mutants finds the faulty implementations it is published with', async () => {
    const ended = await consumer.run(
      'npx',
      '--no-install',
      'lockproof',
      'mutants',
      '--rule',
      'event.is-set.pure',
    );
    expect(ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\b([1-9]\d*) of \1 mutants? killed/),
    });
  });

  test('lockproof rules prints every row of the catalogue', async () => {
    const { stdout } = await consumer.run('npx', '--no-install', 'lockproof', 'rules', '--format', 'json');
    expect((JSON.parse(stdout) as { readonly id: string }[]).map(({ id }) => id)).toEqual(
      catalogue.map(({ id }) => id),
    );
  });

  test('workers share a lock of lockproof/threading', async () => {
    await consumer.write('counter.mjs', counter);
    const { stdout, stderr } = await consumer.run('npx', '--no-install', 'node', 'counter.mjs');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ codes: [0, 0, 0], counter: 6000, locked: false });
  });

  test.runIf(version === versions.at(-1))(
    'lockproof/vitest makes rules tests, which a faulty lock fails',
    async () => {
      const { version: own } = JSON.parse(textOf('node_modules/vitest/package.json')) as { version: string };
      await consumer.install(`vitest@${own}`);
      await consumer.write('free.mjs', admitsEverybody);
      await consumer.write(
        'mine.mjs',
        `import { Lock } from 'lockproof/threading';
       export default { name: 'mine', lock: { create: () => new Lock(), open: (posted) => Lock.from(posted) } };`,
      );
      for (const module of ['free', 'mine']) {
        await consumer.write(
          `${module}.test.mjs`,
          `import { conformance } from 'lockproof/vitest';
         conformance(new URL('./${module}.mjs', import.meta.url), { families: ['lock'] });`,
        );
      }
      const mine = await consumer.run('npx', '--no-install', 'vitest', 'run', 'mine');
      expect(mine).toMatchObject({ code: 0, stdout: expect.stringMatching(/Tests .*[1-9]\d* passed/) });
      const free = await consumer.run('npx', '--no-install', 'vitest', 'run', 'free');
      expect(free).toMatchObject({ code: 1, stdout: expect.stringMatching(/Tests .*[1-9]\d* failed/) });
    },
  );

  test('its types hold in a strict program', async () => {
    await consumer.write('typed.ts', typed);
    for (const name of ['latch-rules.ts', 'my-latch.ts']) await consumer.write(name, readmeBlock(name));
    const { code, stdout } = await consumer.run(
      join(root, 'node_modules/.bin/tsc'),
      '--noEmit',
      '--strict',
      '--target',
      'esnext',
      '--module',
      'nodenext',
      '--types',
      '',
      '--allowImportingTsExtensions',
      'typed.ts',
      'my-latch.ts',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  test('no package of it wants to run a script at installation', async () => {
    const { stdout } = await consumer.run(
      'npm',
      'query',
      ':attr(scripts, [install]), :attr(scripts, [preinstall]), :attr(scripts, [postinstall])',
    );
    const wanting = (JSON.parse(stdout) as { readonly name: string }[]).map(({ name }) => name);
    expect(wanting.filter((name) => name !== 'node')).toEqual([]);
    expect(wanting).toContain('node');
  });
});
