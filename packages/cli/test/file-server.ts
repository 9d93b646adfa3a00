import { statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** How a server misbehaves; by default it does not. */
export interface Behaviour {
  /** Connections that are cut after so many bytes of the body, one after the other, as soon as these are in the part. */
  cutAfter?: number[];
  /** The folder of the part, `<name>.part`. */
  into?: string;
  /** Whether it gives the whole file whatever part is asked for. */
  ignoresRanges?: boolean;
  /** What it answers, for files that it has. */
  status?: number;
  /** A path that it sends on to the file of that name. */
  redirects?: Readonly<Record<string, string>>;
}

export interface FileServer {
  /** Ends with a slash. */
  readonly address: string;
  /** What was asked for: path and range. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** A server of these files on this machine, for the length of a test. */
export async function serveFiles(
  files: Readonly<Record<string, Uint8Array>>,
  behaviour: Behaviour = {},
): Promise<FileServer> {
  const asked: string[] = [];
  const cuts = [...(behaviour.cutAfter ?? [])];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const name = (request.url ?? '').slice(1);
    const { range } = request.headers;
    asked.push(range === undefined ? name : `${name} ${range}`);
    const moved = behaviour.redirects?.[name];
    if (moved !== undefined) return response.writeHead(302, { location: `/${moved}` }).end();
    const content = Object.hasOwn(files, name) ? files[name] : undefined;
    if (content === undefined || behaviour.status !== undefined) {
      return response.writeHead(behaviour.status ?? 404).end();
    }
    const start = behaviour.ignoresRanges ? 0 : Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    if (start >= content.length && start > 0) return response.writeHead(416).end();
    const body = content.subarray(start);
    const partial = start > 0 && {
      'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
    };
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': body.length,
      'content-encoding': 'gzip',
      ...partial,
    });
    const cut = cuts.shift();
    if (cut === undefined || cut >= body.length) return response.end(body);
    const part = join(behaviour.into ?? '.', `${name}.part`);
    const waiting = setInterval(() => {
      if ((statSync(part, { throwIfNoEntry: false })?.size ?? 0) >= start + cut) response.destroy();
    }, 5);
    response.on('close', () => clearInterval(waiting));
    return response.write(body.subarray(0, cut));
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
