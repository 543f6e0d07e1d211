import { describe, expect, test } from 'vitest';
import { sources, textOf } from './sources.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<'types' | 'default', string>>>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const manifest = JSON.parse(textOf('package.json')) as Manifest;
const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([path]) => path !== '');

describe('the lock file', () => {
  test('holds for every registry: integrity, no addresses', () => {
    expect(locked.length).toBeGreaterThan(50);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(locked.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  test('holds on every platform: what npm ci would miss elsewhere is locked here', () => {
    const optional = locked.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ path, name })),
    );
    expect(optional.length).toBeGreaterThan(20);
    const missing = optional.filter(
      ({ path, name }) =>
        packages[`${path}/node_modules/${name}`] === undefined &&
        packages[`node_modules/${name}`] === undefined,
    );
    expect(missing).toEqual([]);
  });

  test('has no package with an install script but those that package.json allows', () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripted.map(([path]) => path.replace('node_modules/', ''))).toEqual(
      Object.keys(manifest.allowScripts),
    );
  });
});

describe('package.json', () => {
  test('offers what has a source', () => {
    const offered = [
      ...Object.values(manifest.bin).map((path) => `./${path}`),
      ...Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? [target] : Object.values(target),
      ),
    ];
    expect(offered).toContain('./dist/cli.js');
    const missing = offered
      .map((path) => path.replace(/^\.\/(?:dist\/)?/, '').replace(/(?:\.d\.ts|(?<!package)\.js)$/, '.ts'))
      .filter((path) => !sources().includes(path));
    expect(missing).toEqual([]);
  });

  test('runs no script at its installation', () => {
    const atInstallation = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(Object.keys(manifest.scripts).filter((name) => atInstallation.includes(name))).toEqual([]);
  });
});
