import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { dropBelongings } from './local/belongings.ts';
import { Local } from './local.ts';

interface Noted extends Local {
  calls: unknown[][];
  total?: unknown;
}

/** Both threads make the same class of it. */
const module = `data:text/javascript,${encodeURIComponent(`
  export default (Local) => class Noted extends Local {
    static slots = ['total'];
    init(...given) {
      if ('total' in this && this.total > 0) {
        this.total = this.total - 1;
        throw new Error('thrown by init');
      }
      this.calls = [...(Object.hasOwn(this, 'calls') ? this.calls : []), given];
    }
  };`)}`;

const { default: classOn } = (await import(module)) as {
  readonly default: (Class: typeof Local) => new (...args: readonly unknown[]) => Noted;
};
const Noted = classOn(Local);

const attributeError = expect.objectContaining({ name: 'AttributeError' });

test("another thread's attributes are its own", async () => {
  const local = new Local();
  local.x = 1;
  local.z = 1;
  const seen = await there(local, 'Local', [
    'local.x',
    'local.x = 2, local.y = 3, local.dict.z = 4',
    'Object.entries(local)',
    'delete local.x',
    'local.x',
    'local === Local.from(handle)',
  ]);
  expect(seen).toEqual([
    'AttributeError',
    4,
    [
      ['x', 2],
      ['y', 3],
      ['z', 4],
    ],
    true,
    'AttributeError',
    true,
  ]);
  expect(Object.entries(local)).toEqual([
    ['x', 1],
    ['z', 1],
  ]);
});

test('the initialiser runs once in each thread, with clones of the arguments', async () => {
  const given = { deep: [1, new Date(5)] };
  const local = new Noted(given, 'more');
  const steps = ["'calls' in local", 'local.calls', 'local.calls'];
  const calls = [[given, 'more']];
  expect(await there(local, 'Noted', steps)).toEqual([true, calls, calls]);
  expect(await there(local, 'Noted', steps)).toEqual([true, calls, calls]);
  expect(local.calls).toEqual(calls);
});

test('the first access may be of any kind', async () => {
  const local = new Noted('given');
  for (const access of [
    "'x' in local",
    'local.x = 1',
    'Object.keys(local)',
    'local.dict',
    'local.total = 0',
  ]) {
    const shown = await there(local, 'Noted', [access, '({ ...local.dict })']);
    expect((shown as unknown[])[1]).toMatchObject({ calls: [['given']] });
  }
  expect(await there(local, 'Noted', ['delete local.calls', 'local.calls'])).toEqual([
    true,
    'AttributeError',
  ]);
});

test('an initialiser that raises is run again at the next access', async () => {
  const local = new Noted();
  local.total = 2;
  const seen = await there(local, 'Noted', ['local.x = 1', 'local.x', "'x' in local", 'local.calls']);
  expect(seen).toEqual(['Error', 'Error', false, [[]]]);
  expect(local.total).toBe(0);
});

test('slots are the same in all threads', async () => {
  const local = new Noted();
  local.total = 'from here';
  expect(await there(local, 'Noted', ['local.total', 'local.total = 5 - 5', 'delete local.total'])).toEqual([
    'from here',
    0,
    true,
  ]);
  expect(() => local.total).toThrow(attributeError);
});

test('a class that is not its own is refused in other threads', async () => {
  expect(await there(new Noted(), 'Local', [])).toEqual('TypeError');
  expect(await there(new Local(), 'Noted', [])).toEqual('TypeError');
});

test('a thread that follows in the same realm finds nothing of the one before', () => {
  const local = new Noted('given');
  local.x = 1;
  local.total = 0;
  const handle = Local.handle(local);
  dropBelongings();
  expect(() => local.x).toThrow(attributeError);
  expect(local.calls).toEqual([['given']]);
  expect(local.total).toBe(0);
  expect(Local.from(structuredClone(handle))).toBe(local);
});

/** What statements show in another thread, one after the other: values, or the names of what they raise. */
async function there(local: Local, name: 'Local' | 'Noted', statements: readonly string[]): Promise<unknown> {
  const script = `
    const { parentPort, workerData: { local, module, handle } } = require('node:worker_threads');
    Promise.all([import(local), import(module)]).then(([{ Local }, { default: classOn }]) => {
      const Noted = classOn(Local);
      const shown = (step) => { try { return step(); } catch ({ name }) { return name; } };
      const opened = shown(() => ${name}.from(handle));
      parentPort.postMessage(typeof opened === 'string' ? opened : ((local) => [
        ${statements.map((statement) => `shown(() => (${statement})),`).join('')}
      ])(opened));
    });`;
  const workerData = {
    local: new URL('./local.ts', import.meta.url).href,
    module,
    handle: Local.handle(local),
  };
  const worker = new Worker(script, { eval: true, workerData });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
