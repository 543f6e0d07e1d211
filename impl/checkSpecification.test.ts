import { describe, expect, test } from 'vitest';
import type { Step, View } from '../spec/automaton.ts';
import { weigh } from '../spec/blocks.ts';
import { blocks, call, type Example, object, returns, step, thread } from '../spec/example.ts';
import { checkSpecification } from './checkSpecification.ts';
import { defineSpecification } from './defineSpecification.ts';
import { method } from './ownMethods.ts';

interface State {
  readonly open: unknown;
}

const objects = [object('gate')];
const pass = call('pass');
const open = call('open_');

const sound: Example = {
  title: 'it opens',
  objects,
  steps: [step(1, pass, blocks), step(2, open, thread(1, returns(true)))],
};

const opened: Step<State> = {
  name: 'opened',
  open: true,
  due: 'now',
  rules: ['gate.opens'],
  state: { open: true },
  then: { returns: undefined },
};

const passing = (view: View<State>): readonly Step<State>[] => [
  {
    name: 'passes',
    open: view.state.open === true,
    due: 'now',
    rules: ['gate.opens'],
    labels: view.asleep ? ['passed after waiting'] : [],
    then: { returns: true },
  },
];

/** A gate that lets everybody through once it is open, with a fault of the specification somewhere. */
function gate(
  fault: {
    readonly example?: Example;
    readonly opened?: Partial<Step<State>>;
    readonly pass?: (view: View<State>) => readonly Step<State>[];
  } = {},
) {
  return defineSpecification(import.meta, {
    family: 'gate',
    methods: { pass: method(), open_: method() },
    automaton: {
      labels: ['passed after waiting'],
      create: () => ({ state: { open: false } as State, rules: [] }),
      steps: { pass: fault.pass ?? passing, open_: () => [{ ...opened, ...fault.opened }] },
    },
    rules: [
      {
        id: 'gate.opens',
        statement: 'It opens.',
        lookAt: 'Look at the word.',
        examples: [fault.example ?? sound],
      },
    ],
    programs: { blocks: [weigh(1, pass), weigh(1, open)] },
  });
}

test('a specification that agrees with itself is accepted, as often as it is asked', () => {
  const specification = gate();
  expect(() => checkSpecification(specification)).not.toThrow();
  expect(() => checkSpecification(specification)).not.toThrow();
});

describe('a specification contradicts itself if', () => {
  test.each<[string, ReturnType<typeof gate>, RegExp]>([
    [
      'an example shows what the automaton does not do',
      gate({ example: { ...sound, steps: [step(1, pass, returns(true))] } as Example }),
      /rules: gate\.opens, 'it opens'.*After step 1 thread 1 has to show 'returns true'/,
    ],
    [
      'an example shows nothing',
      gate({ example: { ...sound, steps: [step(1, open)] } as Example }),
      /every implementation would pass it/,
    ],
    [
      'an example can only come to a standstill',
      gate({ example: { title: 'nobody opens', objects, threads: [[pass], [pass]] } }),
      /'nobody opens'.*can come to a standstill/,
    ],
    [
      'an example is on an object that nobody specifies',
      gate({ example: { ...sound, objects: [object('gatte')] } as Example }),
      /No object belongs to the family 'gatte'/,
    ],
    [
      'a step cites a rule that is not there',
      gate({ opened: { rules: ['gate.open'] } }),
      /gate: the step 'opened' of open_ cites the rule 'gate\.open', which .* Did you mean 'gate\.opens'\?/,
    ],
    [
      'a step forbids by a rule that is not there',
      gate({ opened: { forbidden: ['gate.whatever-else'] } }),
      /cites the rule 'gate\.whatever-else', which .* Add it to the specification's rules/,
    ],
    [
      'a step has a label that is not there',
      gate({ opened: { labels: ['passed'] } }),
      /has the label 'passed', which the specification does not have/,
    ],
    [
      'a step leads nowhere',
      gate({ opened: { then: undefined as never } }),
      /'opened' of open_ leads nowhere/,
    ],
    ['steps are none', gate({ pass: () => ({}) as never }), /steps\.pass gives no array/],
    [
      'a state is none that can be told from others',
      gate({ opened: { state: { open: new Set() } } }),
      /the state that the step 'opened' of open_ leaves has an object of a class in it/,
    ],
    [
      'a state has a number that JSON does not have',
      gate({ opened: { state: { open: Number.POSITIVE_INFINITY } } }),
      /leaves has Infinity in it/,
    ],
    [
      'the automaton throws',
      gate({
        pass: () => {
          throw new TypeError('on purpose');
        },
      }),
      /the automaton throws TypeError: on purpose/,
    ],
  ])('%s', (_, specification, message) => {
    expect(() => checkSpecification(specification)).toThrow(
      /^The specification of 'gate' in file:.* contradicts itself/,
    );
    expect(() => checkSpecification(specification)).toThrow(message);
  });

  test('a step that only generated programs come to cites a rule that is not there', () => {
    const late = gate({
      pass: (view) =>
        passing(view).map((one) => ({
          ...one,
          // Two that pass beside each other: no example has that.
          rules: view.others.some(({ call: made }) => made.method === 'pass') ? ['gate.both'] : one.rules,
        })),
    });
    expect(() => checkSpecification(late)).toThrow(/programs\.blocks.*cites the rule 'gate\.both'/);
  });
});
