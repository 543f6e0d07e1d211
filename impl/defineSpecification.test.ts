import { describe, expect, test } from 'vitest';
import { weigh } from '../spec/blocks.ts';
import { call, object, returns, step } from '../spec/example.ts';
import { checkImplementation } from './checkImplementation.ts';
import { ContractError } from './contractError.ts';
import { defineImplementation } from './defineImplementation.ts';
import { defineSpecification } from './defineSpecification.ts';
import { attribute, method } from './ownMethods.ts';
import { provide } from './provide.ts';

const flip = call('flip');

/** A switch that turns at each call, as it should be. */
const fitting = {
  family: 'switch',
  methods: {
    flip: method<{ readonly twice?: boolean }>({ omissibleArgs: ['twice'] }),
    on: attribute({ omissible: true }),
  },
  constructors: [{ on: false }],
  automaton: {
    labels: ['turned on'],
    create: ({ on }: { readonly on: boolean }) => ({ state: { on }, rules: [] }),
    steps: {
      flip: ({ state: { on } }: { readonly state: { readonly on: boolean } }) => [
        {
          name: 'turned',
          open: true,
          due: 'now' as const,
          rules: ['switch.turns'],
          state: { on: !on },
          then: { returns: !on },
        },
      ],
      on: ({ state: { on } }: { readonly state: { readonly on: boolean } }) => [
        { name: 'answers', open: true, due: 'now' as const, rules: ['switch.turns'], then: { returns: on } },
      ],
    },
  },
  rules: [
    {
      id: 'switch.turns',
      statement: 'It turns.',
      lookAt: 'Look at the word.',
      examples: [
        {
          title: 'on and off',
          objects: [object('switch', { on: false })],
          steps: [step(1, flip, returns(true)), step(2, flip, returns(false))],
        },
      ],
    },
  ],
  programs: { blocks: [weigh(1, flip)] },
} as const;

/** The definition with some parts replaced, as JavaScript may have it. */
function defined(parts: object, meta: unknown = import.meta): () => unknown {
  return () => defineSpecification(meta as ImportMeta, { ...fitting, ...parts });
}

const [turns] = fitting.rules;
const withRule = (parts: object) => ({ rules: [{ ...turns, ...parts }] });
const withAutomaton = (parts: object) => ({ automaton: { ...fitting.automaton, ...parts } });
const withExample = (parts: object) => withRule({ examples: [{ ...turns.examples[0], ...parts }] });

describe('a specification that fits', () => {
  const specification = defineSpecification(import.meta, fitting);

  test('has what those who judge take', () => {
    expect(specification).toMatchObject({
      family: 'switch',
      module: import.meta.url,
      programs: { threads: 3 },
    });
    expect(specification.rules).toMatchObject([
      { id: 'switch.turns', family: 'switch', title: 'Switch', level: 'must', observe: 'sequential' },
    ]);
    expect(specification.automaton.timeout(call('flip', { timeout: 2 }), {})).toBe(2);
    expect(specification.automaton.timeout(flip, {})).toBeUndefined();
  });

  test('is provided with its types', () => {
    const made = provide(
      specification,
      {
        create: ({ on }) => new Int8Array(new SharedArrayBuffer(1)).fill(Number(on)),
        open: (memory) => ({ word: memory, turn: (twice: boolean) => twice }),
      },
      { flip: (opened, { twice = false }) => opened.turn(twice) },
    );
    expect(Object.keys(made.adapter).sort()).toEqual(['create', 'flip', 'open']);
    provide(
      specification,
      { create: () => new SharedArrayBuffer(1), open: (memory) => memory },
      // @ts-expect-error: a switch has no such method
      { flop: () => true },
    );
    provide(
      specification,
      { create: () => new SharedArrayBuffer(1), open: (memory) => memory },
      // @ts-expect-error: an argument is what the method says
      { flip: (_memory, { thrice }: { readonly thrice: boolean }) => thrice },
    );
    // @ts-expect-error: what is opened is what was made
    provide(specification, { create: () => new SharedArrayBuffer(1), open: (memory: string) => memory });
  });
});

