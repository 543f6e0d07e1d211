import type { Comment, Node } from 'oxc-parser';
import type * as runtime from '../runtime.ts';
import type { Facts } from './facts.ts';
import { childrenOf } from './nodes.ts';
import type { Scope } from './scope.ts';

/** Writes a part of a module anew; undefined: it stays as it is, but for its parts. */
export type Rewriter = (node: Node, scope: Scope, emitter: Emitter) => string | undefined;

/** Writes a module anew, part by part. */
export class Emitter {
  readonly facts: Facts;
  readonly source: string;
  readonly #file: string;
  readonly #rewrite: Rewriter;
  readonly #comments: readonly Comment[];
  /** Begins every name that is new: none of the module's does. */
  readonly #prefix: string;
  readonly #used = new Set<string>();
  #names = 0;

  /**
   * @param file where the module is, for what is said of it.
   * @param comments all of the module's.
   */
  constructor(
    source: string,
    facts: Facts,
    rewrite: Rewriter,
    file: string,
    comments: readonly Comment[] = [],
  ) {
    this.#file = file;
    this.#comments = comments;
    this.source = source;
    this.facts = facts;
    this.#rewrite = rewrite;
    let prefix = '$';
    while (source.includes(prefix)) prefix += '$';
    this.#prefix = prefix;
  }

  /** Where a part stands: file and line. */
  at({ start }: Node): string {
    return `${this.#file}:${linesIn(this.source.slice(0, start)) + 1}`;
  }

  /** What of the runtime is called, by its name in this module. */
  runtime(name: keyof typeof runtime): string {
    this.#used.add(name);
    return `${this.#prefix}${name}`;
  }

  /** Imports what is used of the runtime. */
  importFrom(address: string): string {
    const names = [...this.#used].map((name) => `${name} as ${this.#prefix}${name}`);
    return `import{${names.join(',')}}from${JSON.stringify(address)};`;
  }

  /** How every new name begins. */
  get prefix(): string {
    return this.#prefix;
  }

  /** A name that nobody uses. */
  name(): string {
    return `${this.#prefix}${++this.#names}`;
  }

  /** A name for a value that is used at once, declared in this scope. */
  temporary(scope: Scope): string {
    return scope.declare(this.name());
  }

  /** A part of the module, written anew. */
  emit(node: Node, scope: Scope): string {
    const text = this.#rewrite(node, scope, this);
    if (text === undefined) return this.parts(node, scope);
    // What follows stays on its line.
    const missing = linesIn(this.source.slice(node.start, node.end)) - linesIn(text);
    if (missing <= 0) return text;
    // Within the last bracket: there are words before which no line may end.
    const end = /[)}]$/u.test(text) ? text.length - 1 : text.length;
    return text.slice(0, end) + '\n'.repeat(missing) + text.slice(end);
  }

  /**
   * A part as it stands, its own parts written anew.
   * @param start where to begin; default where the part does.
   * @param end where to end; default where the part does.
   */
  parts(node: Node, scope: Scope, start: number = node.start, end: number = node.end): string {
    let text = '';
    let position = start;
    for (const child of childrenOf(node)) {
      if (child.start < position || child.end > end) continue;
      text += this.source.slice(position, child.start) + this.emit(child, scope);
      position = child.end;
    }
    return text + this.source.slice(position, end);
  }

  /** What stands between two places, without comments and line ends. */
  onOneLine(start: number, end: number): string {
    let text = '';
    let position = start;
    for (const comment of this.#comments) {
      if (comment.start < position || comment.end > end) continue;
      text += `${this.source.slice(position, comment.start)} `;
      position = comment.end;
    }
    return (text + this.source.slice(position, end)).replaceAll(/\s*[\r\n\u2028\u2029]\s*/gu, ' ');
  }

  /** As many line ends as there are between two places. */
  newlines(start: number, end: number): string {
    return '\n'.repeat(linesIn(this.source.slice(start, end)));
  }

  /** A list, written anew, with what stands between its items. */
  list(nodes: readonly Node[], scope: Scope): string {
    const [first] = nodes;
    const last = nodes.at(-1);
    if (first === undefined || last === undefined) return '';
    let text = '';
    let position = first.start;
    for (const node of nodes) {
      text += this.source.slice(position, node.start) + this.emit(node, scope);
      position = node.end;
    }
    return text;
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
