import { expect, test } from 'vitest';
import { run } from '../../fixtures/threads/run.ts';

async function said(scenario: string): Promise<readonly unknown[]> {
  const { code, said, stderr } = await run('locals', scenario);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return said;
}

test('a Local among the arguments of a thread is the same one there, with attributes of its own', async () => {
  const own = ['AttributeError', 'own', ['x']];
  expect(await said('plain')).toEqual([own, own, 'of main']);
});

test('one of a named subclass has its initialiser run there, with the same primitives', async () => {
  expect(await said('subclass')).toEqual([
    [true, 'red', 1, 'from main', true],
    [true, true, false],
    false,
    ['red', 'from the thread', 1],
  ]);
});

test('Locals are found in containers and in attributes of threads', async () => {
  expect(await said('containers')).toEqual([
    [true, true, true, true],
    [true, 'AttributeError'],
  ]);
});

test('a thread is not started with a Local whose class it could not find', async () => {
  expect(await said('unnamed')).toEqual([['TypeError', 'TypeError', false, null]]);
});

test('a thread finds nothing of the one that had its worker before', async () => {
  expect(await said('reused')).toEqual([
    ['AttributeError', 'AttributeError', false],
    ['AttributeError', 'AttributeError', true],
    ['AttributeError', 'AttributeError', true],
    false,
  ]);
});

test('values go with the thread, or with the Local, and not before', async () => {
  const { code, said, stderr } = await run('locals', 'released', ['--expose-gc']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(said).toEqual([
    [true, true, false],
    [false, false],
  ]);
});
