import type { AwaitExpression, Node, ReturnStatement } from 'oxc-parser';
import type { Emitter } from './emitter.ts';
import type { AnyFunction } from './nodes.ts';
import type { Scope } from './scope.ts';

/*
 * Asynchronous functions. The body of one is that of a generator function, as twins' are: beside the places where it
 * stops for other threads there are those where it waits for a promise, whose jobs go on with it.
 */

/** A twin as an expression. @param body a generator function with its body. */
export function asTwin(node: AnyFunction, body: string, emitter: Emitter): string {
  return node.async ? `${emitter.runtime('asynchronous')}(${body})` : body;
}

/** A twin as a declaration. @param rest parameters and body. */
export function declareTwin(node: AnyFunction, name: string, rest: string, emitter: Emitter): string {
  if (!node.async) return `function*${name}${rest}`;
  const body = emitter.name();
  const given = emitter.name();
  return `function ${name}(...${given}){return ${emitter.runtime('begin')}(()=>${body}.apply(this,${given}))}function*${body}${rest}`;
}

/** A twin as a private method. @param modifier `static`, with a space, or nothing. @param rest parameters and body. */
export function privateTwinOf(
  node: AnyFunction,
  name: string,
  modifier: string,
  rest: string,
  emitter: Emitter,
): string {
  if (!node.async) return `${modifier}*${name}${rest}`;
  const body = `#${emitter.name()}`;
  const given = emitter.name();
  return `${modifier}${name}(...${given}){return ${emitter.runtime('begin')}(()=>this.${body}(...${given}))}${modifier}*${body}${rest}`;
}

/** What an asynchronous function waits for. Where a module itself waits it stays what it is. */
export function emitAwait(node: AwaitExpression, scope: Scope, emitter: Emitter): string | undefined {
  return scope.yields
    ? `(yield ${emitter.runtime('awaits')}(${emitter.emit(node.argument, scope)}))`
    : undefined;
}

/** What an asynchronous generator returns, it waits for. */
export function emitReturn(node: ReturnStatement, scope: Scope, emitter: Emitter): string | undefined {
  if (!scope.givesLater || node.argument === null) return undefined;
  return `return(yield ${emitter.runtime('awaits')}(${emitter.emit(node.argument, scope)}));`;
}

/** Promises are those whose jobs can stop, by whichever name the module has them. */
export function emitPromise(node: Node, emitter: Emitter): string | undefined {
  if (emitter.facts.declared.has('Promise')) return undefined;
  if (node.type === 'Identifier') {
    // What comes after a single dot is a name of something else's.
    const isMember = /(?:^|[^.])\.\s*$/u.test(emitter.source.slice(Math.max(0, node.start - 40), node.start));
    return node.name === 'Promise' && !isMember ? emitter.runtime('Promise') : undefined;
  }
  if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier')
    return undefined;
  const isGlobal = node.object.name === 'globalThis' && node.property.name === 'Promise';
  return isGlobal ? emitter.runtime('Promise') : undefined;
}
