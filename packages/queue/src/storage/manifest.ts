import { fromJson, toJson } from '@dist-gan/core';
import { StorageError, type Bucket } from './bucket.js';

/** A file of a run as it was kept. */
export interface KeptFile {
  /** Below the folder of the sweep, with `/` between its parts. */
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal; the object of this name is its content. */
  readonly sha256: string;
}

/** What a run consists of: it is written last, so that all that it names is there. */
export interface Manifest {
  /** Of whoever has taken the run last: nobody else may write the next one. */
  readonly claim: string;
  readonly files: readonly KeptFile[];
}

export interface FoundManifest extends Manifest {
  readonly etag: string;
}

const format = { format: 'dist-gan-run', version: 1 };

const keyOf = (run: string) => `${run}/manifest.json`;

/** The key of a file's content: equal contents are one object, and no object is ever changed. */
export function contentKey(run: string, { sha256 }: KeptFile): string {
  return `${run}/${sha256}`;
}

/** @throws StorageError when it is none of ours */
export async function readManifest(bucket: Bucket, run: string): Promise<FoundManifest | undefined> {
  const found = await bucket.get(keyOf(run));
  if (found === undefined) return undefined;
  const manifest = parse(new TextDecoder().decode(found.bytes));
  if (manifest !== undefined) return { ...manifest, etag: found.etag };
  throw new StorageError(
    `${bucket.nameOf(keyOf(run))} says nothing that this version understands; use the same version everywhere, or take it away to train the run anew`,
  );
}

/** @returns whether it was written: not, where it is not `before` that is there */
export function writeManifest(
  bucket: Bucket,
  run: string,
  before: FoundManifest | undefined,
  { claim, files }: Manifest,
): Promise<boolean> {
  return bucket.replace(keyOf(run), before?.etag, toJson({ ...format, claim, files }));
}

/** Keys of all that is kept of a run. */
export function keysOf(bucket: Bucket, run: string): Promise<string[]> {
  return bucket.list(`${run}/`);
}

/**
 * Takes away what the manifest does not name: of workers that were killed while they kept something.
 *
 * @param keys those that were there before the manifest was written: what comes later may be of whoever takes the run next
 */
export async function removeUnnamed(
  bucket: Bucket,
  run: string,
  files: readonly KeptFile[],
  keys: readonly string[],
): Promise<void> {
  const named = new Set([keyOf(run), ...files.map((file) => contentKey(run, file))]);
  for (const key of keys) if (!named.has(key)) await bucket.remove(key);
}

function parse(text: string): Manifest | undefined {
  try {
    const read = fromJson(text) as Partial<Manifest & typeof format>;
    const isOurs = read.format === format.format && read.version === format.version;
    return isOurs && typeof read.claim === 'string' && read.files?.every(isFile) === true
      ? { claim: read.claim, files: read.files }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whoever may write into the bucket may not write anywhere else on this machine. */
function isFile({ path, bytes, sha256 }: Partial<KeptFile>): boolean {
  return (
    typeof path === 'string' &&
    path.split('/').every((part) => /^[^.\\:\0][^\\:\0]*$/.test(part)) &&
    Number.isSafeInteger(bytes) &&
    /^[\da-f]{64}$/.test(sha256 ?? '')
  );
}
