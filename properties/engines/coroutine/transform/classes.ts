import type { Class, MethodDefinition, Node } from 'oxc-parser';
import { privateTwin } from './calls.ts';
import type { Emitter } from './emitter.ts';
import { keyName } from './facts.ts';
import { emitPlain, emitTwin, isGenerator, hasTwin, parameters } from './functions.ts';
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
  if (kind === 'method' && isGenerator(value, emitter)) return emitGeneratorMethod(method, outer, emitter);
  if (kind === 'constructor' || method.decorators.length > 0 || !hasTwin(value, emitter)) return undefined;
  const head = emitter.parts(method, outer, method.start, value.start);
  const isStatic = method.static ? 'static ' : '';
  const drive = emitter.runtime('drive');
  const scope = new Scope(true, false, outer);
  if (key.type === 'PrivateIdentifier') {
    if (kind !== 'method' || !emitter.facts.privates.has(key.name)) return undefined;
    const twin = privateTwin(key.name, emitter);
    return `${head}(${parameters(value, emitter)}){return ${drive}(this.${twin}(...arguments))}${isStatic}*${twin}${emitTwin(value, scope, emitter)}`;
  }
  const home = method.static ? 'this' : 'this.prototype';
  const twin = emitter.temporary(outer);
  const symbol = outer.declare(emitter.name(), 'Symbol()');
  const name = method.computed ? emitter.temporary(outer) : JSON.stringify(keyName(key));
  const named = method.computed ? head.replace('[', () => `[${name}=`) : head;
  ties.push(`${twin}=${emitter.runtime('tieMember')}(${home},${name},"${kind}",${symbol});`);
  return `${named}(${parameters(value, emitter)}){return ${drive}(${twin}.apply(this,arguments))}${isStatic}*[${symbol}]${emitTwin(value, scope, emitter)}`;
}

/** A method that gives back a generator. Its body stays beside it: what is private, and `super`, is the same there. */
function emitGeneratorMethod(method: MethodDefinition, outer: Scope, emitter: Emitter): string {
  const { key, value } = method;
  const inner = `#${emitter.name()}`;
  const isStatic = method.static ? 'static ' : '';
  const name = emitter.parts(method, outer, key.start, value.start);
  const bracket = method.computed ? '[' : '';
  const scope = new Scope(true, false, outer, false, true);
  return `${isStatic}${bracket}${name}(${parameters(value, emitter)}){return ${emitter.runtime('generator')}(this.${inner}(...arguments))}${isStatic}*${inner}${emitTwin(value, scope, emitter)}`;
}
