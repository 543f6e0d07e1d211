import type { Implementation } from '../../impl/implementation.ts';

/** Where a thread finds an implementation: a module and the name of its export. */
export interface Source {
  /** URL of the module. */
  readonly module: string;
  /** Default `default`. */
  readonly export?: string;
  /** Where the export is a collection of variants: which one. */
  readonly member?: string;
}

const loaded = new Map<string, Promise<Implementation>>();

/**
 * The implementation at this source, loaded once a thread.
 * @throws whatever loading the module throws.
 */
export function load(source: Source): Promise<Implementation> {
  const key = JSON.stringify([source.module, source.export, source.member]);
  let implementation = loaded.get(key);
  if (implementation === undefined) {
    implementation = import(source.module).then((exports: Record<string, unknown>) => find(exports, source));
    loaded.set(key, implementation);
  }
  return implementation;
}

/** The implementation among what a module exports. */
export function find(
  exports: Record<string, unknown>,
  { export: name = 'default', member }: Source,
): Implementation {
  if (member === undefined) return exports[name] as Implementation;
  const variants = exports[name] as Record<string, { readonly implementation: Implementation }>;
  return variants[member]?.implementation as Implementation;
}
