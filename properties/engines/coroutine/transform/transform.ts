import { type Node, parseSync } from 'oxc-parser';
import { emitAwait, emitPromise, emitReturn } from './async.ts';
import { emitCall, emitChain, emitNew, emitRead, superMember } from './calls.ts';
import { emitClass } from './classes.ts';
import { Emitter } from './emitter.ts';
import { accessorsIn, declaredIn, privatesIn } from './facts.ts';
import { emitFunction, emitPlain, emitYield, hasTwin, isGenerator } from './functions.ts';
import { emitForOf } from './loops.ts';
import { childrenOf, isFunction } from './nodes.ts';
import { Scope } from './scope.ts';
import { emitFor, emitUsing, frameFor, isUsing } from './using.ts';

/** A module that cannot be transformed, and where. */
export class Untransformable extends Error {
  override readonly name = 'Untransformable';
}

/** What a module says of itself before it is transformed. */
export interface Outline {
  /** What it imports, as it names it. */
  readonly imports: readonly string[];
  /** Names of its accessors that call something. */
  readonly accessors: readonly string[];
}

/** What a module imports, and what others have to know of it. @throws Untransformable if it cannot be read. */
export function outline(source: string, file: string): Outline {
  const { program, module } = parse(source, file);
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest === null || isType ? [] : [moduleRequest.value],
    ),
  );
  // What is no code, such as JSON, says so where it is imported.
  const plain = new Set(
    program.body.flatMap((node) =>
      node.type === 'ImportDeclaration' && node.attributes.length === 0 ? [node.start] : [],
    ),
  );
  const imported = module.staticImports
    .filter(({ start }) => plain.has(start))
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  return { imports: [...new Set([...imported, ...exported])], accessors: accessorsIn(program) };
}

/**
 * Gives every function of a module in which another thread may go on a twin that stops there.
 * @param accessors names of accessors, in any module, that call something.
 * @param runtime address of the module with what the twins need.
 * @param checks name of what the module has imported whose functions call nobody.
 * @throws Untransformable if it cannot be read, or has something that no twin can do.
 */
export function transform(
  source: string,
  file: string,
  accessors: ReadonlySet<string>,
  runtime: string,
  checks?: string,
): string {
  const { program, comments } = parse(source, file);
  const known = { declared: declaredIn(program), accessors, privates: new Set<string>(), checks };
  const privates = privatesIn(program, (method) => isFunction(method) && hasTwin(method, { facts: known }));
  const emitter = new Emitter(source, { ...known, privates }, rewrite, file, comments);
  const scope = new Scope(false, false);
  const text = emitter.parts(program, scope, 0, source.length);
  return `${emitter.importFrom(runtime)}${scope.prelude}${text}`;
}

/** A module, read. @throws Untransformable if it cannot be. */
export function parse(source: string, file: string): ReturnType<typeof parseSync> {
  const lang = /\.[cm]?ts$/.test(file) ? 'ts' : 'js';
  const parsed = parseSync(file, source, { lang, sourceType: 'module' });
  const [error] = parsed.errors;
  if (error === undefined) return parsed;
  const at = error.labels[0]?.start ?? 0;
  throw new Untransformable(`${file}:${source.slice(0, at).split('\n').length}: ${error.message}`);
}

function rewrite(node: Node, scope: Scope, emitter: Emitter): string | undefined {
  if (isFunction(node)) return emitFunction(node, scope, emitter);
  switch (node.type) {
    case 'ClassDeclaration':
    case 'ClassExpression':
      return emitClass(node, scope, emitter);
    case 'Property':
      return emitProperty(node, scope, emitter);
    case 'BlockStatement':
      return emitBlock(node, scope, emitter);
    case 'ForOfStatement':
      return scope.yields ? emitForOf(node, '', scope, emitter) : undefined;
    case 'ForStatement':
      return scope.yields && isUsing(node.init) ? emitFor(node, '', scope, emitter) : undefined;
    case 'VariableDeclaration':
      return emitUsing(node, scope, emitter);
    case 'LabeledStatement':
      return scope.yields ? emitLabeled(node, scope, emitter) : undefined;
    case 'YieldExpression':
      return emitYield(node, scope, emitter);
    case 'AwaitExpression':
      return emitAwait(node, scope, emitter);
    case 'ReturnStatement':
      return emitReturn(node, scope, emitter);
    case 'MetaProperty':
      return node.meta.name === 'new' ? emitNewTarget(scope, emitter) : undefined;
    case 'Identifier':
      return node.name === 'arguments' ? emitArguments(scope, emitter) : emitPromise(node, emitter);
    case 'ExpressionStatement':
      return emitStatement(node, scope, emitter);
    case 'CallExpression':
      return scope.yields ? emitCall(node, scope, emitter) : undefined;
    case 'ChainExpression':
      return scope.yields && hasCall(node) ? emitChain(node, scope, emitter) : undefined;
    case 'NewExpression':
      return scope.yields ? emitNew(node, scope, emitter) : undefined;
    case 'MemberExpression':
      if (node.object.type === 'Super') return superMember(node, scope, emitter);
      return emitPromise(node, emitter) ?? (scope.yields ? emitRead(node, scope, emitter) : undefined);
    case 'AssignmentExpression':
    case 'UpdateExpression':
      return emitAssignment(node, scope, emitter);
    default:
      return undefined;
  }
}

