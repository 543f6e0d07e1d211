import type { Node, Program } from 'oxc-parser';
import { bare, childrenOf, isFunction } from './nodes.ts';

/** Globals whose functions call nobody and touch no shared memory. */
const pure = new Set(['Math', 'Number', 'String', 'Boolean', 'BigInt', 'Symbol', 'Object', 'JSON']);

/** What is to be known about a module before its functions are transformed. */
export interface Facts {
  /** Names that the module declares anywhere: a global of that name may be something else. */
  readonly declared: ReadonlySet<string>;
  /** Names of properties that are functions to read or write, in any module. */
  readonly accessors: ReadonlySet<string>;
  /** Names of private members that are methods with a twin wherever the module declares them. */
  readonly privates: ReadonlySet<string>;
  /** Name of an import whose functions call nobody. */
  readonly checks?: string | undefined;
}

/** Every name that is declared anywhere in a module. */
export function declaredIn(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    // A reference has the same type as a declaration: what is too much here costs only time.
    if (node.type === 'VariableDeclarator' || node.type === 'CatchClause') collect(bindingOf(node), names);
    if (isFunction(node)) {
      const { id, params } = node as { id: { name: string } | null; params: readonly Node[] };
      if (id !== null) names.add(id.name);
      for (const param of params) collect(param, names);
    }
    if ((node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.id !== null) {
      names.add(node.id.name);
    }
    if (
      node.type === 'ImportSpecifier' ||
      node.type === 'ImportDefaultSpecifier' ||
      node.type === 'ImportNamespaceSpecifier'
    ) {
      names.add(node.local.name);
    }
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return names;
}

function bindingOf(node: Extract<Node, { type: 'VariableDeclarator' | 'CatchClause' }>): Node | null {
  return node.type === 'VariableDeclarator' ? node.id : node.param;
}

function collect(pattern: Node | null, names: Set<string>): void {
  if (pattern === null) return;
  if (pattern.type === 'Identifier') names.add(pattern.name);
  else childrenOf(pattern).forEach((child) => collect(child, names));
}

/** Names of the accessors that a module defines and that call something. */
export function accessorsIn(program: Program): readonly string[] {
  const facts: Facts = { declared: new Set(), accessors: new Set(), privates: new Set() };
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'MethodDefinition' && (node.kind === 'get' || node.kind === 'set')) {
      const name = keyName(node.key);
      // A private one is called by its own class, which is where it would have to be looked up.
      if (name !== undefined && !name.startsWith('#') && !node.computed && mayYieldIn(node.value, facts))
        names.push(name);
    }
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return names;
}

/**
 * Names of private methods that have twins: who calls one can name its twin.
 * @param hasTwin whether a method gets one.
 */
export function privatesIn(program: Program, hasTwin: (method: Node) => boolean): ReadonlySet<string> {
  const twinned = new Set<string>();
  const others = new Set<string>();
  const visit = (node: Node): void => {
    if (
      (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') &&
      node.key.type === 'PrivateIdentifier'
    ) {
      const isTwinned = node.type === 'MethodDefinition' && node.kind === 'method' && hasTwin(node.value);
      (isTwinned ? twinned : others).add(node.key.name);
    }
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return twinned.difference(others);
}

/** `name`, `#name`, or the text of a string; undefined if it is computed some other way. */
export function keyName(key: Node): string | undefined {
  switch (key.type) {
    case 'Identifier':
      return key.name;
    case 'PrivateIdentifier':
      return `#${key.name}`;
    case 'Literal':
      return typeof key.value === 'string' ? key.value : undefined;
    default:
      return undefined;
  }
}

/**
 * Whether another thread may go on while this function runs: it calls something, or reads or writes what may
 * be an accessor. What functions inside it do is theirs.
 */
export function mayYieldIn(fn: Node, facts: Facts): boolean {
  return childrenOf(fn).some((child) => mayYield(child, facts));
}

function mayYield(node: Node, facts: Facts): boolean {
  if (isFunction(node)) return false;
  switch (node.type) {
    case 'ClassDeclaration':
    case 'ClassExpression':
      return false;
    case 'CallExpression':
      if (!isPure(node.callee, facts)) return true;
      break;
    case 'NewExpression':
      if (isClock(node, facts) || isPromise(node.callee, facts)) return true;
      break;
    case 'MemberExpression': {
      const name = node.computed ? undefined : keyName(node.property);
      if (name !== undefined && facts.accessors.has(name)) return true;
      break;
    }
    case 'ForOfStatement':
      return true;
    case 'VariableDeclaration':
      if (node.kind === 'using' || node.kind === 'await using') return true;
      break;
    default:
  }
  return childrenOf(node).some((child) => mayYield(child, facts));
}

/** `new Date()`, which looks at the clock. */
export function isClock(node: Extract<Node, { type: 'NewExpression' }>, { declared }: Facts): boolean {
  const { callee } = node;
  return (
    callee.type === 'Identifier' &&
    callee.name === 'Date' &&
    !declared.has('Date') &&
    node.arguments.length === 0
  );
}

/** `Promise`, the global one. */
export function isPromise(callee: Node, { declared }: Facts): boolean {
  return callee.type === 'Identifier' && callee.name === 'Promise' && !declared.has('Promise');
}

/** Whether a callee is a function of a global that calls nobody. */
export function isPure(callee: Node, { declared, checks }: Facts): boolean {
  const fn = bare(callee);
  const owner = fn.type === 'MemberExpression' ? bare(fn.object) : fn;
  // Object.assign calls setters.
  if (fn.type === 'MemberExpression' && keyName(fn.property) === 'assign') return false;
  if (owner.type !== 'Identifier') return false;
  return owner.name === checks || (pure.has(owner.name) && !declared.has(owner.name));
}

/** The operation of `Atomics` that a callee is, undefined if it is none, or may be another. */
export function atomicIn(callee: Node, { declared }: Facts): string | undefined {
  const fn = bare(callee);
  if (fn.type !== 'MemberExpression' || fn.computed || fn.optional) return undefined;
  const owner = bare(fn.object);
  const isAtomics = owner.type === 'Identifier' && owner.name === 'Atomics' && !declared.has('Atomics');
  return isAtomics ? keyName(fn.property) : undefined;
}
