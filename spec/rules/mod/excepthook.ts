import { blocks, call, type OrderedExample, on, returns, step, thread } from '../../example.ts';
import { begins, body, comesBack, finishes, labelled, leaves, same, threadOf } from '../../lifecycle.ts';
import type { ObjectSpec } from '../../program.ts';
import { type Rule, rule } from '../../rule.ts';
import { join, module, setExcepthook, start, threadFor } from './calls.ts';

const hasOriginal = call('hasOriginalExcepthook');
const original = call('originalExcepthook');
const setOriginal = call('setOriginalExcepthook');

/** How threads end here. */
const error = { raises: 'OverflowError' };
const systemExit = { raises: 'SystemExit', value: 3 };
const keyboardInterrupt = { raises: 'KeyboardInterrupt' };

/** A process of its own, of which is known what it prints. */
function printing(
  title: string,
  objects: readonly ObjectSpec[],
  steps: OrderedExample['steps'],
  stderr?: readonly string[],
): OrderedExample {
  const example: OrderedExample = { title, ownProcess: true, objects: [module, ...objects], steps };
  return stderr === undefined ? example : { ...example, stderr };
}

/** A hook that is set is called for this, too. */
function seenByHook(title: string, by: typeof systemExit | typeof keyboardInterrupt): OrderedExample {
  return printing(
    title,
    [threadFor()],
    [step(1, setExcepthook(3)), step(1, start(), begins(2)), leaves(2, by, begins(3)), finishes(3)],
  );
}

/** The rules of the hook for errors of threads. */
export const excepthookRules: readonly Rule[] = [
  rule(
    'mod.excepthook.default-output',
    'Look at what the thread does with an error that nobody has caught, before it ends.',
    printing(
      'an error is printed with the name of the thread and where it was raised',
      [threadFor(2, { name: 'the seventh' })],
      [
        step(1, start(), begins(2)),
        leaves(2, error),
        step(1, join(), returns(undefined)),
        step(1, on(1, call('isAlive')), returns(false)),
      ],
      // The places come after the error in JavaScript, and before it in Python.
      ['the seventh', '(?:OverflowError[^]*\\n\\s+at |\\n\\s+File [^]*OverflowError)'],
    ),
  ),
  rule(
    'mod.excepthook.args',
    'Look at what the hook is told: one argument, with the error, its class, where it was raised, and the thread.',
    printing(
      'a hook is told of an error',
      [threadFor()],
      [
        step(1, start(), begins(2)),
        step(2, call('setExcepthookHere', { to: body(3) })),
        leaves(
          2,
          error,
          begins(3, { given: [1, true, true, { json: '{"error":"OverflowError"}' }, 'object 2'] }),
        ),
        finishes(3),
      ],
    ),
  ),
  rule(
    'mod.excepthook.systemexit-silent',
    'Look at which errors the original hook does not print.',
    printing(
      'a thread that exits prints nothing',
      [threadFor()],
      [step(1, start(), begins(2)), leaves(2, systemExit), step(1, join(), returns(undefined))],
      [],
    ),
  ),
  rule(
    'mod.excepthook.override',
    'Look at whether the hook is called that was set, and no other.',
    printing(
      'a hook gets the error, and nothing is printed',
      [threadFor()],
      [
        step(1, setExcepthook(3)),
        step(1, start(), begins(2)),
        leaves(2, error, begins(3)),
        finishes(3),
        step(1, join(), comesBack),
      ],
      [],
    ),
    printing(
      'the original hook is set again, and prints',
      [threadFor(2, { name: 'the seventh' })],
      [
        step(1, setExcepthook(3)),
        step(1, setOriginal),
        step(1, start(), begins(2)),
        leaves(2, error),
        step(1, join(), comesBack),
      ],
      ['the seventh', 'OverflowError'],
    ),
  ),
  rule(
    'mod.excepthook.custom-sees-systemexit',
    'Look at where SystemExit is sorted out: in the original hook, not before.',
    seenByHook('a thread exits', systemExit),
    seenByHook('a thread was interrupted', keyboardInterrupt),
  ),
  rule(
    'mod.excepthook.failure-to-sys',
    'Look at what becomes of an error of the hook, and of the thread.',
    printing(
      'a hook fails: its error is printed, and the thread ends',
      [threadFor()],
      [
        step(1, setExcepthook(3)),
        step(1, start(), begins(2)),
        leaves(2, error, begins(3)),
        leaves(3, { raises: 'ValueError' }),
        step(1, join(), returns(undefined)),
        step(1, on(1, call('isAlive')), returns(false)),
      ],
      ['ValueError'],
    ),
  ),
  rule(
    'mod.excepthook.original-kept',
    'Look at what the name of the original hook stands for once another one is set.',
    printing(
      'another hook is set, and taken back',
      [],
      [
        labelled('at first', step(1, original)),
        step(1, hasOriginal, returns(true)),
        step(1, setExcepthook(2)),
        step(1, original, same('at first')),
        step(1, hasOriginal, returns(false)),
        step(1, setOriginal),
        step(1, hasOriginal, returns(true)),
        step(1, original, same('at first')),
      ],
    ),
  ),
  rule(
    'mod.excepthook.in-failing-thread',
    'Look at who calls the hook, and whether the thread waits for it before it ends.',
    printing(
      'a hook is at work while others wait for the thread',
      [threadFor()],
      [
        step(1, setExcepthook(3)),
        step(1, start(), begins(2)),
        leaves(2, error, begins(3, { in: threadOf(2) })),
        step(3, on(1, call('isAlive')), returns(true)),
        step(1, join(), blocks),
        finishes(3, thread(1, returns(undefined))),
      ],
    ),
  ),
];
