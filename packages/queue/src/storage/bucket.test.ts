import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasty, S3Server } from '../../test/s3-server.js';
import { Bucket } from './bucket.js';
import { readBucketAddress } from './bucket-address.js';

const keys = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'se-cret' };

describe('the address of a bucket', () => {
  it('is a bucket and a prefix, with server, region and keys from the environment', () => {
    expect(readBucketAddress('s3://runs/lab/grid', keys)).toEqual({
      text: 's3://runs/lab/grid',
      bucket: 'runs',
      prefix: 'lab/grid/',
      endpoint: 'https://s3.us-east-1.amazonaws.com',
      region: 'us-east-1',
      accessKey: 'key',
      secretKey: 'se-cret',
    });
    const named = {
      ...keys,
      AWS_ENDPOINT_URL: 'https://other',
      AWS_ENDPOINT_URL_S3: 'https://minio.lab:9000/',
      AWS_REGION: 'eu-west-1',
      AWS_SESSION_TOKEN: 'token',
    };
    expect(readBucketAddress('s3://runs/', named)).toMatchObject({
      prefix: '',
      endpoint: 'https://minio.lab:9000',
      region: 'eu-west-1',
      sessionToken: 'token',
    });
  });

  it.each([
    'runs/grid',
    'https://runs',
    's3://key:word@runs',
    's3://runs/../other',
    's3://runs/a b',
    's3://',
  ])('is not %s', (text) =>
    expect(() => readBucketAddress(text, keys)).toThrow(/^--storage must be a bucket/),
  );

  it('says what is missing or wrong without what is secret', () => {
    expect(() => readBucketAddress('s3://runs', { AWS_ACCESS_KEY_ID: 'key' })).toThrow(
      /^--storage s3:\/\/runs needs the keys to it: set AWS_ACCESS_KEY_ID and/,
    );
    const withPassword = { ...keys, AWS_ENDPOINT_URL: 'https://user:word@minio.lab' };
    expect(() => readBucketAddress('s3://runs', withPassword)).toThrow(
      /^AWS_ENDPOINT_URL must be the address of a server of S3 without user and password, for instance/,
    );
  });
});

