import { randomUUID } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataNotFoundError, makeFolder, OutputError } from '@dist-gan/core';
import {
  RunTakenError,
  whyRunStays,
  type PlannedRun,
  type RunStorage,
  type TakenRun,
} from '@dist-gan/sweeps';
import { Bucket, StorageError } from './bucket.js';
import { readBucketAddress, type Environment } from './bucket-address.js';
import { getFiles, putFiles } from './kept-files.js';
import {
  contentKey,
  keysOf,
  readManifest,
  removeUnnamed,
  writeManifest,
  type FoundManifest,
  type KeptFile,
} from './manifest.js';
import { checkpointsIn, takeSnapshot } from './snapshot.js';

/** What of a sweep's folder is a run's: its folder, and the tries that an error ended. */
const partsOf = ({ name }: PlannedRun) => [name, failuresOf(name)];
const failuresOf = (name: string) => `failures/${name}.jsonl`;

/**
 * A bucket of S3, for machines that share no disk. Each run is a manifest and the contents that it names; the manifest is written
 * last, and by nobody but the one who has taken the run last. What is half written is never seen.
 */
export class ObjectStorage implements RunStorage {
  private readonly bucket: Bucket;
  private readonly scratch: string;

  /**
   * @param address `s3://bucket/prefix`; see `readBucketAddress` for the environment
   * @param options.scratch in which runs are trained on this machine. Default: the system's folder for temporary files
   * @throws OptionError for what is no such address, and when the environment names no keys
   */
  constructor(
    readonly address: string,
    {
      environment = process.env,
      scratch = tmpdir(),
    }: { readonly environment?: Environment; readonly scratch?: string } = {},
  ) {
    this.bucket = new Bucket(readBucketAddress(address, environment));
    this.scratch = scratch;
  }

  /** @throws StorageError when it cannot be reached, or does not let us in */
  async check(): Promise<void> {
    await this.bucket.list('no-run/');
  }

  /** Puts a file of the sweep itself there, whose name is of its content. */
  async putFile(name: string, text: string): Promise<void> {
    await this.bucket.put(name, new TextEncoder().encode(text));
  }

  /** @throws DataNotFoundError when there is none of that name */
  async getFile(name: string): Promise<string> {
    const found = await this.bucket.get(name);
    if (found !== undefined) return new TextDecoder().decode(found.bytes);
    const where = this.bucket.nameOf(name);
    throw new DataNotFoundError(
      `${where}: there is no such file in the storage; check the address, or print the job again with dist-gan sweep --print`,
      where,
    );
  }

