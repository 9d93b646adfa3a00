import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectSocket, createServer, type AddressInfo, type Socket } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OptionError } from '@dist-gan/core';
import { lockRun } from '@dist-gan/runs';
import {
  findRuns,
  planSweep,
  resolveSweep,
  runSweep,
  summarise,
  SweepFolder,
  trainHere,
  type Execute,
  type PlannedRun,
  type SweepPlan,
  type TrainingProgram,
} from '@dist-gan/sweeps';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, withoutSecrets } from './connection.js';
import { SweepQueue } from './sweep-queue.js';
import { RedisServer, redisProgram } from '../test/redis-server.js';
import { runWorker } from './worker.js';

/** Stands for the program that trains; see there. */
const script = fileURLToPath(new URL('../../../tooling/fixtures/training.mjs', import.meta.url));
const program: TrainingProgram = {
  train: (_, config, folder) => ({ file: process.execPath, words: [script, 'train', config, folder] }),
  resume: (_, folder) => ({ file: process.execPath, words: [script, 'resume', folder] }),
};

/** Of the workers of a test. */
const stops: (() => Promise<void>)[] = [];
let base = '';
let server: RedisServer;
const address = () => server.address;

/** A way to the server that can be cut, as a network is. */
async function wayToServer() {
  const sockets = new Set<Socket>();
  let isCut = false;
  const way = createServer((socket) => {
    if (isCut) return void socket.destroy();
    const onward = connectSocket(server.port, '127.0.0.1');
    for (const one of [socket, onward]) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => [socket, onward].forEach((each) => each.destroy()));
    }
    socket.pipe(onward).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  return {
    address: address().replace(/\d+$/, `${(way.address() as AddressInfo).port}`),
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => void (isCut = false),
    close: () => void way.close(),
  };
}

const planOf = (seeds: number | readonly number[], set: Record<string, number> = {}): Promise<SweepPlan> =>
  planSweep(resolveSweep({ presets: ['grid'], methods: ['a', 'b'], seeds }), {
    resolve: ({ preset, method = 'a' }) =>
      Promise.resolve({ preset, options: { method, bias: method === 'a' ? 0 : 100, steps: 4, ...set } }),
    engine: { threads: 1 },
    versions: {},
  });

/** What a sweep says in the end, without when and where. */
async function resultsOf(
  plan: SweepPlan,
  name: string,
  execute: (path: string) => Execute,
): Promise<unknown> {
  const path = join(base, name);
  const folder = SweepFolder.open(path);
  try {
    const { signal } = new AbortController();
    await runSweep({ folder: path, plan, store: folder.store, execute: execute(path), jobs: 2, signal });
    const { groups } = summarise(plan, findRuns(path, plan, folder.store), () => []);
    return groups.map(({ rows, columns }) => [rows.map(({ counts }) => counts), columns]);
  } finally {
    folder.close();
  }
}

