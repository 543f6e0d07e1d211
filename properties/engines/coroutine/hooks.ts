import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { playedId } from './builtins.ts';
import { outline, transform, Untransformable } from './transform/transform.ts';

/*
 * Loads modules once for each thread of a program, transformed. Which thread a module is for stands in its address, and
 * goes from there to all that it imports.
 */
const tag = 'lockproof';
const surveying = 'survey';
/** In the place of a thread: modules of the engines' own. */
export const engines = 'engine';
const runtime = new URL(`./runtime${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

/** Transforms a module some other way. @param accessors names of accessors, in any module, that call something. */
export type Checking = (source: string, file: string, accessors: ReadonlySet<string>) => string;
let checking: Checking | undefined;
/** What transformed modules import that is itself no part of an implementation. */
const helpers = new Set([runtime]);

/**
 * From now on modules of implementations are transformed so; what is of the engines' own is not.
 * @param imported addresses of what they then import.
 */
export function checkBy(next: Checking, imported: readonly string[]): void {
  checking = next;
  for (const address of imported) helpers.add(address);
}

/** Names of accessors that call something, of all modules that were surveyed. */
const accessors = new Set<string>();
const transformed = new Map<string, string>();

registerHooks({
  resolve(specifier, context, next) {
    const mark = markOf(context.parentURL);
    if (mark !== undefined && /^(?:node:)?worker_threads$/u.test(specifier)) {
      return { url: `${tag}:worker_threads?${tag}=${mark}`, format: 'module', shortCircuit: true };
    }
    const resolved = next(specifier, context);
    // What defines an implementation runs when it is loaded, and then no more.
    if (specifier === 'lockproof') return resolved;
    if (mark === undefined || !resolved.url.startsWith('file:') || helpers.has(resolved.url)) return resolved;
    return { ...resolved, url: marked(resolved.url, mark) };
  },
  load(url, context, next) {
    const mark = markOf(url);
    if (mark === undefined) return next(url, context);
    if (url.startsWith(`${tag}:`))
      return { format: 'module', source: workerThreads(mark), shortCircuit: true };
    const address = unmarked(url);
    const found = next(address, context);
    if (found.format === 'json') return found;
    const file = fileURLToPath(address);
    if (found.format !== 'module' && found.format !== 'module-typescript') {
      throw new Untransformable(`${file}: is a module of the format ${found.format}`);
    }
    const text =
      typeof found.source === 'string' ? found.source : Buffer.from(found.source as Uint8Array).toString();
    return { ...found, source: mark === surveying ? survey(text, file) : transformOnce(text, file, mark) };
  },
});

/** `node:worker_threads` as one of the threads that this worker plays sees it. */
function workerThreads(mark: string): string {
  const id = playedId(/^\d+$/u.test(mark) ? Number(mark) : undefined);
  return `import native from 'node:worker_threads'; export * from 'node:worker_threads'; export const threadId = ${id}; export default Object.create(native, { threadId: { value: ${id}, enumerable: true } });`;
}

function survey(source: string, file: string): string {
  const { imports, accessors: own } = outline(source, file);
  for (const name of own) {
    if (!accessors.has(name)) transformed.clear();
    accessors.add(name);
  }
  return imports.map((specifier) => `import ${JSON.stringify(specifier)};`).join('\n');
}

function transformOnce(source: string, file: string, mark: string): string {
  const checks = mark === engines ? undefined : checking;
  const key = checks === undefined ? file : `${file}, checked`;
  let text = transformed.get(key);
  if (text === undefined) {
    text = checks?.(source, file, accessors) ?? transform(source, file, accessors, runtime);
    transformed.set(key, text);
  }
  return text;
}

/**
 * A module and all that it imports, transformed, as one thread of a program has them: each thread has its own.
 * @param address of the module.
 * @throws Untransformable if one of them cannot be transformed.
 */
export async function importFor(thread: string, address: string): Promise<Record<string, unknown>> {
  await import(marked(address, surveying));
  return (await import(marked(address, thread))) as Record<string, unknown>;
}

function markOf(url: string | undefined): string | undefined {
  if (url === undefined || !url.includes(tag)) return undefined;
  return new URL(url).searchParams.get(tag) ?? undefined;
}

function marked(url: string, mark: string): string {
  const address = new URL(url);
  address.searchParams.set(tag, mark);
  return address.href;
}

function unmarked(url: string): string {
  const address = new URL(url);
  address.searchParams.delete(tag);
  return address.href;
}
