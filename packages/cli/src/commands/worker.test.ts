import { mkdirSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { main } from '../main.js';
import { runProgram } from '../../test/program.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';
import { StorageServer } from '../../test/storage-server.js';
import { describeWorkers, expectIdleWorkers, startRedis, startWorker } from '../../test/workers.js';
import { beginnings, results, smallSweep } from '../../test/small-sweep.js';

describeWorkers((inFolder) => {
  it(
    'takes over without the disk of the one that was killed, by a storage',
    { timeout: 300_000 },
    async () => {
      const workingDirectory = inFolder('.');
      const address = await startRedis();
      const storage = await StorageServer.start(inFolder('s3'));
      try {
        const environment = { DIST_GAN_QUEUE: address, ...storage.environment };
        // Long enough for a checkpoint to be on its way while more are to come.
        const longer = ['--methods=gan', '--steps=160', '--set=evaluation.every=40'];
        const here = recordedTerminal({ workingDirectory });
        expect(await main(smallSweep('here', ...longer, '--jobs=1'), here)).toBe(0);

        const words = (scratch: string) => ['--jobs=1', '--take-over=2', `--scratch=${scratch}`];
        const first = startWorker(words('first'), environment);
        const there = recordedTerminal({ workingDirectory, environment });
        const swept = main(smallSweep('there', ...longer, '--storage=s3://runs/grid'), there);
        while (!storage.hasCheckpoint()) await new Promise((resolve) => setTimeout(resolve, 20));
        first.kill('SIGKILL');
        // On a machine so busy that it lost its claim for a while, it has begun more than once.
        const begun = beginnings(inFolder('first'));
        expect(begun).not.toEqual([]);
        startWorker([...words('second'), '--rate=100000'], environment);
        expect({ code: await swept, ...there.written }).toMatchObject({ code: 0, stderr: '' });
        expect(results(inFolder('there'))).toBe(results(inFolder('here')));
        // It went on: a run that begins anew has begun later.
        const finished = beginnings(inFolder('there'));
        expect(finished).toHaveLength(1);
        expect(begun).toContain(finished[0]);
        expect(readdirSync(inFolder('second'))).toEqual([]);
        expectIdleWorkers(inFolder('there'), { runs: 1, limit: 100_000 });
      } finally {
        await storage.stop();
      }
    },
  );

  it('leaves no sweep waiting for its queue that an error has ended', { timeout: 60_000 }, async () => {
    const address = await startRedis();
    // In the place of a file that the sweep writes when its queue is open.
    mkdirSync(inFolder('there/workers.json'), { recursive: true });
    const swept = await runProgram(inFolder('.'), smallSweep('there', '--methods=gan', `--queue=${address}`));
    expect(swept).toMatchObject({ code: 2, signal: null });
    expect(swept.stderr).toContain('workers.json cannot be written');
  });

  it.each([
    [[], 'worker needs a queue'],
    [
      ['--queue=redis://127.0.0.1:1', '--folder=/shared'],
      '--folder must say what a folder of the planning machine is called here, for instance /shared=/mnt/shared (got /shared)',
    ],
    [['--queue=redis://127.0.0.1:1', '--rate=none'], '--rate must be how many runs an hour'],
    [['--queue=localhost'], '--queue must be the address of a Redis or Valkey'],
    [['--queue=redis://:word@127.0.0.1:1'], '--queue redis://127.0.0.1:1 cannot be used', 69],
  ])('refuses %j', async (words, message, expected = 2) => {
    const terminal = recordedTerminal({ workingDirectory: inFolder('.') });
    expect(await main(['worker', ...words], terminal)).toBe(expected);
    expect(terminal.written.stderr).toContain(message);
    expect(terminal.written.stderr).not.toContain(':word@');
  });
});
