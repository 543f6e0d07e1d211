import type { Queue } from '../../impl/threading/index.ts';

/**
 * Puts and gets again and again, while another thread does the same.
 * @throws Empty if an item is lost: whoever gets one has put one before.
 */
export function contend(queue: Queue<number>): void {
  for (let item = 0; item < 5000; item++) {
    queue.putNowait(item);
    queue.getNowait();
  }
}
