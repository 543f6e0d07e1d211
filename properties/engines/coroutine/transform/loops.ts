import type { ForOfStatement } from 'oxc-parser';
import type { Emitter } from './emitter.ts';
import type { Scope } from './scope.ts';

/**
 * A loop through an iterable, written so that other threads can go on in the middle of its steps.
 * @param label of the loop, with its colon; empty if it has none.
 */
export function emitForOf(node: ForOfStatement, label: string, scope: Scope, emitter: Emitter): string {
  const { block } = scope;
  const walk = emitter.name();
  const step = emitter.name();
  const iterable = emitter.emit(node.right, scope);
  const { left } = node;
  const target =
    left.type === 'VariableDeclaration'
      ? `${left.kind} ${emitter.list(left.declarations, block)}=${step}.value;`
      : `(${emitter.parts(left, block)}=${step}.value);`;
  const body = emitter.emit(node.body, block);
  return `{const ${walk}=yield*${emitter.runtime('open')}(${iterable});try{${label}for(let ${step};!(${step}=yield*${walk}.step()).done;){${block.prelude}${target}${body}}}finally{yield*${walk}.close()}}`;
}
