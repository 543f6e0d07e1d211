import type { Node } from 'oxc-parser';
import { asTwin, declareTwin } from './async.ts';
import { emitArrowAtOnce, emitAtOnce } from './atOnce.ts';
import type { Emitter } from './emitter.ts';
import { type Facts, mayYieldIn } from './facts.ts';
import { type AnyFunction, childrenOf } from './nodes.ts';
import { Scope } from './scope.ts';
import { frameFor } from './using.ts';

/*
 * A function becomes two: its twin, a generator function that has its body, and in its own place one that runs the
 * twin to its end at once, for whoever does not know of twins: callbacks of builtins, constructors, getters.
 */

/** A function of any kind, in its place. */
export function emitFunction(node: AnyFunction, scope: Scope, emitter: Emitter): string {
  if (isGenerator(node, emitter)) return emitGenerator(node, scope, emitter);
  if (!hasTwin(node, emitter)) return emitPlain(node, scope, emitter);
  if (node.type === 'ArrowFunctionExpression') return emitArrow(node, scope, emitter);
  return node.type === 'FunctionDeclaration'
    ? emitDeclaration(node, scope, emitter)
    : emitExpression(node, scope, emitter);
}

/** Whether a function gets a twin: another thread may go on in the middle of it. */
export function hasTwin(node: AnyFunction, { facts }: { readonly facts: Facts }): boolean {
  if (node.generator || node.body === null) return false;
  if (node.async) return true;
  return mayYieldIn(node, facts) && !usesNewTarget(node);
}

/** A generator function in the middle of whose steps another thread may go on. */
export function isGenerator(node: AnyFunction, emitter: Emitter): boolean {
  return node.generator && node.body !== null && (node.async || mayYieldIn(node, emitter.facts));
}

/** Gives back a generator whose steps have twins. */
function emitGenerator(node: AnyFunction, outer: Scope, emitter: Emitter): string {
  const inner = emitter.name();
  const name = node.id?.name ?? (node.type === 'FunctionDeclaration' ? emitter.name() : '');
  const own = `function ${name}(${parameters(node, emitter)}){return ${emitter.runtime(generatorOf(node))}(${inner}.apply(this,arguments))}`;
  const scope = new Scope(true, false, outer, false, true, node.async);
  const body = `function*${inner}${emitTwin(node, scope, emitter)}`;
  return node.type === 'FunctionDeclaration' ? own + body : `(()=>{${body}return ${own}})()`;
}

/** What makes a generator of its steps. */
export function generatorOf(node: AnyFunction): 'generator' | 'asyncGenerator' {
  return node.async ? 'asyncGenerator' : 'generator';
}

/** The steps of a generator, of which it gives some to others. */
export function emitYield(
  node: Extract<Node, { type: 'YieldExpression' }>,
  scope: Scope,
  emitter: Emitter,
): string | undefined {
  if (!scope.gives) return undefined;
  const value = node.argument === null ? 'undefined' : emitter.emit(node.argument, scope);
  const give = emitter.runtime('give');
  if (node.delegate) {
    return `(yield*${emitter.runtime(scope.givesLater ? 'delegateAsync' : 'delegate')}(${value}))`;
  }
  return scope.givesLater
    ? `(yield ${give}(yield ${emitter.runtime('awaits')}(${value})))`
    : `(yield ${give}(${value}))`;
}

function usesNewTarget(node: Node): boolean {
  return childrenOf(node).some(
    (child) =>
      child.type === 'MetaProperty' ||
      (child.type !== 'FunctionDeclaration' && child.type !== 'FunctionExpression' && usesNewTarget(child)),
  );
}

/** A function that stays what it is; those inside it may not. */
export function emitPlain(node: AnyFunction, outer: Scope, emitter: Emitter): string {
  const { body } = node;
  const scope = new Scope(false, node.type === 'ArrowFunctionExpression', outer);
  if (body === null) return emitter.parts(node, scope);
  const head = emitter.parts(node, scope, node.start, body.start);
  return head + emitBody(node, scope, emitter);
}

/** The body, in braces, with what it has to begin with. */
function emitBody({ body }: AnyFunction, scope: Scope, emitter: Emitter, first = ''): string {
  if (body === null) return '';
  if (body.type !== 'BlockStatement') {
    const value = emitter.emit(body, scope);
    const { prelude } = scope;
    // Where nothing is declared an expression may stay one.
    return prelude + first === '' && !scope.yields ? value : `{${prelude}${first}return(${value})}`;
  }
  const { before, after } = frameFor(body.body, scope, emitter);
  const rest = emitter.parts(body, scope, body.start + 1, body.end - 1);
  return `{${before}${scope.prelude}${first}${rest}${after}}`;
}

