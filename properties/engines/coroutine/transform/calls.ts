import type { CallExpression, ChainExpression, MemberExpression, Node, Super } from 'oxc-parser';
import type { Emitter } from './emitter.ts';
import { atomicIn, isClock, isPromise, isPure, keyName } from './facts.ts';
import { bare } from './nodes.ts';
import type { Scope } from './scope.ts';

/** The name of the twin of a private method. */
export function privateTwin(name: string, emitter: Emitter): string {
  return `#${name}${emitter.prefix}`;
}

/** Operations that are written out where they stand, and how many arguments they take. */
const inlined = {
  load: 2,
  store: 3,
  add: 3,
  sub: 3,
  and: 3,
  or: 3,
  xor: 3,
  exchange: 3,
  compareExchange: 4,
  notify: 3,
} as const;
type Inlined = keyof typeof inlined;

/** A call in the body of a twin: a callee that has a twin is delegated to it. */
export function emitCall(node: CallExpression, scope: Scope, emitter: Emitter): string | undefined {
  if (node.callee.type === 'Super' || isPure(node.callee, emitter.facts)) return undefined;
  const operation = atomicIn(node.callee, emitter.facts);
  const hasSpread = node.arguments.some(({ type }) => type === 'SpreadElement');
  if (operation !== undefined && !hasSpread) {
    if (operation === 'wait') return emitWait(node, scope, emitter);
    if (isInlined(operation)) return emitAtomic(node, operation, scope, emitter);
  }
  const member = bare(node.callee);
  if (member.type !== 'MemberExpression') {
    const fn = emitter.temporary(scope);
    return `(${fn}=${emitter.emit(node.callee, scope)}${called(fn, undefined, node, scope, emitter)})`;
  }
  if (member.property.type === 'PrivateIdentifier' && emitter.facts.privates.has(member.property.name)) {
    const given = emitter.list(node.arguments, scope);
    const object = isSuper(member.object) ? 'super' : emitter.emit(member.object, scope);
    return `(yield*${object}.${privateTwin(member.property.name, emitter)}(${given}))`;
  }
  const { object, get, receiver } = emitMember(member, scope, emitter);
  const fn = emitter.temporary(scope);
  return `(${object}${fn}=${get}${called(fn, receiver, node, scope, emitter)})`;
}

/** The rest of a sequence whose first part has put the callee into `fn`. */
function called(
  fn: string,
  receiver: string | undefined,
  node: CallExpression,
  scope: Scope,
  emitter: Emitter,
): string {
  const twin = emitter.temporary(scope);
  const given = emitter.list(node.arguments, scope);
  const either = `${fn}=(${twin}??${fn})`;
  const call =
    receiver === undefined
      ? `${either}(${given})`
      : `${either}.call(${receiver}${given === '' ? '' : `,${given}`})`;
  const find = `,${twin}=${fn}?.[${emitter.runtime('twin')}]`;
  return `${find},${call},${twin}===undefined?${fn}:yield*${fn}`;
}

/** What may end early at a `?.`: what follows stands where it is reached only if there is something. */
export function emitChain(node: ChainExpression, scope: Scope, emitter: Emitter): string {
  return link(node.expression, scope, emitter, (text) => text);
}

function link(node: Node, scope: Scope, emitter: Emitter, rest: (text: string) => string): string {
  const ifAny = (name: string, isOptional: boolean, then: string): string =>
    isOptional ? `(${name}==null?undefined:${then})` : then;
  if (node.type === 'TSNonNullExpression') return link(node.expression, scope, emitter, rest);
  if (node.type === 'MemberExpression' && !isSuper(node.object)) {
    return link(node.object, scope, emitter, (text) => {
      const object = emitter.temporary(scope);
      const then = rest(object + property(node, scope, emitter));
      return `(${object}=${text},${ifAny(object, node.optional, then)})`;
    });
  }
  if (node.type !== 'CallExpression' || node.callee.type === 'Super') return rest(emitter.emit(node, scope));
  const { callee } = node;
  const call = (fn: string, receiver: string | undefined): string =>
    ifAny(fn, node.optional, rest(`(${fn}${called(fn, receiver, node, scope, emitter)})`));
  if (callee.type === 'MemberExpression' && !isSuper(callee.object)) {
    return link(callee.object, scope, emitter, (text) => {
      const object = emitter.temporary(scope);
      const fn = emitter.temporary(scope);
      const get = `(${fn}=${object}${property(callee, scope, emitter)},${call(fn, object)})`;
      return `(${object}=${text},${ifAny(object, callee.optional, get)})`;
    });
  }
  return link(callee, scope, emitter, (text) => {
    const fn = emitter.temporary(scope);
    return `(${fn}=${text},${call(fn, undefined)})`;
  });
}

