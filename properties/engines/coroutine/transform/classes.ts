import type { Class, MethodDefinition, Node } from 'oxc-parser';
import { privateTwinOf } from './async.ts';
import { emitAtOnce } from './atOnce.ts';
import { privateTwin } from './calls.ts';
import type { Emitter } from './emitter.ts';
import { keyName } from './facts.ts';
import { emitPlain, emitTwin, generatorOf, isGenerator, hasTwin, parameters } from './functions.ts';
import { Scope } from './scope.ts';

/** A class, whose methods get twins beside them: what is private, and `super`, is the same for both. */
export function emitClass(node: Class, outer: Scope, emitter: Emitter): string {
  const ties: string[] = [];
  const { body } = node;
  let text = emitter.parts(node, outer, node.start, body.start);
  let position = body.start + 1;
  let members = '';
  for (const member of body.body) {
    members += emitter.source.slice(position, member.start);
    const method = member.type === 'MethodDefinition' ? emitMethod(member, outer, emitter, ties) : undefined;
    members += method ?? emitMember(member, outer, emitter);
    position = member.end;
  }
  members += emitter.source.slice(position, body.end);
  const tied = ties.length === 0 ? '' : `static{${ties.join('')}}`;
  text += `{${tied}${members}`;
  return text;
}

/** A field, or what runs when the class is made: nobody else goes on in the middle of it. */
function emitMember(member: Node, outer: Scope, emitter: Emitter): string {
  const scope = outer.still;
  if (member.type === 'MethodDefinition') {
    const { value } = member;
    return emitter.parts(member, scope, member.start, value.start) + emitPlain(value, scope, emitter);
  }
  if (member.type !== 'StaticBlock') return emitter.parts(member, scope);
  const [first] = member.body;
  if (first === undefined) return emitter.parts(member, scope);
  const rest = emitter.parts(member, scope, first.start, member.end);
  return emitter.source.slice(member.start, first.start) + scope.prelude + rest;
}

function emitMethod(
  method: MethodDefinition,
  outer: Scope,
  emitter: Emitter,
  ties: string[],
): string | undefined {
  const { key, value, kind } = method;
  if (kind === 'method' && isGenerator(value, emitter)) {
    return emitGeneratorMethod(method, outer, emitter, ties);
  }
  if (kind === 'constructor' || method.decorators.length > 0 || !hasTwin(value, emitter)) return undefined;
  const isStatic = method.static ? 'static ' : '';
  const head = value.async
    ? isStatic + nameOf(method, outer, emitter)
    : emitter.parts(method, outer, method.start, value.start);
  const named = parameters(value, emitter);
  const scope = new Scope(true, false, outer);
  if (key.type === 'PrivateIdentifier') {
    if (kind !== 'method' || !emitter.facts.privates.has(key.name)) return undefined;
    const twin = privateTwin(key.name, emitter);
    return `${head}${emitAtOnce(value, `this.${twin}(...arguments)`, named, emitter)}${privateTwinOf(value, twin, isStatic, emitTwin(value, scope, emitter), emitter)}`;
  }
  const home = method.static ? 'this' : 'this.prototype';
  const twin = emitter.temporary(outer);
  const symbol = outer.declare(emitter.name(), 'Symbol()');
  const name = method.computed ? emitter.temporary(outer) : JSON.stringify(keyName(key));
  const own = method.computed ? head.replace('[', () => `[${name}=`) : head;
  const wrap = value.async ? `,${emitter.runtime('asynchronous')}` : '';
  ties.push(`${twin}=${emitter.runtime('tieMember')}(${home},${name},"${kind}",${symbol}${wrap});`);
  return `${own}${emitAtOnce(value, `${twin}.apply(this,arguments)`, named, emitter)}${isStatic}*[${symbol}]${emitTwin(value, scope, emitter)}`;
}

/** What a method is called by, in its brackets where it is computed. */
function nameOf({ key, value, computed }: MethodDefinition, outer: Scope, emitter: Emitter): string {
  const rest = emitter.source.slice(key.end, value.start);
  return computed ? `[${emitter.emit(key, outer)}${rest}` : emitter.source.slice(key.start, key.end) + rest;
}

/** A method that gives back a generator. Its body stays beside it: what is private, and `super`, is the same there. */
function emitGeneratorMethod(
  method: MethodDefinition,
  outer: Scope,
  emitter: Emitter,
  ties: string[],
): string {
  const { key, value } = method;
  const isStatic = method.static ? 'static ' : '';
  const scope = new Scope(true, false, outer, false, true, value.async);
  const make = emitter.runtime(generatorOf(value));
  const head = `${isStatic}${nameOf(method, outer, emitter)}(${parameters(value, emitter)})`;
  const rest = emitTwin(value, scope, emitter);
  if (key.type === 'PrivateIdentifier') {
    const inner = `#${emitter.name()}`;
    return `${head}{return ${make}(this.${inner}(...arguments))}${isStatic}*${inner}${rest}`;
  }
  const inner = emitter.temporary(outer);
  const symbol = outer.declare(emitter.name(), 'Symbol()');
  const home = method.static ? 'this' : 'this.prototype';
  ties.push(`${inner}=${emitter.runtime('takeMember')}(${home},${symbol});`);
  return `${head}{return ${make}(${inner}.apply(this,arguments))}${isStatic}*[${symbol}]${rest}`;
}
