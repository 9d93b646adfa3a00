import { join } from 'node:path';
// @ts-expect-error It has no types of its own.
import S3rver from '@20minutes/s3rver';
import { Bucket } from '../src/storage/bucket.js';
import { readBucketAddress, type Environment } from '../src/storage/bucket-address.js';

interface Server {
  run(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
}
type Serve = new (options: object) => Server;

/** Milliseconds before each further try. */
export const hasty = [1, 1, 1, 1, 1];

const Program = S3rver as Serve;

/** A server of S3 of a test's own, on loopback, with one bucket. It knows whose a key is. */
export class S3Server {
  readonly address = 's3://runs/a-sweep';

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async start(folder: string): Promise<S3Server> {
    const server = new Program({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      // It forgets the slash at the end of a bucket's path, over which a request to list is signed.
      allowMismatchedSignatures: true,
      directory: join(folder, 's3'),
      configureBuckets: [{ name: 'runs' }],
    });
    return new S3Server(server, (await server.run()).port);
  }

  get environment(): Environment {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${this.port}`,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    };
  }

  bucket(changes: Environment = {}): Bucket {
    return new Bucket(readBucketAddress(this.address, { ...this.environment, ...changes }), hasty);
  }

  stop(): Promise<void> {
    return this.server.close();
  }
}
