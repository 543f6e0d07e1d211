import { blocks, call, reference, returns, step, thread } from '../../example.ts';
import { begins, comesBack, finishes, labelled, runsOn, same } from '../../lifecycle.ts';
import { type Rule, rule, usedWhere } from '../../rule.ts';
import { activeCount, join, mainThread, module, start, threadFor, timesListed } from './calls.ts';
import { ordersAnew } from './uses.ts';

const countedTooMany = call('countedTooMany');
const enumerate = call('enumerate');
const joinAndLook = call('joinAndLook', { thread: reference(1) });
const isMainListed = call('isMainListed');

/** A daemon, a thread that is none, and main, as they are listed. */
const all = returns({ json: '["object 2","object 3","the main thread"]' });

/** The rules of the live threads and their number. */
export const enumeratingRules: readonly Rule[] = [
  rule('mod.active-count.equals-enumerate', 'Look at whether what is counted is what is listed.', {
    title: 'a daemon and a thread that is none',
    objects: [module, threadFor(2, { daemon: true }), threadFor(3)],
    steps: [
      step(1, countedTooMany, returns(0)),
      step(1, start(1), begins(2)),
      step(1, countedTooMany, returns(0)),
      step(1, start(2), begins(3)),
      step(1, countedTooMany, returns(0)),
      step(2, countedTooMany, returns(0)),
      finishes(2),
      finishes(3),
    ],
  }),
  rule('mod.active-count.tracks-lifetime', 'Look at when a thread is counted out: at its end.', {
    title: 'one more while a thread is alive, one less when it was joined',
    objects: [module, threadFor(2), threadFor(3)],
    steps: [
      labelled('before', step(1, activeCount, returns(1))),
      step(1, start(1), begins(2)),
      labelled('one thread', step(1, activeCount, returns(2))),
      step(1, start(2), begins(3)),
      step(1, activeCount, returns(3)),
      finishes(3),
      step(1, join(2), comesBack),
      step(1, activeCount, same('one thread')),
      finishes(2),
      step(1, join(1), comesBack),
      step(1, activeCount, same('before')),
    ],
  }),
  rule('mod.enumerate.includes-daemon-main', 'Look at whom the list leaves out.', {
    title: 'a daemon, a thread that is none, and main are listed, whoever asks',
    objects: [module, threadFor(2, { daemon: true }), threadFor(3)],
    steps: [
      step(1, start(1), begins(2)),
      step(1, start(2), begins(3)),
      step(1, enumerate, all),
      step(2, enumerate, all),
      step(3, enumerate, all),
      finishes(2),
      finishes(3),
    ],
  }),
  rule('mod.enumerate.excludes-unstarted', 'Look at when a thread is listed: when it is started.', {
    title: 'a thread is listed from its start on',
    objects: [module, threadFor()],
    steps: [
      step(1, timesListed(1), returns(0)),
      step(1, start(), begins(2)),
      step(1, timesListed(1), returns(1)),
      finishes(2),
    ],
  }),
  rule(
    'mod.enumerate.excludes-terminated',
    'Look at what comes first at the end of a thread: it leaves the list, then those who wait for it go on.',
    {
      title: 'whoever has waited for a thread does not find it any more',
      objects: [module, threadFor()],
      steps: [
        step(1, start(), begins(2)),
        step(1, joinAndLook, blocks),
        finishes(2, thread(1, returns(0))),
        step(1, timesListed(1), returns(0)),
      ],
    },
    {
      title: 'nor a daemon that ends before anybody waits for it',
      objects: [module, threadFor(2, { daemon: true })],
      steps: [step(1, start(), begins(2)), finishes(2), step(1, joinAndLook, returns(0))],
    },
  ),
  rule(
    'mod.enumerate.main-stays',
    'Look at what becomes of the main thread when it has nothing to do any more.',
    {
      title: 'a thread that outlives main finds it listed',
      ownProcess: true,
      objects: [module, threadFor()],
      steps: [
        step(1, start(), begins(2)),
        step(2, isMainListed, returns(true)),
        finishes(1, runsOn),
        step(2, isMainListed, returns(true)),
        step(2, enumerate, returns({ json: '["object 2","the main thread"]' })),
        step(2, mainThread, returns('the main thread')),
        finishes(2),
      ],
    },
  ),
  rule('mod.enumerate.fresh-list', 'Look at what is handed out: the list itself, or a copy.', {
    title: 'a list is emptied, and the next one is not',
    objects: [module, threadFor()],
    steps: [
      step(1, start(), begins(2)),
      step(1, enumerate),
      step(1, call('emptyList'), returns(true)),
      finishes(2),
    ],
  }),
  usedWhere(
    rule('mod.enumerate.order-free', 'Nothing to fix: threads are listed in any order.', {
      title: 'two threads and main',
      objects: [module, threadFor(2), threadFor(3)],
      steps: [
        step(1, start(1), begins(2)),
        step(1, start(2), begins(3)),
        step(1, call('enumerateInOrder')),
        step(1, enumerate, returns({ json: '["object 2","object 3","the main thread"]' })),
        finishes(2),
        finishes(3),
      ],
    }),
    ordersAnew,
  ),
];
