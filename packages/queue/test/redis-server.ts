import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { connect } from '../src/connection.js';

/** The program of a queue, where one is installed. */
export const redisProgram = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);
if (redisProgram === undefined) {
  console.log(
    'skipped: the tests of the queue; neither redis-server nor valkey-server was found (apt-get install redis-server)',
  );
}

/** A Redis of a test's own, on loopback, with a password and all that it was given on disk. */
export class RedisServer {
  readonly password = 'se-cret';
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(folder: string): Promise<RedisServer> {
    const server = new RedisServer(folder, await freePort());
    await server.start();
    return server;
  }

  get address(): string {
    return `redis://:${this.password}@127.0.0.1:${this.port}`;
  }

  /** Once more, with what it had. */
  async start(): Promise<void> {
    const settings = {
      port: `${this.port}`,
      bind: '127.0.0.1',
      requirepass: this.password,
      dir: this.folder,
      appendonly: 'yes',
    };
    const words = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
    this.child = spawn(redisProgram!, words, { stdio: 'ignore' });
    for (let tries = 0; ; tries++) {
      try {
        return (await connect(this.address)).disconnect();
      } catch (error) {
        if (tries > 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  async stop(): Promise<void> {
    if (this.child === undefined) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
    this.child = undefined;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
