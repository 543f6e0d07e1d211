import type { Node } from 'oxc-parser';
import { Emitter } from '../transform/emitter.ts';
import { Scope } from '../transform/scope.ts';
import { parse, transform } from '../transform/transform.ts';
import { type Accesses, accessesIn } from './accesses.ts';
import type * as checks from './checks.ts';
import { numberOf } from './places.ts';

const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** Addresses of what checked modules import, which are themselves no part of any implementation. */
export const own = {
  checks: new URL(`./checks${extension}`, import.meta.url).href,
  atomics: new URL(`./atomics${extension}`, import.meta.url).href,
} as const;

/**
 * A module with twins, whose plain accesses are checked as well.
 * @param accessors names of accessors, in any module, that call something.
 * @throws Untransformable if it cannot be read, or has something that no twin can do.
 */
export function transformChecked(source: string, file: string, accessors: ReadonlySet<string>): string {
  const { text, name } = withChecks(source, file);
  return transform(text, file, accessors, own.atomics, name);
}

/** What a module has to import, by what name, and itself: each access is a call that knows where it stood. */
function withChecks(source: string, file: string): { readonly text: string; readonly name: string } {
  const { program } = parse(source, file);
  const writer = new Writer(source, file, accessesIn(program));
  return { text: writer.write(program), name: writer.name };
}

class Writer {
  readonly #file: string;
  readonly #accesses: Accesses;
  readonly #emitter: Emitter;
  readonly #scope = new Scope(false, false);
  /** Where the lines of the source begin. */
  readonly #lines: readonly number[];

  constructor(source: string, file: string, accesses: Accesses) {
    this.#file = file;
    this.#accesses = accesses;
    const facts = { declared: new Set<string>(), accessors: new Set<string>(), privates: new Set<string>() };
    this.#emitter = new Emitter(source, facts, (node) => this.#rewrite(node), file);
    this.#lines = [0, ...Array.from(source.matchAll(/\n/g), ({ index }) => index + 1)];
  }

  /** By what name the module knows the checks. */
  get name(): string {
    return `${this.#emitter.prefix}checks`;
  }

  write(program: Node): string {
    const { source } = this.#emitter;
    const text = this.#emitter.parts(program, this.#scope, 0, source.length);
    return `import*as ${this.name} from${JSON.stringify(own.checks)};${text}`;
  }

  #rewrite(node: Node): string | undefined {
    const last = this.#accesses.lastWords.get(node);
    const text = this.#access(node);
    if (last === undefined) return text;
    const whole = text ?? this.#emitter.parts(node, this.#scope);
    return this.#check(last.word, [whole], last.of, node);
  }

  #access(node: Node): string | undefined {
    if (node.type === 'AssignmentExpression' && node.operator === '=') {
      const { left, right } = node;
      if (left.type !== 'MemberExpression' || !this.#accesses.elements.has(left)) return undefined;
      return this.#check('write', [...this.#member(left), this.#emit(right)], left);
    }
    const use = this.#accesses.elements.get(node);
    if (use === undefined || node.type !== 'MemberExpression') return undefined;
    const call = this.#check(use, this.#member(node), node);
    return use === 'element' ? `${call}.$` : call;
  }

  #member({ object, property }: Extract<Node, { type: 'MemberExpression' }>): readonly [string, string] {
    const key = this.#emit(property);
    return [this.#emit(object), property.type === 'SequenceExpression' ? `(${key})` : key];
  }

  #emit(node: Node): string {
    return this.#emitter.emit(node, this.#scope);
  }

  /** A call of a check, on as many lines as what it stands for. @param inside a part of which the function is known. */
  #check(name: keyof typeof checks, given: readonly string[], of: Node, inside = of): string {
    const line = this.#lines.findLastIndex((start) => start <= of.start);
    const place = numberOf({
      file: this.#file,
      line: line + 1,
      column: of.start - (this.#lines[line] as number) + 1,
      function: this.#accesses.functions.get(inside) ?? '',
    });
    const list = given.join(',');
    const before = this.#emitter.source.slice(inside.start, inside.end).split('\n').length;
    const lines = '\n'.repeat(Math.max(0, before - list.split('\n').length));
    return `${this.name}.${name}(${list},${place}${lines})`;
  }
}
