import { type ArrowFunctionExpression, type Function, type Node, visitorKeys } from 'oxc-parser';

/** Functions of all kinds, with their bodies. */
export type AnyFunction = ArrowFunctionExpression | Function;

/** The parts of a node, in the order in which they stand in the source. */
export function childrenOf(node: Node): readonly Node[] {
  // In `{ name }` and `{ name = value }` the name stands in both parts.
  if (node.type === 'Property' && node.shorthand) return [node.value];
  const children: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, Node | readonly (Node | null)[] | null | undefined>)[
      key
    ];
    if (Array.isArray(value)) {
      for (const part of value as readonly (Node | null)[]) if (part !== null) children.push(part);
    } else if (value !== null && value !== undefined) children.push(value as Node);
  }
  return children.sort((one, other) => one.start - other.start);
}

/** True for functions. */
export function isFunction(node: Node): node is AnyFunction {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** Without what stands around it for the type checker or the reader. */
export function bare(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return bare(node.expression);
    default:
      return node;
  }
}
