import { expect, test } from 'vitest';
import { sources, textOf } from './sources.ts';

const most = 300;

test(`no module has more than ${most} lines`, () => {
  const modules = sources().filter((path) => path.endsWith('.ts'));
  expect(modules).toContain('house/size.test.ts');
  const long = modules
    .map((path) => ({ path, lines: textOf(path).trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > most);
  expect(long, 'look for the second concept in each of these').toEqual([]);
});
