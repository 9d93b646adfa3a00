import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lockRun } from '@dist-gan/runs';
import { RunTakenError, type PlannedRun, type TakenRun } from '@dist-gan/sweeps';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { S3Server } from '../../test/s3-server.js';
import { Bucket } from './bucket.js';
import { ObjectStorage } from './object-storage.js';
import { takeSnapshot } from './snapshot.js';

const run = { name: 'grid-seed1-0a1b' } as PlannedRun;

let base = '';
let server: S3Server;
let bucket: Bucket;
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-storage-'));
  server = await S3Server.start(base);
  bucket = server.bucket();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.stop();
  rmSync(base, { recursive: true });
});

/** Of a machine of its own. */
const storage = (name: string) =>
  new ObjectStorage(server.address, { environment: server.environment, scratch: join(base, name) });

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Contents by paths. */
function read(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

const inRun = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${run.name}/${path}`, content]));

const begun = inRun({
  'run.json': '{}',
  'metrics.jsonl': '1\n',
  'checkpoints/step-1.safetensors': 'one',
});

async function takeAndBegin(name: string): Promise<TakenRun> {
  const taken = await storage(name).take(run);
  write(taken.folder, begun);
  return taken;
}

describe('a run in a bucket', { timeout: 30_000 }, () => {
  it('goes from one machine to the next with its newest checkpoint, and without what came after it', async () => {
    const first = await takeAndBegin('first');
    await first.keepCheckpoint();
    write(first.folder, inRun({ 'checkpoints/step-2.safetensors': 'two', '.lock': 'mine' }));
    rmSync(join(first.folder, run.name, 'checkpoints/step-1.safetensors'));
    await first.keepCheckpoint();
    const kept = read(first.folder);
    appendFileSync(join(first.folder, run.name, 'metrics.jsonl'), '3\n');
    // No new checkpoint: nothing that others could go on from.
    await first.keepCheckpoint();

    const second = await storage('second').take(run);
    const { [`${run.name}/.lock`]: lock, ...without } = kept;
    expect(lock).toBe('mine');
    expect(read(second.folder)).toEqual(without);
    second.leave();
    expect(readdirSync(join(base, 'second'))).toEqual([]);
  });

  it('is not asked for for ever of a storage that refuses or forgets whatever is written', async () => {
    for (const answer of [false, true]) {
      vi.spyOn(Bucket.prototype, 'replace').mockResolvedValue(answer);
      await expect(storage('worker').take(run)).rejects.toThrow(
        /s3:\/\/runs\/.*grid-seed1-0a1b cannot be taken: 100 times/,
      );
    }
  });

  it('is not kept any more by whom it was taken from', async () => {
    const first = await takeAndBegin('first');
    await first.keepAll();
    const second = await storage('second').take(run);
    write(first.folder, inRun({ 'checkpoints/step-9.safetensors': 'of one that was cut off' }));
    await expect(first.keepCheckpoint()).rejects.toThrow(RunTakenError);
    await expect(first.keepAll()).rejects.toThrow(RunTakenError);
    write(second.folder, inRun({ 'result.json': '{}' }));
    await second.keepAll();
    const folder = join(base, 'sweep');
    await storage('planning').collect(run, folder);
    expect(read(folder)).toEqual({ ...begun, ...inRun({ 'result.json': '{}' }) });
  });

  it('is as it was before while something is put and its manifest is not', async () => {
    const first = await takeAndBegin('first');
    await first.keepCheckpoint();
    // As by one that was killed in between.
    await bucket.put(`${run.name}/${'0'.repeat(64)}`, Uint8Array.from([1]));
    const second = await storage('second').take(run);
    expect(read(second.folder)).toEqual(begun);
    await second.keepAll();
    expect(await bucket.list(`${run.name}/`)).toHaveLength(1 + Object.keys(begun).length);
  });

  it('takes away nothing that the next one puts there while it is kept to its end', async () => {
    const first = await takeAndBegin('first');
    const ofNext = `${run.name}/${'1'.repeat(64)}`;
    vi.spyOn(Bucket.prototype, 'replace').mockImplementationOnce(async (...manifest) => {
      // By then, the original again.
      const written = await bucket.replace(...manifest);
      await bucket.put(ofNext, Uint8Array.from([1]));
      return written;
    });
    await first.keepAll();
    expect(await bucket.list(`${run.name}/`)).toContain(ofNext);
  });

  it('goes on from an older checkpoint where one is damaged, and begins anew where anything else is', async () => {
    const first = await takeAndBegin('first');
    write(first.folder, inRun({ 'checkpoints/step-2.safetensors': 'two' }));
    await first.keepAll();
    const damage = async (content: string) => {
      const key = `${run.name}/${createHash('sha256').update(content).digest('hex')}`;
      await bucket.put(key, Uint8Array.from([0]));
    };
    await damage('two');
    const second = await storage('second').take(run);
    expect(read(second.folder)).toEqual(begun);
    await expect(storage('planning').collect(run, join(base, 'sweep'))).rejects.toThrow(
      /checkpoints\/step-2.safetensors of s3:\/\/runs\/a-sweep is damaged: .* take s3:\/\/runs\/a-sweep\/.*manifest.json away/,
    );
    expect(existsSync(join(base, 'sweep', run.name))).toBe(false);
    await damage('1\n');
    const third = await storage('third').take(run);
    expect(read(third.folder)).toEqual({});
  });

  it('is whole again when what was damaged is made once more, to the bit', async () => {
    const first = await takeAndBegin('first');
    await first.keepAll();
    await bucket.remove(`${run.name}/${createHash('sha256').update('{}').digest('hex')}`);
    const second = await takeAndBegin('second');
    await second.keepAll();
    const folder = join(base, 'sweep');
    await storage('planning').collect(run, folder);
    expect(read(folder)).toEqual(begun);
  });

  it('is collected in place of what was there, with its failures, which can be forgotten', async () => {
    const failures = { [`failures/${run.name}.jsonl`]: '{}\n' };
    const first = await takeAndBegin('first');
    write(first.folder, failures);
    await first.keepAll();
    const folder = join(base, 'sweep');
    write(folder, { ...inRun({ 'checkpoints/step-7.safetensors': 'old' }), 'other/run.json': '{}' });
    const planning = storage('planning');
    await planning.collect(run, folder);
    expect(read(folder)).toEqual({ ...begun, ...failures, 'other/run.json': '{}' });
    await planning.forgetFailures(run);
    const second = await storage('second').take(run);
    expect(read(second.folder)).toEqual(begun);
  });

  it('never takes the place of a run that is trained further, or just now', async () => {
    const spec = { preset: 'grid', seed: 1, options: { steps: 9 } };
    const known = { ...run, spec } as unknown as PlannedRun;
    const record = JSON.stringify({ ...spec, samples: { shape: [2], range: [0, 1] }, startedAt: '' });
    const at = (step: number) =>
      inRun({ 'run.json': record, [`checkpoints/step-${step}.safetensors`]: `of ${step}` });
    const kept = await storage('first').take(known);
    write(kept.folder, at(5));
    await kept.keepAll();
    const folder = join(base, 'sweep');
    const planning = storage('planning');
    write(folder, at(7));
    expect(await planning.collect(known, folder)).toMatch(
      /grid-seed1-0a1b stays: it is at step 7, and what was kept elsewhere is at step 5; remove it to have that$/,
    );
    expect(read(folder)).toEqual(at(7));
    rmSync(join(folder, run.name), { recursive: true });
    write(folder, at(4));
    const lock = lockRun(join(folder, run.name));
    expect(await planning.collect(known, folder)).toMatch(/stays: process \d+ on .* trains it$/);
    lock.release();
    expect(await planning.collect(known, folder)).toBeUndefined();
    expect(read(folder)).toEqual(at(5));
  });

  it('leaves what is in the folder where a worker has taken it, and kept nothing yet', async () => {
    const folder = join(base, 'sweep');
    write(folder, begun);
    await storage('worker').take(run);
    await storage('planning').collect(run, folder);
    expect(read(folder)).toEqual(begun);
  });

  it.runIf(process.platform === 'linux')(
    'is not taken by a machine that has no place to train it, which says so',
    async () => {
      const first = await takeAndBegin('first');
      // A folder that is there, and in which none can be made.
      const options = { environment: server.environment, scratch: '/proc' };
      await expect(new ObjectStorage(server.address, options).take(run)).rejects.toThrow(
        /^no folder can be made in \/proc \(.*\); name another one with --scratch$/,
      );
      await first.keepCheckpoint();
    },
  );

  it('writes nowhere else on a machine, whatever a manifest says', async () => {
    for (const path of [
      '../outside',
      '/etc/outside',
      'a/../../outside',
      '.hidden',
      'C:outside',
      'a\\..\\b',
      '',
    ]) {
      const sha256 = '0'.repeat(64);
      const manifest = {
        format: 'dist-gan-run',
        version: 1,
        claim: 'x',
        files: [{ path, bytes: 1, sha256 }],
      };
      await bucket.put(`${run.name}/manifest.json`, new TextEncoder().encode(JSON.stringify(manifest)));
      await expect(storage('worker').take(run)).rejects.toThrow(/says nothing that this version understands/);
    }
  });
});

describe('a snapshot', () => {
  it('stays as it was when files are replaced and removed', () => {
    write(base, begun);
    const snapshot = takeSnapshot(base, [run.name, 'failures/none.jsonl']);
    rmSync(join(base, run.name), { recursive: true });
    expect(snapshot.paths.toSorted()).toEqual(Object.keys(begun).sort());
    expect(read(snapshot.folder)).toEqual(begun);
    snapshot.remove();
    expect(existsSync(snapshot.folder)).toBe(false);
  });
});
