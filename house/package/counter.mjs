import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { Lock } from 'lockproof/threading';

const rounds = 2000;

if (isMainThread) {
  const lock = new Lock();
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from(
    { length: 3 },
    () => new Worker(import.meta.filename, { workerData: { lock, counter } }),
  );
  const codes = await Promise.all(
    workers.map((worker) => new Promise((resolve) => worker.on('exit', resolve))),
  );
  console.log(JSON.stringify({ codes, counter: counter[0], locked: lock.locked() }));
} else {
  const lock = Lock.from(workerData.lock);
  for (let round = 0; round < rounds; round++) {
    lock.acquire();
    workerData.counter[0]++;
    lock.release();
  }
}
