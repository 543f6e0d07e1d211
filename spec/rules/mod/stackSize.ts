import { call, type OrderedExample, raises, returns, returnsOneOf, step } from '../../example.ts';
import { begins, comesBack, finishes, labelled, same } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { module, stackSize, start, threadFor } from './calls.ts';
import { refusesSize } from './uses.ts';

/** Sizes that no system refuses, in bytes. */
const small = 512 * 1024;
const large = 32 * 1024 * 1024;

/** Calls within each other that a usual stack has no room for, and a large one has. */
const manyCalls = 200_000;

/** A size that is valid, but no multiple of a page. */
const uneven = 40_000;

/** An example that leaves the size of stacks changed. */
function leaving(title: string, steps: OrderedExample['steps']): OrderedExample {
  return { title, ownProcess: true, objects: [module], steps };
}

function refusing(size: number): OrderedExample {
  return leaving(`${size} bytes`, [
    step(1, stackSize(small)),
    step(1, stackSize(size), raises('ValueError')),
    step(1, stackSize(), returns(small)),
  ]);
}

/** The rules of the size of stacks. */
export const stackSizeRules: readonly Rule[] = [
  rule(
    'mod.stack-size.default',
    'Look at what the size is as long as nobody has set one.',
    leaving('it is 0 at first', [step(1, stackSize(), returns(0))]),
  ),
  rule(
    'mod.stack-size.set-returns-previous',
    'Look at which of two sizes is given back, and at what becomes of the other one.',
    leaving('what was set before is given back', [
      step(1, stackSize(small)),
      step(1, stackSize(large), returns(small)),
      step(1, stackSize(small), returns(large)),
    ]),
    {
      title: 'a thread that is started afterwards has a stack of that size',
      ownProcess: true,
      objects: [module, threadFor()],
      steps: [
        step(1, stackSize(large)),
        step(1, start(), begins(2)),
        step(2, call('nests', { calls: manyCalls }), returns(true)),
        finishes(2),
      ],
    },
  ),
  rule(
    'mod.stack-size.query-resets',
    'Look at what a call without an argument does beside giving the size: it sets it back.',
    leaving('a second query finds what was there at first', [
      labelled('at first', step(1, stackSize())),
      step(1, stackSize(small)),
      step(1, stackSize(), returns(small)),
      step(1, stackSize(), same('at first')),
    ]),
  ),
  rule(
    'mod.stack-size.invalid-raises',
    'Look at sizes below 0 and between 0 and 32768, and at whether one that is refused was set all the same.',
    refusing(-1),
    refusing(1),
    refusing(32_767),
  ),
  rule(
    'mod.stack-size.unsupported-raises',
    'Look at what is done with a size where the size of stacks cannot be changed.',
    leaving('a size is either in force afterwards, or refused', [
      step(1, call('trySize', { size: small }), returnsOneOf('set', 'refused')),
    ]),
  ),
  usedWhere(
    rule(
      'mod.stack-size.platform-limits-free',
      'Nothing to fix: a system may refuse more sizes than the documentation does.',
      leaving('a size that is no multiple of a page', [
        step(1, stackSize(small)),
        step(1, stackSize(uneven)),
        step(1, stackSize(), returnsOneOf(small, uneven)),
        step(1, stackSize(small), comesBack),
      ]),
    ),
    refusesSize,
  ),
];
