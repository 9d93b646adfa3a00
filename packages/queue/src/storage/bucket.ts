import { setTimeout as wait } from 'node:timers/promises';
import { S3Client, S3Errors } from '@bradenmacdonald/s3-lite-client';
import { GanError } from '@dist-gan/core';
import type { BucketAddress } from './bucket-address.js';
import { readBody, SilenceError, within } from './deadline.js';

/** A storage cannot be reached, does not let us in, or does not keep what it is given. */
export class StorageError extends GanError {
  readonly code = 'BACKEND_UNAVAILABLE';
}

export interface BucketObject {
  readonly bytes: Uint8Array;
  /** What the server calls this content of the object. */
  readonly etag: string;
}

const patience = [250, 500, 1000, 2000, 4000];

/** Milliseconds in which a server answers, and in which some of what it sends comes. */
const answerTime = 60_000;
/** Bytes a millisecond that a link sends at least: how far a request has been sent cannot be told, and an answer comes after it. */
const slowestLink = 64;
/** Requests to a server that accepts them and never answers: a connection may be one that a firewall has forgotten. */
const silentTries = 2;

/** Requests at a time, however many runs are asked for. */
const atOnce = 16;

/** Objects under a prefix of a bucket, each of which is there whole or not at all. */
export class Bucket {
  private readonly client: S3Client;
  private requests = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param pauses milliseconds before each further try of what may go well later. Default: five, less than eight seconds together
   * @param quiet milliseconds in which something must come of a request, beside the time to send it. Default: a minute
   */
  constructor(
    private readonly address: BucketAddress,
    private readonly pauses: readonly number[] = patience,
    private readonly quiet = answerTime,
  ) {
    const { endpoint, region, bucket, accessKey, secretKey, sessionToken } = address;
    this.client = new S3Client({
      endPoint: endpoint,
      region,
      bucket,
      accessKey,
      secretKey,
      ...(sessionToken !== undefined && { sessionToken }),
    });
  }

  /** What an object is called in messages. */
  nameOf(key: string): string {
    return `s3://${this.address.bucket}/${this.address.prefix}${key}`;
  }

  /** @returns undefined where there is no such object */
  async get(key: string): Promise<BucketObject | undefined> {
    return this.trying(async () => {
      try {
        const response = await within(this.quiet, this.client.getObject(this.keyOf(key)));
        const bytes = await readBody(response, this.quiet);
        return { bytes, etag: response.headers.get('etag') ?? '' };
      } catch (error) {
        if (error instanceof S3Errors.ServerError && error.code === 'NoSuchKey') return undefined;
        throw error;
      }
    });
  }

  /** The server compares the SHA-256 of what it was sent, which is part of the signature. */
  async put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const time = this.quiet + bytes.length / slowestLink;
    await this.trying(() => within(time, this.client.putObject(this.keyOf(key), bytes)));
  }

  /**
   * Writes an object if nobody else has written it meanwhile. A server that knows no conditions writes it in any case.
   *
   * @param etag of what is there now; undefined where nothing is
   * @returns whether it was written
   */
  async replace(key: string, etag: string | undefined, text: string): Promise<boolean> {
    const written = await this.trying(async () => {
      try {
        const request = this.client.makeRequest({
          method: 'PUT',
          objectName: this.keyOf(key),
          payload: text,
          headers: new Headers(etag === undefined ? { 'if-none-match': '*' } : { 'if-match': etag }),
        });
        await within(this.quiet + text.length / slowestLink, request);
        return true;
      } catch (error) {
        if (error instanceof S3Errors.ServerError && error.statusCode === 412) return false;
        throw error;
      }
    });
    if (written) return true;
    // An answer may have been lost on its way: then it is our own writing that is there.
    const now = await this.get(key);
    return now !== undefined && new TextDecoder().decode(now.bytes) === text;
  }

  /** Keys that begin so, in the order of their letters. */
  async list(start: string): Promise<string[]> {
    return this.trying(async () => {
      const keys: string[] = [];
      const found = this.client.listObjects({ prefix: this.keyOf(start) });
      for (;;) {
        const { done, value } = await within(this.quiet, found.next());
        if (done === true) return keys;
        keys.push(value.key.slice(this.address.prefix.length));
      }
    });
  }

  async remove(key: string): Promise<void> {
    await this.trying(() => within(this.quiet, this.client.deleteObject(this.keyOf(key))));
  }

  private keyOf(key: string): string {
    return `${this.address.prefix}${key}`;
  }

  private async trying<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.requests === atOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.requests++;
    try {
      return await this.tryingNow(work);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.requests--;
      else next();
    }
  }

  private async tryingNow<Result>(work: () => Promise<Result>): Promise<Result> {
    let silent = 0;
    for (let tried = 0; ; tried++) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof SilenceError) silent++;
        if (tried === this.pauses.length || silent === silentTries || !mayPass(error))
          throw this.unusable(error);
      }
      await wait(this.pauses[tried]);
    }
  }

  private unusable(error: unknown): StorageError {
    const { text, endpoint } = this.address;
    const [why, wayOut] = explain(error, endpoint, this.pauses.length + 1);
    return new StorageError(`--storage ${text} cannot be used (${why}); ${wayOut}`, { cause: error });
  }
}

/** Whether the same may go well in a moment: too much to do, a conflict with another, a broken connection. */
function mayPass(error: unknown): boolean {
  if (error instanceof S3Errors.ServerError)
    return error.statusCode >= 500 || error.statusCode === 429 || error.statusCode === 409;
  return error instanceof SilenceError || (error instanceof TypeError && !isAboutCertificate(error));
}

/** What was wrong, and the way out. */
function explain(error: unknown, endpoint: string, tries: number): readonly [string, string] {
  if (error instanceof S3Errors.ServerError) {
    const { statusCode, code, message } = error;
    const why = `${endpoint} says ${statusCode} ${code}: ${message.replace(/[.\s]+$/, '')}`;
    if (code === 'NoSuchBucket') return [why, 'make the bucket, or correct its name'];
    if (statusCode === 401 || statusCode === 403)
      return [
        why,
        'correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and let them read, write, list and delete there',
      ];
    if (statusCode === 301 || statusCode === 400)
      return [why, 'check AWS_REGION, AWS_ENDPOINT_URL and the name of the bucket'];
    return mayPass(error)
      ? [why, `tried ${tries} times: start again when the server is well`]
      : [why, 'check AWS_ENDPOINT_URL, and that a server of S3 answers there'];
  }
  if (error instanceof SilenceError)
    return [
      `${endpoint} takes requests and does not answer them: ${error.message}, and again when it was asked once more`,
      'see whether the server is well and nothing on the way holds back what it sends, and start again',
    ];
  const reason = reasonOf(error);
  if (isAboutCertificate(error))
    return [
      `the certificate of ${endpoint} is not trusted: ${reason}`,
      'name the authority that has signed it with NODE_EXTRA_CA_CERTS',
    ];
  return [`no answer from ${endpoint}: ${reason}`, 'start a server of S3 there, or correct AWS_ENDPOINT_URL'];
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const { code, message: inner } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? inner ?? message;
}

function isAboutCertificate(error: unknown): boolean {
  return /CERT|SELF_SIGNED|LEAF_SIGNATURE|TLS_/.test(reasonOf(error));
}
