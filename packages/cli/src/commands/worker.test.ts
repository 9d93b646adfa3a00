import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { runProgram } from '../testing/program.js';
import { recordedTerminal } from '../testing/recorded-terminal.js';
import { StorageServer } from '../testing/storage-server.js';

const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const server = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);

let folder = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-worker-'));
});
afterEach(async () => {
  // The server last: workers give back to it what they have.
  for (const child of children.splice(0).reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true });
});

function start(file: string, words: readonly string[], environment = {}): ChildProcess {
  const child = spawn(file, words, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  children.push(child);
  return child;
}

/** A Redis on loopback. @returns its address */
async function startRedis(): Promise<string> {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  start(server!, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder]);
  return `redis://127.0.0.1:${port}`;
}

const sweepOf = (out: string, ...words: string[]) =>
  smallSweep(out, '--methods=gan,lsgan', '--steps=40', '--set=evaluation.every=10', ...words);

const smallSweep = (out: string, ...words: string[]) => [
  'sweep',
  '--preset=gaussian-grid',
  '--seeds=1',
  '--backend=cpu',
  '--set=evaluation.samples=100',
  '--set=architecture.hiddenUnits=[8]',
  '--set=batchSize=16',
  '--set=dataset.pointsPerMode=20',
  '--no-probe',
  `--out=${out}`,
  ...words,
];

const recordsIn = (path: string) =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /[\\/]run\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(path, name), 'utf8')) as { seed: number; startedAt: string });

const results = (path: string) =>
  readFileSync(join(folder, path, 'results.json'), 'utf8').replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0');

const hasCheckpoint = (path: string) =>
  existsSync(path) &&
  readdirSync(path).some((name) => {
    const checkpoints = join(path, name, 'checkpoints');
    return existsSync(checkpoints) && readdirSync(checkpoints).some((file) => file.startsWith('step-'));
  });

describe.skipIf(!existsSync(bin) || server === undefined || process.platform === 'win32')(
  'dist-gan worker',
  () => {
    it(
      'takes over from one that was killed, and the table is that of one process to the digit',
      { timeout: 300_000 },
      async () => {
        const address = await startRedis();
        const words = ['worker', '--queue', address, '--jobs=2', '--take-over=2'];

        const terminal = recordedTerminal({ workingDirectory: folder });
        expect(await main(sweepOf('here', '--jobs=2'), terminal)).toBe(0);

        const first = start(process.execPath, [bin, ...words]);
        const there = recordedTerminal({
          workingDirectory: folder,
          environment: { DIST_GAN_QUEUE: address },
        });
        const swept = main(sweepOf('there'), there);
        while (!hasCheckpoint(join(folder, 'there'))) await new Promise((resolve) => setTimeout(resolve, 20));
        first.kill('SIGKILL');
        start(process.execPath, [bin, ...words, '--rate=100000']);
        expect({ code: await swept, ...there.written }).toMatchObject({ code: 0, stderr: '' });
        expect(results('there')).toBe(results('here'));
        // What dist-gan watch shows of them.
        const workers = JSON.parse(readFileSync(join(folder, 'there', 'workers.json'), 'utf8')) as {
          runs: number;
          atWork: number;
          limit?: number;
        }[];
        expect(workers.reduce((sum, { runs }) => sum + runs, 0)).toBe(2);
        expect(workers.map(({ atWork }) => atWork)).toEqual(workers.map(() => 0));
        expect(workers.at(-1)).toMatchObject({ limit: 100_000 });
      },
    );

    it(
      'takes over without the disk of the one that was killed, by a storage',
      { timeout: 300_000 },
      async () => {
        const address = await startRedis();
        const storage = await StorageServer.start(join(folder, 's3'));
        try {
          const environment = { DIST_GAN_QUEUE: address, ...storage.environment };
          // Long enough for a checkpoint to be on its way while more are to come.
          const longer = ['--methods=gan', '--steps=160', '--set=evaluation.every=40'];
          const terminal = recordedTerminal({ workingDirectory: folder });
          expect(await main(smallSweep('here', ...longer, '--jobs=1'), terminal)).toBe(0);

          const words = (scratch: string) => [
            bin,
            'worker',
            '--jobs=1',
            '--take-over=2',
            `--scratch=${scratch}`,
          ];
          const first = start(process.execPath, words('first'), environment);
          const there = recordedTerminal({ workingDirectory: folder, environment });
          const swept = main(smallSweep('there', ...longer, '--storage=s3://runs/grid'), there);
          while (!storage.hasCheckpoint()) await new Promise((resolve) => setTimeout(resolve, 20));
          first.kill('SIGKILL');
          const [{ startedAt }] = recordsIn(join(folder, 'first'));
          start(process.execPath, words('second'), environment);
          expect({ code: await swept, ...there.written }).toMatchObject({ code: 0, stderr: '' });
          expect(results('there')).toBe(results('here'));
          // It went on: a run that begins anew has begun later.
          expect(recordsIn(join(folder, 'there'))).toMatchObject([{ startedAt }]);
          expect(readdirSync(join(folder, 'second'))).toEqual([]);
        } finally {
          await storage.stop();
        }
      },
    );

    it('leaves no sweep waiting for its queue that an error has ended', { timeout: 60_000 }, async () => {
      const address = await startRedis();
      // In the place of a file that the sweep writes when its queue is open.
      mkdirSync(join(folder, 'there', 'workers.json'), { recursive: true });
      const swept = await runProgram(folder, sweepOf('there', `--queue=${address}`));
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
      const terminal = recordedTerminal({ workingDirectory: folder });
      expect(await main(['worker', ...words], terminal)).toBe(expected);
      expect(terminal.written.stderr).toContain(message);
      expect(terminal.written.stderr).not.toContain(':word@');
    });
  },
);