describe('a specification is refused that', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['has no module', defined({}, 'switch.ts'), /import\.meta: expected the module's import\.meta/],
    ['has a family of the documentation', defined({ family: 'lock' }), /family: expected a name of its own/],
    ['has a family that is none', defined({ family: 'My Switch' }), /family: expected a name in camelCase/],
    ['has a part more', defined({ rule: [] }), /rule: expected only .*\n.*Did you mean 'rules'\?/],
    ['has no methods', defined({ methods: {} }), /methods: expected an object with a method for each name/],
    [
      'has a method that is none',
      defined({ methods: { ...fitting.methods, flip: true } }),
      /methods\.flip: expected what method\(\) or attribute\(\) returns, found true/,
    ],
    [
      'has a method of a name that is taken',
      defined({ methods: { ...fitting.methods, open: method() } }),
      /methods\.open: expected a name that is none of/,
    ],
    ['has no constructors', defined({ constructors: [] }), /constructors: .*\n.*Leave it out/],
    [
      'has a method without steps',
      defined(withAutomaton({ steps: { flip: fitting.automaton.steps.flip } })),
      /automaton\.steps\.on: expected a function that lists its steps, found nothing/,
    ],
    [
      'has steps without a method',
      defined(withAutomaton({ steps: { ...fitting.automaton.steps, flop: () => [] } })),
      /automaton\.steps\.flop: .*\n.*Did you mean 'flip'\?/,
    ],
    ['has a label twice', defined(withAutomaton({ labels: ['a', 'a'] })), /automaton\.labels: .*each once/],
    ['has no rules', defined({ rules: [] }), /rules: expected an array of rules, at least one/],
    ['has a rule of another family', defined(withRule({ id: 'lock.turns' })), /begins with 'switch\.'/],
    ['has a rule twice', defined({ rules: [turns, turns] }), /rules\[1\]\.id: .*'switch\.turns again'/],
    ['has a rule without a sentence', defined(withRule({ lookAt: 'word' })), /lookAt: expected a sentence/],
    ['has a level that is none', defined(withRule({ level: 'shall' })), /level: expected must, should, may/],
    ['has a rule without examples', defined(withRule({ examples: [] })), /examples: .* at least one/],
    [
      'has a rule on races without a race',
      defined(withRule({ observe: 'race' })),
      /to explore, with threads/,
    ],
    [
      'has an example that calls what is no method',
      defined(withExample({ steps: [step(1, call('flap'), returns(true))] })),
      /examples\[0\]: expected calls of flip or on, found 'flap'\.\n.*Did you mean 'flip'\?/,
    ],
    [
      'has an example on an object that it has not',
      defined(withExample({ steps: [step(1, { ...flip, object: 1 }, returns(true))] })),
      /expected an object that is there: 0 to 0, found 1/,
    ],
    ['has no programs', defined({ programs: { blocks: [] } }), /programs\.blocks: expected an array/],
    [
      'has a program that calls what is no method',
      defined({ programs: { blocks: [weigh(1, call('flap'))] } }),
      /programs\.blocks\[0\]: expected calls of flip or on, found 'flap'/,
    ],
    ['has programs without weight', defined({ programs: { blocks: [weigh(0, flip)] } }), /a weight of 1/],
    [
      'has programs of too many threads',
      defined({ programs: { blocks: [weigh(1, flip)], threads: 9 } }),
      /programs\.threads: expected 2, 3 or 4, found 9/,
    ],
  ])('%s', (_, define, message) => {
    expect(define).toThrow(ContractError);
    expect(define).toThrow(message);
    expect(define).toThrow(/^The specification of '.*cannot be used \(\d+ problem/);
  });

  test('is none at all', () => {
    expect(() => defineSpecification(import.meta, undefined as never)).toThrow(
      /expected a specification, found nothing/,
    );
  });
});

describe('an implementation of a primitive of its own', () => {
  const specification = defineSpecification(import.meta, fitting);
  const adapter = { create: () => new SharedArrayBuffer(1), open: (memory: SharedArrayBuffer) => memory };
  const whole = { name: 'mine', own: [provide(specification, adapter)] };

  test('fits', () => {
    const given = defineImplementation({
      ...whole,
      notProvided: ['switch.on', 'switch.flip.twice'],
      errors: { Stuck: 'MyStuckError' },
      deviations: [{ rule: 'switch.turns', reason: 'Next year.', until: '2999-01-01' }],
    });
    expect(checkImplementation(given, 'mine.ts')).toBe(given);
  });

  test.each<[string, object, RegExp]>([
    ['provides no array', { own: specification }, /own: expected an array of what provide\(\) returns/],
    ['provides what is nothing', { own: [specification] }, /own\[0\]: expected what provide\(\) returns/],
    ['provides it twice', { own: [...whole.own, ...whole.own] }, /own\[1\]: .*'switch' again/],
    [
      'has no open',
      { own: [{ specification, adapter: { create: adapter.create } }] },
      /own\[0\]\.open: expected a function that makes of it/,
    ],
    [
      'has a method that the primitive has not',
      { own: [{ specification, adapter: { ...adapter, flop: () => true } }] },
      /own\[0\]\.flop: .*\n.*Did you mean 'flip'\?/,
    ],
    ['leaves out what has to be there', { notProvided: ['switch.flip'] }, /leave the whole family out/],
    ['leaves out what it does not know', { notProvided: ['switch.of'] }, /Did you mean 'switch\.on'\?/],
    [
      'deviates from a rule that is not there',
      { deviations: [{ rule: 'switch.turn', reason: 'None.', until: '2999-01-01' }] },
      /Did you mean 'switch\.turns'\?/,
    ],
  ])('is refused if it %s', (_, parts, message) => {
    expect(() => checkImplementation({ ...whole, ...parts }, 'mine.ts')).toThrow(message);
  });
});
