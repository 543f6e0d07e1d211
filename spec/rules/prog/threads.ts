import {
  before,
  captures,
  inOrder,
  integers,
  last,
  never,
  notBefore,
  once,
  only,
  paired,
  times,
} from '../../output/checks.ts';
import { like, type Line } from '../../output/lines.ts';
import { type Rule, rule } from '../../rule.ts';
import { program } from './program.ts';

const unnamed = 'Thread-1(?: \\([^()]*\\))?';
const named = ['worker', 'my_service', unnamed];
/** A log's line: the name has ten columns, or more if it needs them. */
const padded = (name: string) => `\\[DEBUG\\] \\(${name} *\\)`;

/** Lines that a thread writes at its beginning and at its end, for each of the three. */
function beginsAndEnds(prefix: (name: string) => string) {
  const lines = (message: string) => named.map((name) => like(`${prefix(name)} ${message}`));
  const [starting, exiting] = [lines('Starting'), lines('Exiting')];
  return [
    only(...starting, ...exiting),
    ...starting.flatMap((line, index) => [once(line), before(line, exiting[index] as Line)]),
    ...exiting.map((line) => once(line)),
  ];
}

const daemonLines = ['(daemon) Starting', '(non-daemon) Starting', '(non-daemon) Exiting'];

/** Programs on threads: names, daemons, subclasses, timers. */
export const threadsRules: readonly Rule[] = [
  rule(
    'prog.s4.simple',
    'Look at whether every start() starts a thread, and whether the process waits for all.',
    program('five threads, for which nobody waits', 'simple', times('Worker', 5), only('Worker')),
  ),
  rule(
    'prog.s4.names',
    'Look at the names that are given, and at the one that is counted.',
    program('two threads with a name, and the first one without', 'names', ...beginsAndEnds((name) => name)),
  ),
  rule(
    'prog.s4.names-log',
    'Look at the lock around the pieces of a line.',
    program('lines that are written in pieces stay whole', 'namesLog', ...beginsAndEnds(padded), {
      check: 'only',
      // Ten columns at least, whatever the name.
      lines: [like('\\[DEBUG\\] \\([^)]{10,}\\)+ (?:Starting|Exiting)')],
    }),
  ),
  rule(
    'prog.s4.daemon',
    'Look at whom the process waits for at its end.',
    program(
      'the process ends while a daemon still runs',
      'daemon',
      inOrder(...daemonLines),
      never('(daemon) Exiting'),
      only(...daemonLines),
    ),
  ),
  rule(
    'prog.s4.daemon-join',
    'Look at what join() does with a daemon: it waits.',
    program(
      'a daemon that is joined comes to its end',
      'daemonJoin',
      inOrder(...daemonLines, '(daemon) Exiting'),
      last('(daemon) Exiting'),
    ),
  ),
  rule(
    'prog.s4.daemon-join-timeout',
    'Look at when join() with a time-out gives up, and what isAlive() says then.',
    program(
      'nobody waits longer than the time-out for a daemon',
      'daemonJoinTimeout',
      inOrder(...daemonLines),
      once(like('d\\.(?:isAlive|is_alive)\\(\\) [Tt]rue')),
      never('(daemon) Exiting'),
    ),
  ),
  rule(
    'prog.s4.enumerate',
    'Look at whom enumerate() leaves out: nobody who is alive.',
    program(
      'the main thread joins all others, daemons though they are',
      'enumerate',
      captures(like('joining (.*)'), ['a', 'b', 'c']),
      captures(like('(.*) sleeping [0-9.]+'), ['a', 'b', 'c']),
      captures(like('(.*) ending'), ['a', 'b', 'c']),
      paired(like('(.*) sleeping [0-9.]+'), like('(.*) ending')),
    ),
  ),
  rule(
    'prog.s4.subclass',
    'Look at which run() is called: that of the subclass.',
    program(
      'five threads of a class of its own',
      'subclass',
      captures(
        like('(.*) running'),
        integers(1, 5).map((number) => `Thread-${number}`),
      ),
      times(like('.*'), 5),
    ),
  ),
  rule(
    'prog.s4.subclass-args',
    'Look at whose properties a thread has: its own object alone.',
    program(
      'five threads of one class, each with what it was given',
      'subclassArgs',
      ...integers(0, 4).map((index) =>
        once(
          like(
            `Thread-${index + 1} running with \\(${index},\\) and \\{["']a["']: ?["']A["'], ?["']b["']: ?["']B["']\\}`,
          ),
        ),
      ),
      times(like('.*'), 5),
    ),
  ),
  rule(
    'prog.s4.timer',
    'Look at what cancel() does to a timer whose time has not come.',
    program(
      'one timer of two is cancelled',
      'timer',
      inOrder('starting timers', 'waiting before canceling t2', 'canceling t2', 'done'),
      once('t1 worker running'),
      notBefore(0.3, 't1 worker running'),
      never('t2 worker running'),
      times(like('.*'), 5),
    ),
  ),
];
