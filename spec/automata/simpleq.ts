import type { Topic } from './queue/kind.ts';
import { queueAutomaton } from './queue/machine.ts';
import { firstFirst } from './queue/orders.ts';

const rules: Readonly<Partial<Record<Topic, string>>> = {
  'new.unbounded': 'simpleq.put.never-blocks',
  'put.negative-timeout': 'simpleq.put.never-blocks',
  'put.resumes': 'simpleq.put.never-blocks',
  'put.returns-none': 'simpleq.put.never-blocks',
  'hook-failure-safe': 'simpleq.put.never-blocks',
  fifo: 'simpleq.fifo',
  'exactly-once': 'simpleq.fifo',
  'any-item': 'simpleq.fifo',
  'failure-no-effect': 'simpleq.fifo',
  'get.blocks-when-empty': 'simpleq.get.blocks',
  'get.resumes': 'simpleq.get.blocks',
  'get.nonblocking-empty': 'simpleq.get.nonblocking',
  'get.nonblocking-ignores-timeout': 'simpleq.get.nonblocking',
  nowait: 'simpleq.get.nonblocking',
  'get.timeout': 'simpleq.get.timeout',
  'get.negative-timeout': 'simpleq.get.negative-timeout',
  qsize: 'simpleq.qsize',
};

/** SimpleQueue: first in, first out, without a limit, and nothing else. */
export const simpleqAutomaton = queueAutomaton({
  family: 'simpleq',
  order: firstFirst,
  cite: (topic) => [rules[topic] ?? []].flat(),
  labels: [
    'get granted after sleeping',
    'empty queue contended by getters',
    'get expired',
    'several items at a get',
  ],
  lacks: {
    methods: ['full', 'taskDone', 'join', 'shutdown', 'maxsize', 'assign'],
    rules: ['simpleq.no-tracking'],
  },
});