describe('a bucket', { timeout: 30_000 }, () => {
  let folder = '';
  let server: S3Server;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dist-gan-bucket-'));
    server = await S3Server.start(folder);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const bytes = (...values: number[]) => Uint8Array.from(values);

  it('gives what it was given, and nothing where there is nothing', async () => {
    const bucket = server.bucket();
    await bucket.put('a/one', bytes(1, 2, 255));
    await bucket.put('a/two', bytes());
    await bucket.put('b', bytes(3));
    expect((await bucket.get('a/one'))?.bytes).toEqual(bytes(1, 2, 255));
    expect((await bucket.get('a/two'))?.bytes).toEqual(bytes());
    expect(await bucket.get('a/three')).toBeUndefined();
    expect(await bucket.list('a/')).toEqual(['a/one', 'a/two']);
    await bucket.remove('a/one');
    await bucket.remove('a/one');
    expect(await bucket.list('a/')).toEqual(['a/two']);
  });

  it('writes what another has not written meanwhile', async () => {
    const bucket = server.bucket();
    expect(await bucket.replace('m', undefined, 'first')).toBe(true);
    const { etag } = (await bucket.get('m'))!;
    expect(await bucket.replace('m', etag, 'second')).toBe(true);
    expect(new TextDecoder().decode((await bucket.get('m'))!.bytes)).toBe('second');
  });

  it('says who refuses, why, and the way out, without the keys', async () => {
    const refused = server
      .bucket({ AWS_ACCESS_KEY_ID: 'unknown', AWS_SECRET_ACCESS_KEY: 'se-cret' })
      .list('');
    await expect(refused).rejects.toThrow(
      /^--storage s3:\/\/runs\/a-sweep cannot be used \(http:\/\/127.0.0.1:\d+ says 403 InvalidAccessKeyId: .*\); correct AWS_ACCESS_KEY_ID/,
    );
    await expect(refused).rejects.not.toThrow(/se-cret/);
    const nowhere = new Bucket(readBucketAddress('s3://no-such/grid', server.environment));
    await expect(nowhere.get('a')).rejects.toThrow(/says 404 NoSuchBucket: .*; make the bucket/);
  });

  /** A server that answers each request as it is told. */
  const answering = async (
    answers: readonly (readonly [status: number, body?: string])[],
    work: (bucket: Bucket, asked: () => number) => Promise<void>,
  ) => {
    let asked = 0;
    const odd = createServer((request, response) => {
      const [status, body = ''] = answers[Math.min(asked++, answers.length - 1)];
      request.resume().on('end', () => response.writeHead(status).end(body));
    }).listen(0, '127.0.0.1');
    await once(odd, 'listening');
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`;
    await work(new Bucket(readBucketAddress('s3://runs', { ...keys, AWS_ENDPOINT_URL }), hasty), () => asked);
    odd.close();
  };

  it('asks again what may go well later, and not for ever', async () => {
    const slowDown = '<Error><Code>SlowDown</Code><Message>Please reduce your rate.</Message></Error>';
    await answering([[503, slowDown], [500], [200, 'here']], async (bucket, asked) => {
      expect(new TextDecoder().decode((await bucket.get('a'))!.bytes)).toBe('here');
      expect(asked()).toBe(3);
    });
    await answering([[503, slowDown]], async (bucket, asked) => {
      await expect(bucket.get('a')).rejects.toThrow(
        /says 503 SlowDown: Please reduce your rate\); tried 6 times: start again when the server is well/,
      );
      expect(asked()).toBe(6);
    });
  });

  it('says that it asked several times only where it did', async () => {
    await answering([[405]], async (bucket, asked) => {
      await expect(bucket.put('a', bytes(1))).rejects.toThrow(/says 405 .*; check AWS_ENDPOINT_URL/);
      expect(asked()).toBe(1);
    });
  });

  it('leaves what another has written, and knows its own writing whose answer was lost', async () => {
    await answering([[412], [200, 'of another']], async (bucket) => {
      expect(await bucket.replace('m', '"1"', 'mine')).toBe(false);
    });
    await answering([[500], [412], [200, 'mine']], async (bucket) => {
      expect(await bucket.replace('m', undefined, 'mine')).toBe(true);
    });
  });

  /** A server that takes every request, and sends so many parts of an answer, which would have more. */
  const withholding = async (
    { parts, every = 0 }: { parts: number; every?: number },
    work: (bucket: Bucket, asked: () => number) => Promise<void>,
  ) => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      void (async () => {
        for (let i = 0; i < parts; i++) {
          response.write('part');
          await wait(every);
        }
        if (every > 0) response.end();
      })();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const address = readBucketAddress('s3://runs', { ...keys, AWS_ENDPOINT_URL });
    await work(new Bucket(address, hasty, 400), () => asked);
    server.closeAllConnections();
    server.close();
  };

  it('gives up a server that takes requests and never answers, or stops half way', async () => {
    const message =
      /^--storage s3:\/\/runs cannot be used \(http:\/\/127.0.0.1:\d+ takes requests and does not answer them: nothing came within 0.4 s, and again .*\); see whether/;
    await withholding({ parts: 0 }, async (bucket, asked) => {
      await expect(bucket.get('a')).rejects.toThrow(message);
      expect(asked()).toBe(2);
      await expect(bucket.put('a', bytes(1))).rejects.toThrow(message);
      await expect(bucket.replace('a', undefined, 'text')).rejects.toThrow(message);
      await expect(bucket.list('')).rejects.toThrow(message);
      await expect(bucket.remove('a')).rejects.toThrow(message);
    });
    await withholding({ parts: 1 }, async (bucket) => {
      await expect(bucket.get('a')).rejects.toThrow(message);
    });
  });

  it('waits for what is slow, and comes', async () => {
    await withholding({ parts: 8, every: 100 }, async (bucket) => {
      expect(new TextDecoder().decode((await bucket.get('a'))!.bytes)).toBe('part'.repeat(8));
    });
  });

  it('says that nobody answers', async () => {
    const away = await S3Server.start(mkdtempSync(join(folder, 'away-')));
    await away.stop();
    await expect(away.bucket().get('a')).rejects.toThrow(
      /cannot be used \(no answer from http:\/\/127.0.0.1:\d+: ECONNREFUSED\); start a server of S3 there/,
    );
  });
});
