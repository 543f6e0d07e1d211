import { MessageChannel } from 'node:worker_threads';
import type Tinypool from 'tinypool';
import type { Program } from '../../../spec/program.ts';
import type { WithForm } from '../loaded.ts';
import type { Source } from '../source.ts';
import { Control, type ControlSize } from './layout.ts';
import { encodeSchedules, type Schedule } from './schedule.ts';
import type { Created, ThreadTask } from './thread.ts';

export interface Batch {
  readonly source: Source;
  readonly form: WithForm;
  readonly program: Program;
  readonly schedules: readonly Schedule[];
  /** How many decisions to record, all executions together; default none. */
  readonly records?: number;
}

export async function runBatch(pool: Tinypool, batch: Batch): Promise<Control> {
  const { program, schedules } = batch;
  const encoded = encodeSchedules(schedules);
  const size: ControlSize = {
    executions: schedules.length,
    events: 200_000,
    schedules: encoded.length,
    records: batch.records ?? 0,
  };
  const control = new Control(size);
  control.schedules.set(encoded);
  const task = { source: batch.source, form: batch.form, program, control: control.buffer, size };
  const { port1, port2 } = new MessageChannel();
  const message = new Promise<Created>((resolve) => port1.once('message', resolve));
  const first = pool.run({ ...task, thread: 0, port: port2 } satisfies ThreadTask, {
    // Tinypool's type names another overload of postMessage.
    transferList: [port2] as never,
  });
  const answer = await message;
  port1.close();
  if ('created' in answer) {
    const others = program.threads
      .slice(1)
      .map((_, position) =>
        pool.run({ ...task, thread: position + 1, created: answer.created } satisfies ThreadTask),
      );
    await Promise.all([first, ...others]);
  } else {
    await first;
  }
  return control;
}