/** Where more than the loop itself stands in its place, the label stays with the loop. */
function emitLabeled(
  { body, label }: Extract<Node, { type: 'LabeledStatement' }>,
  scope: Scope,
  emitter: Emitter,
): string | undefined {
  if (body.type === 'ForOfStatement') {
    return emitForOf(body, `${label.name}:`, scope, emitter);
  }
  if (body.type !== 'ForStatement' || !isUsing(body.init)) return undefined;
  return emitFor(body, `${label.name}:`, scope, emitter);
}

function hasCall(node: Node): boolean {
  return (
    node.type === 'CallExpression' || childrenOf(node).some((child) => !isFunction(child) && hasCall(child))
  );
}

/** What is assigned to is no value that could be read. */
function emitAssignment(
  node: Extract<Node, { type: 'AssignmentExpression' | 'UpdateExpression' }>,
  scope: Scope,
  emitter: Emitter,
): string | undefined {
  const target = node.type === 'AssignmentExpression' ? node.left : node.argument;
  if (target.type !== 'MemberExpression') return undefined;
  const written = node.type === 'AssignmentExpression' ? emitWrite(node, scope, emitter) : undefined;
  if (written !== undefined) return written;
  const assigned = emitter.parts(target, scope);
  return (
    emitter.source.slice(node.start, target.start) +
    assigned +
    (node.type === 'UpdateExpression'
      ? emitter.source.slice(target.end, node.end)
      : emitter.source.slice(target.end, node.right.start) + emitter.emit(node.right, scope))
  );
}

/** What is assigned to a property that may be an accessor. */
function emitWrite(
  { left, operator, right }: Extract<Node, { type: 'AssignmentExpression' }>,
  scope: Scope,
  emitter: Emitter,
): string | undefined {
  if (!scope.yields || operator !== '=' || left.type !== 'MemberExpression' || left.computed)
    return undefined;
  const { name } = left.property;
  if (left.object.type === 'Super' || left.property.type !== 'Identifier') return undefined;
  if (!emitter.facts.accessors.has(name)) return undefined;
  const object = emitter.temporary(scope);
  const value = emitter.temporary(scope);
  const write = emitter.temporary(scope);
  const find = `${emitter.runtime('setter')}(${object},${JSON.stringify(name)})`;
  return `(${object}=${emitter.emit(left.object, scope)},${value}=${emitter.emit(right, scope)},${write}=${find},${write}===undefined?${object}.${name}=${value}:(yield*${write}.call(${object},${value}),${value}))`;
}

/** What begins with a parenthesis now would go on with the line before, where that has no semicolon. */
function emitStatement(
  node: Extract<Node, { type: 'ExpressionStatement' }>,
  scope: Scope,
  emitter: Emitter,
): string {
  const text = emitter.parts(node, scope);
  return text.startsWith('(') && emitter.source[node.start] !== '(' ? `0,${text}` : text;
}

/** A block, in which functions may be declared. */
function emitBlock(node: Extract<Node, { type: 'BlockStatement' }>, scope: Scope, emitter: Emitter): string {
  const { block } = scope;
  const { before, after } = frameFor(node.body, block, emitter);
  const text = emitter.parts(node, block, node.start + 1, node.end - 1);
  return `{${before}${block.prelude}${text}${after}}`;
}

/** Methods of an object become functions beside which their twins can be kept. */
function emitProperty(
  node: Extract<Node, { type: 'Property' }>,
  scope: Scope,
  emitter: Emitter,
): string | undefined {
  const { value } = node;
  const key = node.computed
    ? `[${emitter.emit(node.key, scope)}]`
    : emitter.source.slice(node.key.start, node.key.end);
  if (key === 'Promise' && value.type === 'Identifier') return `${key}:${emitter.emit(value, scope)}`;
  if (!isFunction(value)) return undefined;
  const isMethod = 'method' in node && node.method;
  if (node.kind === 'init' && !isMethod) return undefined;
  if (isMethod && (hasTwin(value, emitter) || isGenerator(value, emitter))) {
    if (!usesSuper(value)) return `${key}:${emitFunction(value, scope, emitter)}`;
    // Its promise would be none whose jobs can stop.
    if (value.async) throw new Untransformable(`${emitter.at(node)}: an asynchronous method that uses super`);
  }
  // A method or an accessor is no function that could stand elsewhere.
  return emitter.parts(node, scope, node.start, value.start) + emitPlain(value, scope, emitter);
}

function usesSuper(node: Node): boolean {
  return node.type === 'Super' || childrenOf(node).some(usesSuper);
}

/** A generator function in the place of an arrow function has arguments of its own. */
function emitArguments(scope: Scope, emitter: Emitter): string | undefined {
  const { scope: owner, hidden } = scope.owner;
  return hidden ? owner.declare(`${emitter.prefix}arguments`, 'arguments') : undefined;
}

/** Nor is it made by `new`, as the function around it may be. */
function emitNewTarget(scope: Scope, emitter: Emitter): string | undefined {
  const { scope: owner, hidden } = scope.owner;
  return hidden ? owner.declare(`${emitter.prefix}target`, 'new.target') : undefined;
}