function property(member: MemberExpression, scope: Scope, emitter: Emitter): string {
  return member.computed
    ? `[${emitter.emit(member.property, scope)}]`
    : `.${emitter.source.slice(member.property.start, member.property.end)}`;
}

/** A member of an object that is evaluated once: what to evaluate first, how to get the member, and of what it is. */
function emitMember(
  member: MemberExpression,
  scope: Scope,
  emitter: Emitter,
): { readonly object: string; readonly get: string; readonly receiver: string } {
  if (isSuper(member.object))
    return { object: '', get: superMember(member, scope, emitter), receiver: 'this' };
  const object = emitter.temporary(scope);
  return {
    object: `${object}=${emitter.emit(member.object, scope)},`,
    get: object + property(member, scope, emitter),
    receiver: object,
  };
}

function isSuper(node: Node | Super): boolean {
  return node.type === 'Super';
}

/** A generator function in the place of an arrow function has no `super`: the method around it lends its own. */
export function superMember(member: MemberExpression, scope: Scope, emitter: Emitter): string {
  const { scope: owner, hidden } = scope.owner;
  if (!hidden) return `super${property(member, scope, emitter)}`;
  const lent = owner.declare(`${emitter.prefix}super`, 'key=>super[key]');
  const key = member.computed
    ? emitter.emit(member.property, scope)
    : JSON.stringify(keyName(member.property) ?? '');
  return `${lent}(${key})`;
}

function isInlined(operation: string): operation is Inlined {
  return operation in inlined;
}

function emitAtomic(node: CallExpression, operation: Inlined, scope: Scope, emitter: Emitter): string {
  const names = Array.from({ length: inlined[operation] }, () => emitter.temporary(scope));
  const [array, index] = names as [string, string];
  return `(${assigned(node, names, scope, emitter)}${emitter.runtime('point')}(${JSON.stringify(operation)},${array},${index})&&(yield),${emitter.runtime(operation)}(${names.join(',')}))`;
}

function emitWait(node: CallExpression, scope: Scope, emitter: Emitter): string {
  const names = Array.from({ length: 4 }, () => emitter.temporary(scope));
  const [array, index] = names as [string, string];
  return `(${assigned(node, names, scope, emitter)}${emitter.runtime('point')}("wait",${array},${index})&&(yield),${emitter.runtime('sleep')}(${names.join(',')})&&(yield),${emitter.runtime('slept')}())`;
}

/** Evaluates arguments, in their order; surplus ones for what else they do. */
function assigned(node: CallExpression, names: readonly string[], scope: Scope, emitter: Emitter): string {
  const given = node.arguments.map((argument, position) => {
    const text = emitter.emit(argument, scope);
    return position < names.length ? `${names[position]}=${text},` : `${text},`;
  });
  const absent = names.slice(node.arguments.length).map((name) => `${name}=undefined,`);
  return [...given, ...absent].join('');
}

/** `new Date()` shows what `Date.now()` does; a promise is made by what calls its executor's twin. */
export function emitNew(node: Node, scope: Scope, emitter: Emitter): string | undefined {
  if (node.type !== 'NewExpression') return undefined;
  if (isClock(node, emitter.facts)) return `new Date(yield*${emitter.runtime('now')}())`;
  if (!isPromise(node.callee, emitter.facts)) return undefined;
  return `(yield*${emitter.runtime('construct')}(${emitter.list(node.arguments, scope)}))`;
}

/** A property that may be an accessor. */
export function emitRead(node: MemberExpression, scope: Scope, emitter: Emitter): string | undefined {
  const name = node.computed ? undefined : keyName(node.property);
  if (name === undefined || node.optional || isSuper(node.object) || !emitter.facts.accessors.has(name)) {
    return undefined;
  }
  const object = emitter.temporary(scope);
  const getter = emitter.temporary(scope);
  const key = JSON.stringify(name);
  return `(${object}=${emitter.emit(node.object, scope)},${getter}=${emitter.runtime('getter')}(${object},${key}),${getter}===undefined?${object}.${name}:yield*${getter}.call(${object}))`;
}
