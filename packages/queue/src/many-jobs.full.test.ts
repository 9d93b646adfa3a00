import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findRuns,
  planSweep,
  resolveSweep,
  runSweep,
  SweepFolder,
  type PlannedRun,
  type ProgramCall,
} from '@dist-gan/sweeps';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SweepQueue } from './sweep-queue.js';
import { RedisServer, redisProgram } from '../test/redis-server.js';
import { runWorker } from './worker.js';

/** Runs that take no time: a shell writes the folder of one that is over, and its name into a list of all that were trained. */
function program(ran: string) {
  const script =
    'mkdir "$1" && printf %s "$2" > "$1/run.json" && printf %s "$3" > "$1/result.json" && echo "$1" >> "$4"';
  return {
    train({ spec }: PlannedRun, _: string, folder: string): ProgramCall {
      const { preset, seed, options } = spec;
      const record = {
        ...{
          preset,
          seed,
          options,
          samples: { shape: [2], range: [0, 1] },
          executor: 'eager',
          backend: 'cpu',
        },
        ...{ versions: { node: '0' }, startedAt: '' },
        machine: { processor: 'test', cores: 1, platform: 'test', memoryBytes: 1 },
      };
      const result = {
        preset,
        seed,
        steps: 1,
        seconds: 0,
        stepsPerSecond: 1,
        executor: 'eager',
        metrics: [],
      };
      return {
        file: 'sh',
        words: ['-c', script, 'sh', folder, JSON.stringify(record), JSON.stringify(result), ran],
      };
    },
    resume(): ProgramCall {
      throw new Error('a run was gone on with that was over');
    },
  };
}

const count = 1000;

describe.skipIf(redisProgram === undefined)('a queue with a thousand jobs', () => {
  let base = '';
  let server: RedisServer;
  const warnings: string[] = [];
  const warn = ({ name }: Error) => void warnings.push(name);
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'dist-gan-jobs-'));
    server = await RedisServer.start(base);
    process.on('warning', warn);
  });
  afterEach(async () => {
    process.off('warning', warn);
    await server.stop();
    rmSync(base, { recursive: true });
  });

  it('loses none and trains none twice', { timeout: 300_000 }, async () => {
    const plan = await planSweep(resolveSweep({ presets: ['grid'], seeds: count }), {
      resolve: ({ preset }) => Promise.resolve({ preset, options: { steps: 1 } }),
      engine: {},
      versions: {},
    });
    const ran = join(base, 'ran');
    writeFileSync(ran, '');
    const stop = new AbortController();
    const options = { address: server.address, jobs: 2, programOf: () => program(ran) };
    const workers = [1, 2, 3].map(() => runWorker(options, stop.signal));
    const queue = await SweepQueue.open(server.address);
    const path = join(base, 'sweep');
    const folder = SweepFolder.open(path);
    const { signal } = new AbortController();
    const [begun, before] = [performance.now(), process.cpuUsage()];
    await runSweep({
      ...{ folder: path, plan, store: folder.store, signal, jobs: count },
      execute: queue.execute(path),
    });
    const { user, system } = process.cpuUsage(before);
    const each = [performance.now() - begun, (user + system) / 1000].map((ms) => (ms / count).toFixed(1));
    console.log(
      `each of ${count} jobs: ${each[0]} ms, of which the queue, its workers and the index compute ${each[1]} ms`,
    );
    const found = findRuns(path, plan, folder.store);
    folder.close();
    await queue.close();
    stop.abort();
    await Promise.all(workers);
    expect([...found.values()].filter((stored) => stored?.outcome.state === 'done')).toHaveLength(count);
    const names = readFileSync(ran, 'utf8').trim().split('\n');
    expect(names).toHaveLength(count);
    expect(new Set(names).size).toBe(count);
    // Listeners do not grow with the jobs.
    expect(warnings).toEqual([]);
  });
});
