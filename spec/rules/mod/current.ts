import { call, on, returns, step } from '../../example.ts';
import { begins, finishes } from '../../lifecycle.ts';
import { type Rule, rule } from '../../rule.ts';
import {
  currentThread,
  lowthread,
  mainThread,
  module,
  ofCurrent,
  ofMain,
  start,
  startAlien,
  startRaw,
  threadFor,
} from './calls.ts';

const isSameAgain = call('isSameAgain');
const isMain = call('isMain');

/** The rules of the functions that give threads. */
export const currentRules: readonly Rule[] = [
  rule(
    'mod.current-thread.is-runner',
    'Look at what a new thread knows itself by: it is told which one it is, and keeps one object of it.',
    {
      title: 'a thread knows which one it is',
      objects: [module, threadFor()],
      steps: [
        step(1, start(), begins(2)),
        step(2, currentThread, returns('object 2')),
        step(2, isSameAgain, returns(true)),
        finishes(2),
      ],
    },
    {
      title: 'what a thread does to its own object is done to the thread',
      objects: [module, threadFor()],
      steps: [
        step(1, start(), begins(2)),
        step(2, call('nameCurrent', { name: 'named by itself' })),
        step(1, on(1, call('name')), returns('named by itself')),
        step(2, ofCurrent('name'), returns('named by itself')),
        finishes(2),
      ],
    },
  ),
  rule(
    'mod.current-thread.main',
    'Look at how the first thread is told from those that the library did not start.',
    {
      title: 'the first thread is the main thread',
      objects: [module, threadFor()],
      steps: [
        step(1, isMain, returns(true)),
        step(1, start(), begins(2)),
        step(2, isMain, returns(false)),
        finishes(2),
        step(1, isMain, returns(true)),
      ],
    },
  ),
  rule(
    'mod.current-thread.alien-dummy',
    'Look at what a thread that the library did not start is told of itself.',
    {
      title: 'a worker that was started without the library has a thread',
      objects: [module],
      steps: [
        step(1, startAlien(2), begins(2)),
        step(2, currentThread, returns('another thread')),
        step(2, isMain, returns(false)),
        finishes(2),
      ],
    },
    {
      title: 'a thread that was started by the low-level function has one',
      ownProcess: true,
      objects: [module, lowthread],
      steps: [
        step(1, startRaw(2), begins(2)),
        step(2, currentThread, returns('another thread')),
        finishes(2),
      ],
    },
  ),
  rule(
    'mod.main-thread',
    'Look at where other threads find the main thread, and what they are told of it.',
    {
      title: 'it is the same for itself and for a thread that it has started',
      objects: [module, threadFor()],
      steps: [
        step(1, mainThread, returns('the main thread')),
        step(1, ofMain('name'), returns('MainThread')),
        step(1, start(), begins(2)),
        step(2, mainThread, returns('the main thread')),
        step(2, ofMain('name'), returns('MainThread')),
        step(2, ofMain('isAlive'), returns(true)),
        step(2, ofMain('daemon'), returns(false)),
        finishes(2),
      ],
    },
    {
      title: 'a thread that the library did not start finds it',
      objects: [module],
      steps: [
        step(1, startAlien(2), begins(2)),
        step(2, mainThread, returns('the main thread')),
        finishes(2),
      ],
    },
  ),
];
