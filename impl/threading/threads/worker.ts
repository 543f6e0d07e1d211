import '../index.ts';
import { SystemExit } from '../errors.ts';
import { currentThread } from '../mod.ts';
import type { Assignment, Job, Place } from './job.ts';
import { reachBrokerBy } from './launch.ts';
import { needNode } from './node.ts';
import { writeAtOnce } from './output.ts';
import { becomeThread } from './realm.ts';
import { end, endStart, identOf, nameOf } from './record.ts';
import { reportDeath } from './report.ts';
import { runJob } from './running.ts';

const { threads, process } = needNode();
const { broker, first } = threads.workerData as Place;

writeAtOnce();
reachBrokerBy(broker);
broker.on('message', (next: Assignment) => void serve(next));
await serve(first);

async function serve({ record, job: port }: Assignment): Promise<void> {
  becomeThread(record, identOf(record));
  endStart(record, true);
  try {
    const job = threads.receiveMessageOnPort(port)?.message as Job;
    await runJob(currentThread(), job);
  } catch (error) {
    if (!(error instanceof SystemExit)) reportDeath(nameOf(record), error);
  }
  process.removeAllListeners('exit');
  end(record);
  process.exit();
}
