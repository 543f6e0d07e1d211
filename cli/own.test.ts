import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../cli.ts', import.meta.url));
const rules = new URL('../fixtures/own/latchRules.ts', import.meta.url).href;
const latch = new URL('../fixtures/own/latch.ts', import.meta.url).href;
const index = new URL('../index.ts', import.meta.url).href;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockproof-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function lockproof(...args: readonly string[]) {
  return spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', CI: '1' },
  });
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** Somebody's latch, which the example's stands in for. */
const mine = `
import { defineImplementation, provide } from '${index}';
import { latch } from '${rules}';
import { Latch } from '${latch}';
export default defineImplementation({
  name: 'mine',
  own: [provide(latch, { create: ({ count }) => Latch.allocate(count), open: (memory) => new Latch(memory) })],
});
`;

const quick = ['--budget', 'quick', '--seed', '1'];

test('the command never loads the implementation, only the specification', () => {
  write(
    'mine.mjs',
    `import { isMainThread } from 'node:worker_threads'; if (isMainThread) process.exit(9);${mine}`,
  );
  const { status, stdout, stderr } = lockproof('verify', 'mine.mjs', '--rule', 'latch.wait.*', ...quick);
  expect({ status, stdout, stderr }).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('3 rules are kept'),
  });
});

test('without --family, the documentation is asked for, too, and is not provided', () => {
  write('mine.mjs', mine);
  const { status, stdout } = lockproof('verify', 'mine.mjs', ...quick, '--engine', 'lockstep');
  expect(stdout).toMatch(/^family .*\nlatch +8 /m);
  expect(stdout).toMatch(/Not provided at all: lock, rlock, /);
  expect(status).toBe(0);
  const again = lockproof('report', join('reports', 'out', 'run.jsonl'));
  expect(again.stdout).toBe(stdout);
});

describe('wrong usage ends with 64, says what is wrong, and writes nothing', () => {
  /** How a command ended, and what it wrote. */
  function ended(...args: readonly string[]) {
    const before = readdirSync(folder);
    const { status, stdout, stderr } = lockproof(...args);
    return { status, stdout, stderr, written: readdirSync(folder).filter((name) => !before.includes(name)) };
  }

  const refused = (message: RegExp) => ({
    status: 64,
    stdout: '',
    stderr: expect.stringMatching(message) as string,
    written: [],
  });

  test.each([
    [['verify', 'mine.mjs', '--family', 'lach'], /--family 'lach' is unknown\. Did you mean 'latch'\?/],
    [['verify', 'mine.mjs', '--rule', 'latch.weit.*'], /--rule 'latch\.weit\.\*' matches no rule/],
    [
      ['explain', 'latch.cuont', 'mine.mjs'],
      /There is no rule 'latch\.cuont'\. Did you mean 'latch\.count'\?/,
    ],
    [['explain', 'latch.count'], /There is no rule 'latch\.count'/],
    [['verify', '--family', 'latch'], /--family 'latch' is unknown/],
  ])('%s', (args, message) => {
    write('mine.mjs', mine);
    expect(ended(...args)).toEqual(refused(message));
  });

  const specification = (family: string) => `
import { call, defineImplementation, defineSpecification, method, object, provide, returns, step, weigh } from '${index}';
const ${family} = defineSpecification(import.meta, {
  family: '${family}',
  methods: { ring: method() },
  automaton: {
    create: () => ({ state: { rung: 0 }, rules: [] }),
    steps: {
      ring: ({ state }) => [
        { name: 'rung', open: true, due: 'now', rules: ['${family}.rings'], state, then: { returns: 1 } },
      ],
    },
  },
  rules: [
    {
      id: '${family}.rings',
      statement: 'It rings.',
      lookAt: 'Look at it.',
      examples: [{ title: 'one', objects: [object('${family}')], steps: [step(1, call('ring'), returns(2))] }],
    },
  ],
  programs: { blocks: [weigh(1, call('ring'))] },
});
const adapter = { create: () => new SharedArrayBuffer(4), open: () => ({ ring: () => 1 }) };
const implementation = defineImplementation({ name: '${family}', own: [provide(${family}, adapter)] });
`;

  test('a specification in the implementation itself', () => {
    write('bell.mjs', `${specification('bell')}export { bell, implementation as default };`);
    expect(ended('verify', 'bell.mjs')).toEqual(
      refused(/bell\.mjs holds the specification of 'bell' and the implementation/),
    );
  });

  test('a specification that is not exported', () => {
    write('bell.mjs', `${specification('bell')}export { implementation };`);
    write('mine.mjs', "export { implementation as default } from './bell.mjs';");
    expect(ended('verify', 'mine.mjs')).toEqual(
      refused(/bell\.mjs does not export the specification of 'bell'.*export const bell =/),
    );
  });

  test('a specification that contradicts itself', () => {
    write('bell.mjs', `${specification('bell')}export { bell, implementation };`);
    write('mine.mjs', "export { implementation as default } from './bell.mjs';");
    expect(ended('verify', 'mine.mjs')).toEqual(
      refused(
        /The specification of 'bell' in file:.*bell\.mjs contradicts itself[^]*bell\.rings, 'one'[^]*has to show 'returns 2', and the automaton says 'returns 1'/,
      ),
    );
  });

  test('a specification that is none', () => {
    write('bell.mjs', `${specification('lock')}export { lock, implementation };`);
    write('mine.mjs', "export { implementation as default } from './bell.mjs';");
    expect(ended('verify', 'mine.mjs')).toEqual(refused(/family: expected a name of its own, found 'lock'/));
  });
});
