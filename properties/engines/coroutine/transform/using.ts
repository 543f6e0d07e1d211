import type { ForStatement, Node, VariableDeclaration } from 'oxc-parser';
import type { Emitter } from './emitter.ts';
import type { Scope } from './scope.ts';

/*
 * `using` declarations in the bodies of twins. Disposers may stop for other threads, so a block that holds
 * something becomes one that disposes of it on every way out, step by step.
 */

type Using = VariableDeclaration & { readonly kind: 'using' | 'await using' };

/** Whether this declares what has to be disposed of. */
export function isUsing(node: Node | null): node is Using {
  return node?.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using');
}

/** What stands around the statements of a block, which begins and ends with it. */
export interface Frame {
  readonly before: string;
  readonly after: string;
}

const nothing: Frame = { before: '', after: '' };

/**
 * Gets a block ready to dispose of what it declares.
 * @param scope the block's own: its declarations will know where to put what they hold.
 */
export function frameFor(statements: readonly Node[], scope: Scope, emitter: Emitter): Frame {
  return scope.yields && statements.some(isUsing) ? frame(scope, emitter) : nothing;
}

/** A frame, whatever stands in it. */
export function frame(scope: Scope, emitter: Emitter): Frame {
  const held = emitter.name();
  const error = emitter.name();
  scope.held = held;
  return {
    before: `const ${held}=${emitter.runtime('resources')}();try{`,
    after: `}catch(${error}){${held}.fail(${error})}finally{yield*${held}.close()}`,
  };
}

/** How a value comes to be held by a frame. */
export function use({ kind }: Using, scope: Scope): string {
  return `${scope.held}.${kind === 'using' ? 'use' : 'useAsync'}`;
}

/** A declaration in a frame. */
export function emitUsing(node: VariableDeclaration, scope: Scope, emitter: Emitter): string | undefined {
  if (scope.held === undefined || !isUsing(node)) return undefined;
  const declared = node.declarations.map((declarator) => {
    const { init } = declarator;
    if (init === null) return emitter.emit(declarator, scope);
    const name = emitter.parts(declarator, scope, declarator.start, init.start);
    return `${name}${use(node, scope)}(${emitter.emit(init, scope)})`;
  });
  const last = node.declarations.at(-1)?.end ?? node.end;
  return `const ${declared.join(',')}${emitter.source.slice(last, node.end)}`;
}

/**
 * A loop whose first part declares what has to be disposed of when the loop ends.
 * @param label of the loop, with its colon; empty if it has none.
 */
export function emitFor(node: ForStatement, label: string, scope: Scope, emitter: Emitter): string {
  const { block } = scope;
  const { before, after } = frame(block, emitter);
  const loop = emitter.parts(node, block);
  return `{${before}${block.prelude}${label}${loop}${after}}`;
}