  async take(run: PlannedRun): Promise<TakenRun> {
    // First: a machine that cannot train it takes it from nobody.
    const folder = makeScratchFolder(this.scratch);
    try {
      const claimed = await this.claim(run);
      const damaged = await getFiles(this.bucket, run.name, folder, claimed.files);
      // A checkpoint may be missing: there is an older one. Without its log, a run would have another table.
      if (damaged.some(({ path }) => !path.startsWith(`${run.name}/checkpoints/`)))
        rmSync(join(folder, run.name), { recursive: true, force: true });
      // What is damaged must be put again, should it come out the same.
      const files = claimed.files.filter((file) => !damaged.includes(file));
      return new RunInBucket(this.bucket, run, folder, { ...claimed, files });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Brings a run as it was kept into the folder of the sweep, in place of what is there of it, whole or not at all. Where nothing of it
   * was kept yet, where it is trained further in the folder, and while it is trained there, what is there stays.
   *
   * @returns why it stays, if it does although something was kept
   * @throws StorageError when it is damaged
   */
  async collect(run: PlannedRun, folder: string): Promise<string | undefined> {
    const found = await readManifest(this.bucket, run.name);
    if (found === undefined || found.files.length === 0) return undefined;
    const beside = join(folder, '.collecting', run.name);
    rmSync(beside, { recursive: true, force: true });
    try {
      const damaged = await getFiles(this.bucket, run.name, beside, found.files);
      if (damaged.length > 0) {
        const [{ path }] = damaged;
        throw new StorageError(
          `${path} of ${this.address} is damaged: ${this.bucket.nameOf(contentKey(run.name, damaged[0]))} is missing or does not fit its name; ` +
            `take ${this.bucket.nameOf(`${run.name}/manifest.json`)} away, and the same command trains the run anew`,
        );
      }
      const stays = whyRunStays(run, { folder, kept: beside });
      if (stays !== undefined) return stays;
      for (const part of partsOf(run)) {
        rmSync(join(folder, part), { recursive: true, force: true });
        if (!found.files.some(({ path }) => path === part || path.startsWith(`${part}/`))) continue;
        makeFolder(dirname(join(folder, part)));
        renameSync(join(beside, part), join(folder, part));
      }
      return undefined;
    } finally {
      rmSync(beside, { recursive: true, force: true });
    }
  }

  /** Lets a run be tried as if no error had ended it. */
  async forgetFailures({ name }: PlannedRun): Promise<void> {
    const found = await readManifest(this.bucket, name);
    const files = found?.files.filter(({ path }) => path !== failuresOf(name)) ?? [];
    if (found === undefined || files.length === found.files.length) return;
    await writeManifest(this.bucket, name, found, { claim: found.claim, files });
  }

  private async claim({ name }: PlannedRun): Promise<FoundManifest> {
    for (let tried = 0; tried < claims; tried++) {
      const before = await readManifest(this.bucket, name);
      const claim = randomUUID();
      await writeManifest(this.bucket, name, before, { claim, files: before?.files ?? [] });
      const now = await readManifest(this.bucket, name);
      if (now?.claim === claim) return now;
      // Another was faster, which the queue has heard of less lately than of this one.
    }
    throw new StorageError(
      `${this.bucket.nameOf(name)} cannot be taken: ${claims} times what was written there was refused or is not what is read; ` +
        'use a storage that reads what was written last, and one worker for a run',
    );
  }
}

/** Of workers that want one run at the same time, each time one is the faster. */
const claims = 100;

/** @throws OutputError when none can be made there */
function makeScratchFolder(scratch: string): string {
  makeFolder(scratch);
  try {
    return mkdtempSync(join(scratch, 'dist-gan-run-'));
  } catch (cause) {
    throw new OutputError(
      `no folder can be made in ${scratch} (${(cause as Error).message}); name another one with --scratch`,
      scratch,
      { cause },
    );
  }
}

class RunInBucket implements TakenRun {
  private readonly parts: readonly string[];
  private files: readonly KeptFile[];
  /** Those that were kept last, or were brought. */
  private checkpoints: string;
  private keeping: Promise<void> | undefined;

  constructor(
    private readonly bucket: Bucket,
    private readonly run: PlannedRun,
    readonly folder: string,
    private readonly claimed: FoundManifest,
  ) {
    this.parts = partsOf(run);
    this.files = claimed.files;
    this.checkpoints = checkpointsIn(folder, this.parts);
  }

  async keepCheckpoint(): Promise<void> {
    const now = checkpointsIn(this.folder, this.parts);
    if (this.keeping !== undefined || now === '' || now === this.checkpoints) return;
    this.keeping = this.keep();
    try {
      await this.keeping;
      this.checkpoints = now;
    } finally {
      this.keeping = undefined;
    }
  }

  async keepAll(): Promise<void> {
    await this.keeping?.catch(() => undefined);
    const keys = await keysOf(this.bucket, this.run.name);
    await this.keep();
    await removeUnnamed(this.bucket, this.run.name, this.files, keys);
  }

  leave(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async keep(): Promise<void> {
    const { bucket, run, folder, claimed, files: old } = this;
    const snapshot = takeSnapshot(folder, this.parts);
    try {
      const files = await putFiles(bucket, run.name, snapshot.folder, snapshot.paths, old);
      const before = await readManifest(bucket, run.name);
      const isWritten =
        before?.claim === claimed.claim &&
        (await writeManifest(bucket, run.name, before, { claim: claimed.claim, files }));
      if (!isWritten) throw new RunTakenError();
      this.files = files;
      const named = new Set(files.map(({ sha256 }) => sha256));
      for (const file of old) if (!named.has(file.sha256)) await bucket.remove(contentKey(run.name, file));
    } finally {
      snapshot.remove();
    }
  }
}
