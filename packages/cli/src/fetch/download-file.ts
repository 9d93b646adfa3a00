import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { DataNotFoundError, DatasetFormatError, OutputError } from '@dist-gan/core';
import { Client, type Answer, type Environment } from './client.js';

/** A file, where it can be had, and what it must be. */
export interface Download {
  /** Tried in this order. */
  readonly addresses: readonly string[];
  /** In hexadecimal: an MD5 (32 digits) or a SHA-256 (64). */
  readonly checksum: string;
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Where the proxy is named; see {@link Client}. Default: this process's. */
  readonly environment?: Environment;
  /** Hears how many bytes are there, and of how many where the server says so. */
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
  /** Seconds before a broken connection is tried again; they double each time that nothing came. Default 1. */
  readonly pause?: number;
}

/** Connections to one address that may bring nothing, one after the other. */
const mostFailures = 4;

/** Why an address cannot serve the file; trying it again would not help. */
class Refused extends Error {}

/**
 * Downloads a file. What has come so far is kept beside it as `<target>.part` and is gone on with, also after a cut
 * connection or in a later run. Only a whole file with the right checksum gets its name.
 *
 * @throws DataNotFoundError when no address has the file
 * @throws DatasetFormatError when what came is not the published file; it is kept as `.part`
 * @throws OutputError when it cannot be written
 */
export async function downloadFile(
  target: string,
  download: Download,
  options: DownloadOptions,
): Promise<void> {
  const client = new Client(options.environment ?? process.env);
  try {
    await downloadWith(client, target, download, options);
  } finally {
    await client.close();
  }
}

async function downloadWith(
  client: Client,
  target: string,
  download: Download,
  options: DownloadOptions,
): Promise<void> {
  const part = `${target}.part`;
  if (existsSync(part) && (await checksumOfFile(part, download.checksum)) === download.checksum)
    return renameSync(part, target);
  const reasons: string[] = [];
  for (const address of download.addresses) {
    let found: string;
    try {
      found = await checksumFromAddress(client, address, part, download.checksum, options);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof Refused)) throw error;
      reasons.push(`${address}: ${error.message}`);
      continue;
    }
    if (found === download.checksum) return renameSync(part, target);
    throw new DatasetFormatError(
      `${address} gave another file than the published one (${nameOf(download.checksum)} ${found}, published ${download.checksum}); it is kept as ` +
        `${part}; fetch again to start anew, or fetch from elsewhere`,
      part,
      0,
    );
  }
  throw new DataNotFoundError(
    `the file could not be fetched (${reasons.join('; ')}); try again later, or download it by hand and put it at ${target} (its ` +
      `${nameOf(download.checksum)} is ${download.checksum})`,
    target,
  );
}

/** Downloads what is missing of `part`; where an earlier run left all there is, and that is wrong, all of it anew. */
async function checksumFromAddress(
  client: Client,
  address: string,
  part: string,
  published: string,
  options: DownloadOptions,
): Promise<string> {
  const before = sizeOf(part);
  await downloadFrom(client, address, part, options);
  const found = await checksumOfFile(part, published);
  if (found === published || before === 0 || sizeOf(part) > before) return found;
  rmSync(part);
  await downloadFrom(client, address, part, options);
  return checksumOfFile(part, published);
}

/** Brings `part` to its full length. */
async function downloadFrom(
  client: Client,
  address: string,
  part: string,
  options: DownloadOptions,
): Promise<void> {
  const { signal, pause = 1 } = options;
  for (let failures = 0; ;) {
    const before = sizeOf(part);
    try {
      return await appendRest(client, address, part, options);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refused || error instanceof OutputError) throw error;
      failures = sizeOf(part) > before ? 0 : failures + 1;
      if (failures >= mostFailures || isOfCertificate(error))
        throw new Refused(`${(error as Error).message}${wayOutOf(error)}`, { cause: error });
      await wait(1000 * pause * 2 ** failures, undefined, { signal });
    }
  }
}

/** Whether nobody that Node trusts has signed for the server, or for the proxy that reads along. */
function isOfCertificate(error: unknown): boolean {
  return /CERT|UNABLE_TO_VERIFY/.test((error as NodeJS.ErrnoException).code ?? '');
}

function wayOutOf(error: unknown): string {
  return isOfCertificate(error)
    ? '; where that is to be trusted, set NODE_EXTRA_CA_CERTS to the file of its certificate'
    : '';
}

/** Asks for what is missing of `part`, and adds it; where the server gives all, starts anew. */
async function appendRest(
  client: Client,
  address: string,
  part: string,
  { signal, onProgress }: DownloadOptions,
): Promise<void> {
  const start = sizeOf(part);
  const answer = await client.get(address, { start, signal });
  const continues = answer.status === 206 && startOf(answer) === start;
  if (!continues && answer.status !== 200) {
    await answer.body.dump();
    // There is nothing behind what we have: it is all, or it is another file, which its checksum will tell.
    if (answer.status === 416 && start > 0) return;
    throw refusal(answer.status);
  }
  const kept = continues ? start : 0;
  const length = Number(answer.header('content-length'));
  const total = Number.isInteger(length) ? kept + length : undefined;
  let bytes = kept;
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      onProgress?.(bytes, total);
      done(null, chunk);
    },
  });
  const file = createWriteStream(part, { flags: continues ? 'a' : 'w' });
  let unwritable: Error | undefined;
  file.on('error', (error) => (unwritable = error));
  try {
    await pipeline(answer.body, counter, file, { signal });
  } catch (error) {
    // A write may be under way: the length of the part, from which the next connection goes on, is true only after it.
    if (!file.closed) await once(file, 'close');
    if (unwritable === undefined) throw error;
    throw new OutputError(
      `${part} cannot be written (${unwritable.message}); make room or name another folder`,
      part,
      { cause: error },
    );
  }
  if (total !== undefined && bytes < total)
    throw new Error(`the connection ended after ${bytes} of ${total} bytes`);
}

/** The first byte of a partial answer. */
function startOf(answer: Answer): number | undefined {
  const first = /^bytes (\d+)-/.exec(answer.header('content-range') ?? '')?.[1];
  return first === undefined ? undefined : Number(first);
}

/** A server in trouble may recover; one that does not have the file will not have it in a second. */
function refusal(status: number): Error {
  const message = `the server answers with status ${status}`;
  return status >= 500 || status === 429 || status === 206 ? new Error(message) : new Refused(message);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

const algorithms: Readonly<Record<number, readonly [id: string, name: string]>> = {
  32: ['md5', 'MD5'],
  64: ['sha256', 'SHA-256'],
};

const nameOf = (checksum: string) => algorithms[checksum.length][1];

/** The checksum of a file of any size, in hexadecimal, of the kind that another one is of. */
export async function checksumOfFile(path: string, like: string): Promise<string> {
  const hash = createHash(algorithms[like.length][0]);
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