/** Parameters and body of a twin. Where a default value calls something, the parameters are read in the body. */
export function emitTwin(node: AnyFunction, scope: Scope, emitter: Emitter): string {
  const params = realParameters(node);
  const simple = params.every((param) => !mayYieldIn(param, emitter.facts));
  if (simple) {
    const list = emitter.list(params, scope.still);
    const before = emitter.newlines(node.start, params[0]?.start ?? node.start);
    const after = emitter.newlines(params.at(-1)?.end ?? node.start, node.body?.start ?? node.end);
    return `(${before}${list}${after})${emitBody(node, scope, emitter)}`;
  }
  const given = emitter.name();
  const pattern = params.map((param) => emitPattern(param, scope, emitter)).join(',');
  return `(...${given})${emitBody(node, scope, emitter, `var[${pattern}]=${given};`)}`;
}

/** Without the one that only says what `this` is. */
function realParameters({ params }: AnyFunction): readonly Node[] {
  return params.filter((param) => !(param.type === 'Identifier' && param.name === 'this'));
}

/** What a parameter is read into, without its type: there is none in the middle of a pattern. */
function emitPattern(param: Node, scope: Scope, emitter: Emitter): string {
  switch (param.type) {
    case 'Identifier':
      return param.name;
    case 'AssignmentPattern':
      return `${emitPattern(param.left, scope, emitter)}=${emitter.emit(param.right, scope)}`;
    case 'RestElement':
      return `...${emitPattern(param.argument, scope, emitter)}`;
    case 'ObjectPattern':
    case 'ArrayPattern':
      return emitter.parts(param, scope, param.start, param.typeAnnotation?.start ?? param.end);
    default:
      return emitter.emit(param, scope);
  }
}

/** As many names as a function says that it has parameters. */
export function parameters(node: AnyFunction, emitter: Emitter): string {
  const params = realParameters(node);
  const plain = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return Array.from({ length: plain < 0 ? params.length : plain }, () => emitter.name()).join(',');
}

function emitDeclaration(node: AnyFunction, outer: Scope, emitter: Emitter): string {
  const twin = emitter.name();
  const name = node.id?.name ?? emitter.name();
  outer.first(`${emitter.runtime('tie')}(${name},${twin});`);
  const own = `function ${name}${emitAtOnce(node, `${twin}.apply(this,arguments)`, parameters(node, emitter), emitter)}`;
  const rest = emitTwin(node, new Scope(true, false, outer), emitter);
  return own + declareTwin(node, twin, rest, emitter);
}

function emitExpression(node: AnyFunction, outer: Scope, emitter: Emitter): string {
  const twin = emitter.name();
  const name = node.id?.name;
  const atOnce = emitAtOnce(node, `${twin}.apply(this,arguments)`, parameters(node, emitter), emitter);
  const own = `(${twin})=>function ${name ?? ''}${atOnce}`;
  const body = `function*${emitTwin(node, new Scope(true, false, outer), emitter)}`;
  const pair = `${emitter.runtime('pair')}(${own},${asTwin(node, body, emitter)})`;
  return name === undefined ? pair : `(()=>{const ${name}=${pair};return ${name}})()`;
}

function emitArrow(node: AnyFunction, outer: Scope, emitter: Emitter): string {
  const twin = emitter.name();
  const given = emitter.name();
  const first = parameters(node, emitter);
  const all = `${first}${first === '' ? '' : ','}...${given}`;
  const own = `(${twin})=>(${all})=>${emitArrowAtOnce(node, `${twin}(${all})`, all, emitter)}`;
  const generator = `function*${emitTwin(node, new Scope(true, true, outer), emitter)}`;
  const whole = usesThis(node) ? `(...${given})=>(${generator}).apply(this,${given})` : generator;
  return `${emitter.runtime('pair')}(${own},${asTwin(node, whole, emitter)})`;
}

function usesThis(node: Node): boolean {
  return childrenOf(node).some(
    (child) =>
      child.type === 'ThisExpression' ||
      child.type === 'Super' ||
      (child.type !== 'FunctionDeclaration' && child.type !== 'FunctionExpression' && usesThis(child)),
  );
}
