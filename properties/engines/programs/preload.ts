/*
 * Runs in every thread of a program's process before anything of the program does: where the program imports the
 * reference, it is given the `threading` of the implementation that is judged. What that implementation imports
 * stays as it is.
 */
import { registerHooks } from 'node:module';
import type { Implementation } from '../../../impl/implementation.ts';
import { load, type Source } from '../source.ts';

const own = new URL(import.meta.url);
const extension = own.pathname.slice(own.pathname.lastIndexOf('.'));
const programs = new URL('../../../fixtures/programs/', own).href;
const replaced = new URL(`../../../impl/threading/index${extension}`, own).href;
const replacement = 'lockproof-program:threading';

const source = JSON.parse(own.searchParams.get('source') ?? '{}') as Source;
const { threading } = (await load(source)) as Implementation & { readonly threading?: object };
if (threading === undefined) throw new TypeError(`${source.module} provides no threading`);

// The module that takes the reference's place is text: what it exports has to be found from there.
const description = 'lockproof.program.threading';
Object.defineProperty(globalThis, Symbol.for(description), { value: threading });

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (resolved.url !== replaced || context.parentURL?.startsWith(programs) !== true) return resolved;
    return { url: replacement, format: 'module', shortCircuit: true };
  },
  load(url, context, next) {
    if (url !== replacement) return next(url, context);
    return { format: 'module', source: textOf(Object.keys(threading)), shortCircuit: true };
  },
});

/** A module that exports these members of the implementation's namespace. */
function textOf(names: readonly string[]): string {
  const members = names.map((name, index) => {
    const text = JSON.stringify(name);
    return `const member${index} = threading[${text}];\nexport { member${index} as ${text} };`;
  });
  return [`const threading = globalThis[Symbol.for('${description}')];`, ...members].join('\n');
}
