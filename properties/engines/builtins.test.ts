import { expect, test } from 'vitest';
import { replacedBuiltin } from './builtins.ts';

/** What is found while the property has another value. */
function whileReplaced(owner: object, key: string | symbol, value: unknown): string | undefined {
  const before = Reflect.getOwnPropertyDescriptor(owner, key);
  Reflect.defineProperty(owner, key, { value, configurable: true, writable: true });
  const found = replacedBuiltin();
  if (before === undefined) Reflect.deleteProperty(owner, key);
  else Reflect.defineProperty(owner, key, before);
  return found;
}

test('builtins that are what they were are not found', () => {
  expect(replacedBuiltin()).toBeUndefined();
});

test.each<[name: string, owner: object, key: string | symbol]>([
  ['Array.prototype.push', Array.prototype, 'push'],
  ['Array.prototype.map', Array.prototype, 'map'],
  ['Array.prototype.Symbol(Symbol.iterator)', Array.prototype, Symbol.iterator],
  ['Map.prototype.get', Map.prototype, 'get'],
  ['Map.prototype.size', Map.prototype, 'size'],
  ['JSON.stringify', JSON, 'stringify'],
  ['Object.entries', Object, 'entries'],
  ['Reflect.ownKeys', Reflect, 'ownKeys'],
  ['Function.prototype.call', Function.prototype, 'call'],
  ['TypedArray.prototype.fill', Object.getPrototypeOf(Int32Array.prototype) as object, 'fill'],
])('%s is found when it is replaced', (name, owner, key) => {
  expect(whileReplaced(owner, key, () => undefined)).toBe(name);
  expect(replacedBuiltin()).toBeUndefined();
});

test('a new property is found where every object inherits it, and nowhere else', () => {
  expect(whileReplaced(Object.prototype, 'kind', 'stopped')).toBe('Object.prototype.kind');
  expect(whileReplaced(Array.prototype, 'last', () => undefined)).toBeUndefined();
  expect(whileReplaced(Math, 'clamp', () => undefined)).toBeUndefined();
});
