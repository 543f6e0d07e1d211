import type { Node } from 'oxc-parser';
import { keyName } from '../transform/facts.ts';
import { isFunction } from '../transform/nodes.ts';

/** What stands around a part of a module. */
export interface Names {
  /** The nearest function that has a name; a method's has its class before it. */
  readonly name: string;
  /** The nearest class. */
  readonly owner: string;
}

/** What stands around a part of a node. @param names what stands around the node. */
export function innerNames(node: Node, part: Node, names: Names): Names {
  if (isFunction(part)) return { ...names, name: functionName(node, part, names) ?? names.name };
  if (part.type === 'ClassDeclaration' || part.type === 'ClassExpression') {
    return { ...names, owner: part.id?.name ?? nameIn(node) ?? '' };
  }
  return names;
}

function functionName(node: Node, part: Node, { owner }: Names): string | undefined {
  const own = 'id' in part && part.id?.type === 'Identifier' ? part.id.name : undefined;
  const given = own ?? nameIn(node);
  const isMember = node.type === 'MethodDefinition' || node.type === 'PropertyDefinition';
  return isMember && owner !== '' && given !== undefined ? `${owner}.${given}` : given;
}

/** The name that a node gives to the function or class that is a part of it. */
function nameIn(node: Node): string | undefined {
  switch (node.type) {
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return node.computed ? undefined : keyName(node.key);
    case 'VariableDeclarator':
      return node.id.type === 'Identifier' ? node.id.name : undefined;
    case 'AssignmentExpression':
      if (node.left.type === 'Identifier') return node.left.name;
      return node.left.type === 'MemberExpression' && !node.left.computed
        ? keyName(node.left.property)
        : undefined;
    default:
      return undefined;
  }
}
