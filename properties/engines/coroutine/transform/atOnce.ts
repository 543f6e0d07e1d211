import type { Node } from 'oxc-parser';
import type { Emitter } from './emitter.ts';
import { mayYieldIn } from './facts.ts';
import { type AnyFunction, childrenOf, isFunction } from './nodes.ts';

/*
 * What stands in a function's own place runs its twin to its end at once. Where no thread is played, as when objects
 * are opened before every execution, its own text does the same in a fraction of the time: it stands there, too, on one
 * line, for the lines that follow have to stay where they are.
 */

/** Statements that a line's end could end. */
const endedBySemicolon = new Set<Node['type']>([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
  'DebuggerStatement',
  'DoWhileStatement',
]);

/**
 * Parameters and body of what stands in the place of a function.
 * @param twin calls the twin, with the function's own `this` and `arguments`.
 * @param parameters as many names as it says that it has.
 */
export function emitAtOnce(node: AnyFunction, twin: string, parameters: string, emitter: Emitter): string {
  const driven = `return ${emitter.runtime('drive')}(${twin})`;
  const text = textOf(node, emitter);
  if (text === undefined) return `(${parameters}){${driven}}`;
  return `${text.parameters}{if(${emitter.runtime('isPlaying')}())${driven};${text.body}}`;
}

/**
 * The value of what stands in the place of an arrow function.
 * @param twin calls the twin.
 * @param given what it is given, as arguments of a call.
 */
export function emitArrowAtOnce(node: AnyFunction, twin: string, given: string, emitter: Emitter): string {
  const driven = `${emitter.runtime('drive')}(${twin})`;
  if (node.async || emitter.facts.checks !== undefined || !staysItself(node, emitter)) return driven;
  const own = emitter.onOneLine(node.start, node.end);
  return `${emitter.runtime('isPlaying')}()?${driven}:(${own})(${given})`;
}

/** A function as it stands, on one line; undefined if it cannot be. */
function textOf(node: AnyFunction, emitter: Emitter): { parameters: string; body: string } | undefined {
  const { body, params, async } = node;
  if (async || body?.type !== 'BlockStatement' || emitter.facts.checks !== undefined) return undefined;
  if (params.some((param) => mayYieldIn(param, emitter.facts)) || !staysItself(node, emitter))
    return undefined;
  const line = (start: number, end: number) => emitter.onOneLine(start, end);
  // Before the parameters there may be the keyword, a name, and parameters that are types.
  const head = line(node.id?.end ?? node.start, body.start).replace(/^function\b/u, '');
  return { parameters: head, body: line(body.start + 1, body.end - 1) };
}

/** Whether all of it means the same where nothing is transformed, with spaces in the place of line ends. */
function staysItself(node: Node, emitter: Emitter): boolean {
  return childrenOf(node).every((child) => {
    if (isFunction(child) || child.type === 'ClassExpression' || child.type === 'ClassDeclaration')
      return false;
    // A promise has to be one whose jobs can stop; resources are disposed of as the runtime does.
    if (child.type === 'Identifier' && child.name === 'Promise') return false;
    // An arrow function may stand in a twin, whose arguments are its own.
    if (child.type === 'MetaProperty' || (child.type === 'Identifier' && child.name === 'arguments'))
      return false;
    const text = emitter.source.slice(child.start, child.end);
    if (child.type === 'VariableDeclaration' && child.kind.endsWith('using')) return false;
    if ((child.type === 'TemplateElement' || child.type === 'Literal') && text.includes('\n')) return false;
    const isHead = node.type.startsWith('For') && child.type === 'VariableDeclaration';
    if (endedBySemicolon.has(child.type) && !isHead && !text.endsWith(';')) return false;
    return staysItself(child, emitter);
  });
}
