import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
// @ts-expect-error It has no types of its own.
import S3rver from '@20minutes/s3rver';

interface Server {
  run(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
}

const Program = S3rver as new (options: object) => Server;

/** A server of S3 of a test's own, on loopback, with the bucket `runs`. */
export class StorageServer {
  private constructor(
    private readonly server: Server,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(folder: string): Promise<StorageServer> {
    // It forgets the slash at the end of a bucket's path, over which a request to list is signed.
    const lenient = { allowMismatchedSignatures: true, silent: true };
    const options = { directory: folder, configureBuckets: [{ name: 'runs' }] };
    const server = new Program({ address: '127.0.0.1', port: 0, ...lenient, ...options });
    return new StorageServer(server, folder, (await server.run()).port);
  }

  /** How its bucket is reached. */
  get environment(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${this.port}`,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    };
  }

  /** Whether a checkpoint of some run has been kept. */
  hasCheckpoint(): boolean {
    return (
      existsSync(this.folder) &&
      readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).some(
        (name) =>
          name.includes('manifest.json') && readFileSync(join(this.folder, name), 'utf8').includes('/step-'),
      )
    );
  }

  stop(): Promise<void> {
    return this.server.close();
  }
}
