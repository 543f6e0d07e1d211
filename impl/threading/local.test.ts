import { describe, expect, test } from 'vitest';
import { Local } from './local.ts';

const attributeError = expect.objectContaining({ name: 'AttributeError' });

/** Its initialiser notes what it is called with. */
class Noted extends Local {
  declare calls: unknown[][];
  declare colour: unknown;
  declare number?: number;

  static {
    this.prototype.number = 2;
  }

  init(...given: unknown[]): void {
    this.calls = [...('calls' in this.dict ? this.calls : []), given];
    this.colour = given[0];
  }

  squared(): number {
    return (this.number ?? 0) ** 2;
  }

  get half(): number {
    return (this.number ?? 0) / 2;
  }

  set half(half: number) {
    this.number = half * 2;
  }
}

class Slotted extends Local {
  static readonly slots: readonly string[] = ['total'];
}

class MoreSlotted extends Slotted {
  static override readonly slots = ['label', 'total'];
}

describe('attributes', () => {
  test('are set, read, asked for, listed and deleted', () => {
    const local = new Local();
    local.x = 1;
    local['y'] = undefined;
    expect(local.x).toBe(1);
    expect(local.y).toBe(undefined);
    expect('y' in local).toBe(true);
    expect(Object.entries(local)).toEqual([
      ['x', 1],
      ['y', undefined],
    ]);
    expect(delete local.x).toBe(true);
    expect('x' in local).toBe(false);
    expect(Object.keys(local)).toEqual(['y']);
  });

  test('that are not set raise AttributeError, a TypeError, when they are read or deleted', () => {
    const local = new Local();
    expect(() => local.x).toThrow(attributeError);
    expect(() => local.x).toThrow(TypeError);
    expect(() => delete local.x).toThrow(attributeError);
    local.x = 1;
    delete local.x;
    expect(() => local.x).toThrow("this thread has no attribute 'x' in this Local");
  });

  test('can have any name: those of what objects inherit, too', () => {
    const local = new Local();
    for (const name of ['toString', 'constructor', 'hasOwnProperty', 'init', 'then', 'from']) {
      local[name] = name;
      expect(local[name]).toBe(name);
      expect(Object.hasOwn(local, name)).toBe(true);
      delete local[name];
      expect(Object.hasOwn(local, name)).toBe(false);
    }
  });

  test('what the language asks for by itself is no use of a missing attribute', async () => {
    const local = new Local();
    expect(await Promise.resolve(local)).toBe(local);
    expect(Object.prototype.toString.call(local)).toBe('[object Object]');
    expect(JSON.stringify(local)).toBe('{}');
    local.x = 1;
    expect(JSON.stringify(local)).toBe('{"x":1}');
  });

  test('of two locals are independent', () => {
    const [one, other] = [new Local(), new Local()];
    one.x = 1;
    other.x = 2;
    delete other.x;
    expect(one.x).toBe(1);
    expect(() => other.x).toThrow(attributeError);
  });

  test('can be defined, but for ever they cannot', () => {
    const local = new Local();
    Object.defineProperty(local, 'x', { get: () => 5 });
    expect(local.x).toBe(5);
    expect(delete local.x).toBe(true);
    expect(Reflect.defineProperty(local, 'x', { value: 1, configurable: false })).toBe(false);
    expect(() => Object.freeze(local)).toThrow(TypeError);
  });

  test('are written to what inherits from the local, not to it', () => {
    const local = new Local();
    const heir = Object.create(local) as Local;
    heir.x = 1;
    expect(heir.x).toBe(1);
    expect('x' in local).toBe(false);
  });
});

describe('dict', () => {
  test("is this thread's own attributes", () => {
    const local = new Local();
    local.x = 1;
    expect({ ...local.dict }).toEqual({ x: 1 });
    local.dict.y = 2;
    expect(local.y).toBe(2);
    delete local.dict.x;
    expect(() => local.x).toThrow(attributeError);
    expect(local.dict).toBe(local.dict);
  });

  test.each(['dict', 'memory', 'primitive'])('%s can be neither set, defined nor deleted', (name) => {
    const local = new Local();
    local.x = 1;
    expect(() => (local[name] = {})).toThrow(attributeError);
    expect(() => delete local[name]).toThrow(attributeError);
    expect(() => Object.defineProperty(local, name, { value: {} })).toThrow(attributeError);
    expect({ ...local.dict }).toEqual({ x: 1 });
  });
});

