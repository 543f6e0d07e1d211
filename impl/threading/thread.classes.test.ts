import { expect, test } from 'vitest';
import { evaluate, run } from '../../fixtures/threads/run.ts';

async function said(scenario: string): Promise<readonly unknown[]> {
  const { code, said, stderr } = await run('classes', scenario);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return said;
}

test('primitives among the arguments are instances of their classes', async () => {
  expect(await said('primitives')).toEqual([
    'Lock RLock Condition Semaphore BoundedSemaphore Event Barrier Queue LifoQueue PriorityQueue SimpleQueue Thread'.split(
      ' ',
    ),
  ]);
});

test('so are those within arrays, objects, Maps and Sets; what was one object is one', async () => {
  expect(await said('nested')).toEqual([[true, true, true, true], [true, true], [true, true], false]);
});

test('a barrier with an action stays what its from takes', async () => {
  expect(await said('barrier')).toEqual(['action']);
});

test('arguments are cloned at the start', async () => {
  expect(await said('clonedAtStart')).toEqual([['made', 'started']]);
});

test('the run of a class with a name runs in the thread, with what the object had', async () => {
  expect(await said('subclass')).toEqual([
    'constructed',
    [true, true, 'counter', 'once'],
    [2, false, 'RuntimeError'],
  ]);
});

test('a run can call that of Thread, and is inherited', async () => {
  const each = ['before', 'target', 'after'];
  const all = await said('callsSuper');
  expect(all.filter((line) => line !== 'joins')).toEqual([...each, ...each]);
  expect(all).toHaveLength(7);
});

test('a run without a name cannot be started; a class without a run of its own needs none', async () => {
  const [refused, ...rest] = await said('unnamed');
  expect(refused).toEqual(['TypeError', false, 'RuntimeError']);
  expect(new Set(rest)).toEqual(new Set(['joins', 'target']));
});

test('an object whose constructor was not called cannot be started or joined', async () => {
  expect(await said('withoutConstructor')).toEqual([['RuntimeError', 'RuntimeError', 'RuntimeError']]);
});

test.each([[[]], [['--expose-gc']]])('a program without a file starts threads, too: %s', async (flags) => {
  const library = new URL('index.ts', import.meta.url).href;
  const target = { module: new URL('../../fixtures/threads/say.ts', import.meta.url).href, name: 'say' };
  const program = `
    import { Thread } from ${JSON.stringify(library)};
    const thread = new Thread({ target: ${JSON.stringify(target)}, args: ['here'] });
    thread.start();
    thread.join();`;
  expect(await evaluate(program, flags)).toEqual({ code: 0, said: ['here'], stderr: '' });
});
