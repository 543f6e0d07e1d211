import type { ForOfStatement } from 'oxc-parser';
import type { Emitter } from './emitter.ts';
import type { Scope } from './scope.ts';
import { frame, isUsing, use } from './using.ts';

/**
 * A loop through an iterable, written so that other threads can go on in the middle of its steps.
 * @param label of the loop, with its colon; empty if it has none.
 */
export function emitForOf(node: ForOfStatement, label: string, scope: Scope, emitter: Emitter): string {
  const { block } = scope;
  const walk = emitter.name();
  const step = emitter.name();
  const error = emitter.name();
  const iterable = emitter.emit(node.right, scope);
  const { left } = node;
  const { before, after } = isUsing(left) ? frame(block, emitter) : { before: '', after: '' };
  const body = emitter.emit(node.body, block);
  const target = emitTarget(left, `${step}.value`, block, emitter);
  return `{const ${walk}=yield*${emitter.runtime(node.await ? 'openAsync' : 'open')}(${iterable});try{${label}for(let ${step};!(${step}=yield*${walk}.step()).done;){${before}${block.prelude}${target}${body}${after}}}catch(${error}){${walk}.fail();throw ${error}}finally{yield*${walk}.close()}}`;
}

/** What each value of a loop becomes. */
function emitTarget(left: ForOfStatement['left'], value: string, scope: Scope, emitter: Emitter): string {
  if (left.type !== 'VariableDeclaration') return `(${emitter.parts(left, scope)}=${value});`;
  const names = emitter.list(left.declarations, scope);
  if (isUsing(left)) return `const ${names}=${use(left, scope)}(${value});`;
  return `${left.kind} ${names}=${value};`;
}