describe('a subclass', () => {
  test('has an initialiser that runs once, with the arguments of the constructor', () => {
    const given = { any: 'thing' };
    const local = new Noted(given, 2);
    local.colour = 'red';
    expect(local.calls).toEqual([[given, 2]]);
    expect(local.calls[0]?.[0]).toBe(given);
    expect(local.colour).toBe('red');
  });

  test('without an initialiser takes no arguments', () => {
    class Plain extends Local {}
    expect(() => new Plain(1)).toThrow(TypeError);
    expect(() => new Local(1)).toThrow(TypeError);
    expect(new Plain()).toBeInstanceOf(Plain);
  });

  test('whose initialiser raises is not made', () => {
    const error = new Error('thrown by init');
    class Failing extends Local {
      init(): void {
        throw error;
      }
    }
    expect(() => new Failing()).toThrow(error);
  });

  test('has defaults, methods and accessors that see the attributes', () => {
    const local = new Noted();
    expect(local.squared()).toBe(4);
    local.number = 3;
    expect(local.squared()).toBe(9);
    local.half = 5;
    expect([local.number, local.half]).toEqual([10, 5]);
    expect(Object.keys(local)).toEqual(['calls', 'colour', 'number']);
    delete local.number;
    expect(local.number).toBe(2);
    expect(Noted.prototype.number).toBe(2);
  });

  test('can extend one that has an initialiser', () => {
    class Heir extends Noted {
      override init(...given: unknown[]): void {
        super.init('first', ...given);
      }
    }
    const local = new Heir('second');
    expect(local).toBeInstanceOf(Noted);
    expect(local.calls).toEqual([['first', 'second']]);
  });
});

describe('slots', () => {
  test('are no attributes of a thread', () => {
    const local = new MoreSlotted();
    expect(() => local.total).toThrow(attributeError);
    expect('total' in local).toBe(false);
    local.total = 5;
    local.label = 'text';
    expect([local.total, local.label, 'total' in local]).toEqual([5, 'text', true]);
    expect(Object.keys(local)).toEqual([]);
    delete local.total;
    expect(() => local.total).toThrow(attributeError);
    expect(() => delete local.total).toThrow(attributeError);
    expect(local.label).toBe('text');
  });

  test('hold clones, of any size', () => {
    const local = new Slotted();
    const values: unknown[] = [
      0,
      '',
      null,
      undefined,
      true,
      10n ** 40n,
      { deep: [new Map([[1, new Date(5)]])] },
      'x'.repeat(9999),
    ];
    for (const value of values) {
      local.total = value;
      expect(local.total).toEqual(value);
    }
    const object = {};
    local.total = object;
    expect(local.total).not.toBe(object);
    expect(() => (local.total = () => undefined)).toThrow(TypeError);
    expect(local.total).toEqual({});
  });

  test('can be written for ever', () => {
    const local = new Slotted();
    local.total = 0;
    const { byteLength } = local.memory.buffer;
    for (let turn = 0; turn < 1000; turn++) local.total = `${turn} and twenty characters`;
    expect(local.memory.buffer.byteLength).toBe(byteLength);
  });

  test('are at most 24 names', () => {
    class Many extends Local {
      static slots: unknown = Array.from({ length: 25 }, (_, index) => `slot${index}`);
    }
    expect(() => new Many()).toThrow(TypeError);
    Many.slots = 'text';
    expect(() => new Many()).toThrow(TypeError);
    Many.slots = (new Array(24) as unknown[]).fill('one');
    expect(new Many()).toBeInstanceOf(Many);
  });
});

describe('from', () => {
  test('of what was posted here is the same object again', () => {
    const local = new Noted('red');
    local.number = 5;
    const again = Noted.from(structuredClone(Local.handle(local)));
    expect(again).toBe(local);
    expect(Local.from(structuredClone(Local.handle(local)))).toBe(local);
    expect(Noted.from(local)).toBe(local);
    expect(again.calls).toEqual([['red']]);
  });

  test('takes the handle of a local of this class only', () => {
    expect(() => Noted.from(Local.handle(new Local()))).toThrow(TypeError);
    expect(() => Local.from({ primitive: 'Lock', memory: new Local().memory })).toThrow(TypeError);
    expect(() => Local.from({ primitive: 'Local' } as never)).toThrow(TypeError);
    expect(() => Local.handle({} as never)).toThrow(TypeError);
  });
});