describe.skipIf(redisProgram === undefined)('a queue in Redis', { timeout: 120_000 }, () => {
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'dist-gan-queue-'));
    server = await RedisServer.start(base);
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await server.stop();
    rmSync(base, { recursive: true, force: true });
  });

  /** A worker in this process, until it is stopped. */
  const startWorker = (options: Partial<Parameters<typeof runWorker>[0]> = {}) => {
    const controller = new AbortController();
    const over = runWorker(
      { address: address(), jobs: 1, programOf: () => program, ...options },
      controller.signal,
    );
    return async () => {
      controller.abort();
      await over;
    };
  };

  it('gives the table of one process, by two workers', async () => {
    const plan = await planOf(2);
    const here = await resultsOf(plan, 'here', (path) => trainHere(path, program));
    const stops = [startWorker(), startWorker()];
    const queue = await SweepQueue.open(address());
    expect(await resultsOf(plan, 'there', (path) => queue.execute(path))).toEqual(here);
    expect(queue.workers).toMatchObject([{ worker: `${hostname()}/${process.pid}`, atWork: 0, runs: 4 }]);
    await queue.close();
    for (const stop of stops) await stop();
  });

  it('has a worker begin no more runs than it says, and others take what waits', async () => {
    const plan = await planOf(2);
    const queue = await SweepQueue.open(address());
    let begun = 0;
    const firstBegan = new Promise<void>((resolve) => {
      const onBegin = () => void (++begun === 1 && resolve());
      stops.push(startWorker({ jobs: 3, runsAnHour: 1, onBegin }));
    });
    const there = resultsOf(plan, 'there', (path) => queue.execute(path));
    await firstBegan;
    // A limit for all workers together, as BullMQ's own is, would have this one wait for an hour.
    stops.push(startWorker({ jobs: 3 }));
    expect(await there).toMatchObject([[[{ done: 2 }, { done: 2 }], expect.anything()]]);
    expect(begun).toBe(1);
    await queue.close();
  });

  it('has a worker go on when its time has come', async () => {
    const plan = await planOf(2);
    stops.push(startWorker({ jobs: 3, runsAnHour: 20_000 }));
    const queue = await SweepQueue.open(address());
    const there = await resultsOf(plan, 'there', (path) => queue.execute(path));
    expect(there).toMatchObject([[[{ done: 2 }, { done: 2 }], expect.anything()]]);
    expect(queue.workers).toMatchObject([{ runs: 4, atWork: 0, runsAnHour: 20_000 }]);
    await queue.close();
  });

  it('tries a run again that an error ends, and says why', async () => {
    const plan = await planOf(1, { failsAt: 2, failures: 9 });
    const stop = startWorker();
    const queue = await SweepQueue.open(address());
    const results = await resultsOf(plan, 'there', (path) => queue.execute(path));
    expect(results).toMatchObject([[[{ failed: 1 }, { failed: 1 }], []]]);
    await queue.close();
    await stop();
  });

  it('tries a run again later that another process holds', async () => {
    const plan = await planOf(1);
    const [held] = plan.runs;
    mkdirSync(join(base, 'there', held.name), { recursive: true });
    const lock = lockRun(join(base, 'there', held.name));
    let begun = 0;
    const onBegin = ({ name }: PlannedRun) => {
      if (name === held.name && ++begun === 2) lock.release();
    };
    stops.push(startWorker({ onBegin }));
    const queue = await SweepQueue.open(address());
    const there = await resultsOf(plan, 'there', (path) => queue.execute(path));
    expect(there).toMatchObject([[[{ done: 1 }, { done: 1 }], expect.anything()]]);
    expect(begun).toBe(2);
    await queue.close();
  });

  it('gives a run back to the queue when its worker is stopped, and another goes on with it', async () => {
    const plan = await planOf(1, { steps: 40, milliseconds: 30 });
    const here = await resultsOf(plan, 'here', (path) => trainHere(path, program));
    let begun = () => {};
    const working = new Promise<void>((resolve) => (begun = resolve));
    const stop = startWorker({ onBegin: () => begun() });
    const queue = await SweepQueue.open(address());
    const there = resultsOf(plan, 'there', (path) => queue.execute(path));
    await working;
    await stop();
    const stopOther = startWorker({ jobs: 2 });
    expect(await there).toEqual(here);
    await queue.close();
    await stopOther();
  });

  it('has a worker stop that is cut off, before another takes its run over', async () => {
    const plan = await planOf(1, { steps: 150, milliseconds: 30 });
    const here = await resultsOf(plan, 'here', (path) => trainHere(path, program));
    const way = await wayToServer();
    let began = 0;
    const bothBegan = new Promise<void>((resolve) => {
      const options = { takeOverAfter: 2, jobs: 2, onBegin: () => void (++began === 2 && resolve()) };
      stops.push(startWorker({ ...options, address: way.address }));
    });
    const queue = await SweepQueue.open(address());
    const there = resultsOf(plan, 'there', (path) => queue.execute(path));
    await bothBegan;
    way.cut();
    const takers: string[] = [];
    stops.push(startWorker({ takeOverAfter: 2, jobs: 2, onBegin: ({ name }) => void takers.push(name) }));
    expect(await there).toEqual(here);
    expect(new Set(takers)).toEqual(new Set(plan.runs.map(({ name }) => name)));
    // Two that write beside each other log a step twice.
    for (const { name } of plan.runs) {
      const log = readFileSync(join(base, 'there', name, 'metrics.jsonl'), 'utf8')
        .trim()
        .split('\n');
      const steps = log
        .map((line) => JSON.parse(line) as { event: string; step: number })
        .filter(({ event }) => event === 'step');
      expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 150 }, (_, i) => i + 1));
    }
    await queue.close();
    // Its server comes back while it ends.
    way.mend();
    await Promise.all(stops.splice(0).map((stop) => stop()));
    way.close();
  });

  it('gives no run to a worker that cannot train it, however often that one asks', async () => {
    const plan = await planOf(1, { steps: 2 });
    const refusals: string[] = [];
    const unable = new OptionError('grid is for tfjs-core 4, and here is 3; install the same', 'versions', 3);
    const programOf = () => {
      throw unable;
    };
    stops.push(startWorker({ jobs: 2, programOf, onRefuse: (_, reason) => void refusals.push(reason) }));
    const queue = await SweepQueue.open(address());
    const told: unknown[] = [];
    const there = resultsOf(plan, 'there', (path) => {
      const execute = queue.execute(path);
      return (run, options) =>
        execute(run, { ...options, hooks: { onLine: (_, line) => void told.push(line.reason) } });
    });
    // More often than the five tries that a job has.
    while (refusals.length < 12) await new Promise((resolve) => setTimeout(resolve, 50));
    stops.push(startWorker({ jobs: 2 }));
    expect(await there).toMatchObject([[[{ done: 1 }, { done: 1 }], expect.anything()]]);
    expect(told).toContain(unable.message);
    await queue.close();
  });

  it('takes a run from a worker whose engine finds no device', async () => {
    const plan = await planOf(1, { steps: 2 });
    const noCard: TrainingProgram = {
      ...program,
      train: () => ({ file: 'sh', words: ['-c', 'echo "error: there is no card here" >&2; exit 69'] }),
    };
    const refused = new Promise<string>((resolve) =>
      stops.push(startWorker({ programOf: () => noCard, onRefuse: (_, reason) => resolve(reason) })),
    );
    const queue = await SweepQueue.open(address());
    const there = resultsOf(plan, 'there', (path) => queue.execute(path));
    expect(await refused).toBe('there is no card here');
    stops.push(startWorker());
    expect(await there).toMatchObject([[[{ done: 1 }, { done: 1 }], expect.anything()]]);
    await queue.close();
  });

  it('ends a worker whose disk is full, with its error, and another trains what it gives back', async () => {
    const plan = await planOf(1, { steps: 2 });
    const full: TrainingProgram = {
      ...program,
      train: () => ({ file: 'sh', words: ['-c', 'echo "error: no room (ENOSPC)" >&2; exit 74'] }),
    };
    const over = runWorker(
      { address: address(), jobs: 1, programOf: () => full },
      new AbortController().signal,
    );
    const queue = await SweepQueue.open(address());
    const there = resultsOf(plan, 'there', (path) => queue.execute(path));
    await expect(over).rejects.toMatchObject({
      code: 'MACHINE_UNFIT',
      message: expect.stringContaining('no room (ENOSPC)') as string,
    });
    stops.push(startWorker());
    expect(await there).toMatchObject([[[{ done: 1 }, { done: 1 }], expect.anything()]]);
    expect(existsSync(join(base, 'there', 'failures'))).toBe(false);
    await queue.close();
  });

  it('leaves a sweep alone whose folder a worker does not see', async () => {
    const plan = await planOf(1, { steps: 2 });
    const elsewhere = join(base, 'elsewhere');
    const refused = new Promise<string>((resolve) =>
      stops.push(startWorker({ folderOf: () => elsewhere, onRefuse: (_, reason) => resolve(reason) })),
    );
    const queue = await SweepQueue.open(address());
    const there = resultsOf(plan, 'there', (path) => queue.execute(path));
    expect(await refused).toMatch(/elsewhere is no folder of a sweep on .*; mount it there/);
    expect(existsSync(elsewhere)).toBe(false);
    stops.push(startWorker());
    expect(await there).toMatchObject([[[{ done: 1 }, { done: 1 }], expect.anything()]]);
    await queue.close();
  });

  it('waits for nothing that is asked for just before it is to end', async () => {
    const queue = await SweepQueue.open(address());
    const [run] = (await planOf(1)).runs;
    const controller = new AbortController();
    const asked = queue.execute(join(base, 'there'))(run, { signal: controller.signal, hooks: {} });
    controller.abort();
    await asked;
    await queue.close();
  });

  it('trains the same runs for two sweeps at a time, each in its folder', async () => {
    const plan = await planOf(2, { milliseconds: 20 });
    stops.push(startWorker({ jobs: 2 }));
    const [one, other] = [await SweepQueue.open(address()), await SweepQueue.open(address())];
    const both = await Promise.all([
      resultsOf(plan, 'one', (path) => one.execute(path)),
      resultsOf(plan, 'other', (path) => other.execute(path)),
    ]);
    expect(both[0]).toMatchObject([[[{ done: 2 }, { done: 2 }], expect.anything()]]);
    expect(both[1]).toEqual(both[0]);
    for (const queue of [one, other]) await queue.close();
  });

  it('has the first seeds trained before later ones, whichever sweep was first', async () => {
    const later = await planOf([3, 4]);
    const first = await planOf([1]);
    const queue = await SweepQueue.open(address());
    const begun: number[] = [];
    const whenQueued = async (jobs: number) => {
      const redis = await connect(address());
      while ((await redis.zcard('bull:dist-gan-runs:prioritized')) < jobs)
        await new Promise((resolve) => setTimeout(resolve, 20));
      redis.disconnect();
    };
    const sweeps = [resultsOf(later, 'later', (path) => queue.execute(path))];
    await whenQueued(2);
    sweeps.push(resultsOf(first, 'first', (path) => queue.execute(path)));
    await whenQueued(4);
    stops.push(startWorker({ onBegin: ({ spec }) => void begun.push(spec.seed) }));
    await Promise.all(sweeps);
    // Two of each sweep were in the queue when the worker came.
    expect(begun.slice(0, 4)).toEqual([1, 1, 3, 3]);
    await queue.close();
  });

  it('waits for a server that goes away and comes back', async () => {
    const plan = await planOf(2, { steps: 10, milliseconds: 30 });
    const here = await resultsOf(plan, 'here', (path) => trainHere(path, program));
    const stop = startWorker();
    const queue = await SweepQueue.open(address());
    const there = resultsOf(plan, 'there', (path) => queue.execute(path));
    await new Promise((resolve) => setTimeout(resolve, 600));
    await server.stop();
    await server.start();
    expect(await there).toEqual(here);
    await queue.close();
    await stop();
  });

  it('gives runs once more to a server that has lost them', { timeout: 60_000 }, async () => {
    const plan = await planOf(2);
    const here = await resultsOf(plan, 'here', (path) => trainHere(path, program));
    const queue = await SweepQueue.open(address());
    const there = resultsOf(plan, 'there', (path) => queue.execute(path));
    const connection = await connect(address());
    // As many as are asked for at a time.
    await expect.poll(() => connection.zcard('bull:dist-gan-runs:prioritized')).toBe(2);
    await connection.flushall();
    const stop = startWorker();
    expect(await there).toEqual(here);
    connection.disconnect();
    await queue.close();
    await stop();
  });

  it('leaves no connection open where it gets but one of its two', { timeout: 20_000 }, async () => {
    let came = 0;
    let closed = () => {};
    const firstIsClosed = new Promise<void>((resolve) => (closed = resolve));
    const way = createServer((socket) => {
      if (++came > 1) return void socket.destroy();
      const onward = connectSocket(server.port, '127.0.0.1');
      for (const one of [socket, onward]) one.on('error', () => undefined);
      socket.on('close', () => (onward.destroy(), closed()));
      socket.pipe(onward).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(way, 'listening');
    const narrow = address().replace(/\d+$/, `${(way.address() as AddressInfo).port}`);
    await expect(SweepQueue.open(narrow)).rejects.toThrow(/cannot be used/);
    await firstIsClosed;
    way.close();
  });

  it('says what is wrong without saying the password', async () => {
    const { password, port } = server;
    const wrong = `redis://:not-${password}@127.0.0.1:${port}`;
    const refused = await connect(wrong).catch((error: unknown) => error as Error);
    expect((refused as Error).message).toMatch(
      /^--queue redis:\/\/127\.0\.0\.1:\d+ cannot be used \(.*(WRONGPASS|invalid).*\); start a Redis/,
    );
    expect((refused as Error).message).not.toContain(password);
    await server.stop();
    await expect(connect(address())).rejects.toThrow(/cannot be used \(.*ECONNREFUSED/);
  });
});

describe('an address', () => {
  it('is shown without user and password', () => {
    expect(withoutSecrets('rediss://user:word@host:6380/2')).toBe('rediss://host:6380/2');
    expect(() => withoutSecrets('http://user:word@host')).toThrow(/--queue must be the address/);
    expect(() => withoutSecrets('word')).toThrow(/--queue must be the address/);
  });
});
