/** Workers that share a disk; `worker.test.ts` has those that share none, and only a storage. */
import { expect, it } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';
import {
  describeWorkers,
  expectIdleWorkers,
  hasCheckpoint,
  startRedis,
  startWorker,
} from '../../test/workers.js';
import { results, smallSweep } from '../../test/small-sweep.js';

const sweepOf = (out: string, ...words: string[]) =>
  smallSweep(out, '--methods=gan,lsgan', '--steps=40', '--set=evaluation.every=10', ...words);

describeWorkers((inFolder) => {
  it(
    'takes over from one that was killed, and the table is that of one process to the digit',
    { timeout: 300_000 },
    async () => {
      const workingDirectory = inFolder('.');
      const address = await startRedis();
      const words = ['--queue', address, '--jobs=2', '--take-over=2'];
      expect(await main(sweepOf('here', '--jobs=2'), recordedTerminal({ workingDirectory }))).toBe(0);

      const first = startWorker(words);
      const there = recordedTerminal({ workingDirectory, environment: { DIST_GAN_QUEUE: address } });
      const swept = main(sweepOf('there'), there);
      while (!hasCheckpoint(inFolder('there'))) await new Promise((resolve) => setTimeout(resolve, 20));
      first.kill('SIGKILL');
      startWorker([...words, '--rate=100000']);
      expect({ code: await swept, ...there.written }).toMatchObject({ code: 0, stderr: '' });
      expect(results(inFolder('there'))).toBe(results(inFolder('here')));
      expectIdleWorkers(inFolder('there'), { runs: 2, limit: 100_000 });
    },
  );
});
