import { describe, expect, test } from 'vitest';
import { root, sources, textOf } from './sources.ts';
import { traces } from './workplace.ts';

test('no tracked file names a machine it was made on', () => {
  const files = sources();
  expect(files).toContain('package-lock.json');
  const found = files.flatMap((path) => traces(textOf(path), root).map((trace) => `${path}: ${trace}`));
  expect(found).toEqual([]);
});

describe('a trace is seen', () => {
  const slash = '/';
  const back = '\\';
  test.each([
    `read ${slash}home/somebody/lockproof`,
    `'${slash}tmp/out.json'`,
    `file://${slash}Users/somebody/x`,
    `C:${back}Users${back}somebody`,
    `"resolved": "https://${['registry', 'example', 'org'].join('.')}/x.tgz"`,
    `https:${slash}/${['npm', 'example', 'org'].join('.')}:4873/`,
    `cd ${root}spec`,
  ])('%s', (text) => {
    expect(traces(text, root)).not.toEqual([]);
  });

  test.each([
    'https://docs.python.org/3/library/threading.html',
    'spec/home/x.ts',
    './tmp/x',
    'npm run build.',
  ])('and %s is none', (text) => {
    expect(traces(text, root)).toEqual([]);
  });
});
