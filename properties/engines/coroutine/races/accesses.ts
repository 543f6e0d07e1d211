import type { CallExpression, MemberExpression, NewExpression, Node, Program } from 'oxc-parser';
import { bare, childrenOf } from '../transform/nodes.ts';
import { innerNames, type Names } from './names.ts';
import { methods, operations, views } from './touching.ts';

/** An element that may be one of shared memory: it is read, read if there is what it is of, or written as well. */
export type ElementUse = 'read' | 'readIfAny' | 'element';

/**
 * What is evaluated last before memory may be touched: the last argument of a call (`at`), what is walked through or
 * has the method (`through`), what a new view copies (`copied`).
 */
export type LastWord = 'at' | 'through' | 'copied';

/** What may touch shared memory in a module. */
export interface Accesses {
  readonly elements: ReadonlyMap<Node, ElementUse>;
  /** With the part of the module that does it. */
  readonly lastWords: ReadonlyMap<Node, { readonly word: LastWord; readonly of: Node }>;
  /** The nearest function with a name around each of them. */
  readonly functions: ReadonlyMap<Node, string>;
}

/** Finds what may touch shared memory in a module. */
export function accessesIn(program: Program): Accesses {
  const finder = new Finder();
  finder.visit(program, { name: '', owner: '' });
  return finder;
}

class Finder implements Accesses {
  readonly elements = new Map<Node, ElementUse>();
  readonly lastWords = new Map<Node, { word: LastWord; of: Node }>();
  readonly functions = new Map<Node, string>();
  /** Members that are no values: they are called, or deleted. */
  readonly #left = new Set<Node>();

  visit(node: Node, names: Names): void {
    this.#note(node);
    if (this.elements.has(node) || this.lastWords.has(node)) this.functions.set(node, names.name);
    for (const child of childrenOf(node)) this.visit(child, innerNames(node, child, names));
  }

  #note(node: Node): void {
    switch (node.type) {
      case 'MemberExpression':
        if (!this.elements.has(node) && !this.#left.has(node) && isElement(node) && !mayEndEarly(node)) {
          this.elements.set(node, 'read');
        }
        break;
      case 'ChainExpression':
        this.#chain(node.expression);
        break;
      case 'AssignmentExpression':
        this.#target(node.left);
        if (node.left.type === 'ArrayPattern') this.#lastWord(node.right, 'through');
        break;
      case 'UpdateExpression':
        this.#target(node.argument);
        break;
      case 'ForOfStatement':
        this.#target(node.left);
        this.#lastWord(node.right, 'through');
        break;
      case 'ForInStatement':
        this.#target(node.left);
        break;
      case 'SpreadElement':
        this.#lastWord(node.argument, 'through');
        break;
      case 'YieldExpression':
        if (node.delegate && node.argument !== null) this.#lastWord(node.argument, 'through');
        break;
      case 'VariableDeclarator':
        if (node.id.type === 'ArrayPattern' && node.init !== null) this.#lastWord(node.init, 'through');
        break;
      case 'UnaryExpression':
        if (node.operator === 'delete') this.#left.add(bare(node.argument));
        break;
      case 'TaggedTemplateExpression':
        this.#left.add(bare(node.tag));
        break;
      case 'NewExpression':
        this.#left.add(bare(node.callee));
        this.#copy(node);
        break;
      case 'CallExpression':
        this.#left.add(bare(node.callee));
        this.#call(node);
        break;
      default:
    }
  }

  /** What is assigned to: an element, or a pattern of such. */
  #target(target: Node): void {
    const node = bare(target);
    switch (node.type) {
      case 'MemberExpression':
        if (isElement(node)) this.elements.set(node, 'element');
        break;
      case 'ArrayPattern':
        for (const item of node.elements) if (item !== null) this.#target(item);
        break;
      case 'ObjectPattern':
        for (const property of node.properties) this.#target(property);
        break;
      case 'Property':
        this.#target(node.value);
        break;
      case 'AssignmentPattern':
        this.#target(node.left);
        break;
      case 'RestElement':
        this.#target(node.argument);
        break;
      default:
    }
  }

  /** `a?.[0]`; what stands further behind a `?.` is not looked at. */
  #chain(node: Node): void {
    if (node.type !== 'MemberExpression' || !node.optional || !isElement(node)) return;
    const isSimple = node.property.type === 'Literal' || node.property.type === 'Identifier';
    if (isSimple && !mayEndEarly(node.object)) this.elements.set(node, 'readIfAny');
  }

  #call(node: CallExpression): void {
    const callee = bare(node.callee);
    const last = node.arguments.at(-1);
    if (callee.type === 'Identifier') {
      if (operations.has(callee.name) && last !== undefined) this.#lastWord(last, 'at', node);
      return;
    }
    if (callee.type !== 'MemberExpression' || callee.computed || !methods.has(callee.property.name)) return;
    if (last !== undefined) this.#lastWord(last, 'at', node);
    else if (callee.object.type !== 'Super' && !mayEndEarly(callee.object)) {
      this.#lastWord(callee.object, 'through', node);
    }
  }

  #copy(node: NewExpression): void {
    const [view, ...others] = node.arguments;
    if (view === undefined || others.length > 0 || node.callee.type !== 'Identifier') return;
    if (views.test(node.callee.name)) this.#lastWord(view, 'copied', node);
  }

  #lastWord(node: Node, word: LastWord, of = node): void {
    if (node.type !== 'SpreadElement' && !this.lastWords.has(node)) this.lastWords.set(node, { word, of });
  }
}

/** Whether a member may be an element of a view. */
function isElement({ computed, object, property }: MemberExpression): boolean {
  if (!computed || object.type === 'Super') return false;
  const key = bare(property);
  return key.type !== 'Literal' || typeof key.value !== 'string' || String(Number(key.value)) === key.value;
}

/** Whether there is a `?.` at or before a part of a chain: what follows may not be reached. */
function mayEndEarly(node: Node): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return node.optional || mayEndEarly(node.object);
    case 'CallExpression':
      return node.optional || mayEndEarly(node.callee);
    case 'TSNonNullExpression':
      return mayEndEarly(node.expression);
    default:
      return false;
  }
}
