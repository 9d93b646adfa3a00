import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { servePage } from './site.mjs';

/** The status of what a server answers to a path, sent as it is. It goes away then, whether that was all or not. */
function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: page\r\nconnection: close\r\n\r\n`),
    );
    let answer = '';
    socket.on('data', (part) => {
      answer += String(part);
      const status = /^HTTP\/1\.1 (\d+) /.exec(answer)?.[1];
      if (status === undefined) return;
      socket.destroy();
      resolve(Number(status));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${path}: no answer but "${answer}"`)));
  });
}

it('serves the files of its folder, and lives on after what is no path', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-site-'));
  writeFileSync(join(folder, 'index.html'), '<p>page</p>');
  const server = await servePage(0, folder);
  try {
    const { port } = server.address() as AddressInfo;
    expect(await statusOf(port, '/')).toBe(200);
    for (const path of ['/%', '/%00', '/none', '/..%2f..%2fetc%2fpasswd', '/..%5c..%5cindex.html'])
      expect(await statusOf(port, path), path).toBe(404);
    expect(await statusOf(port, '/index.html')).toBe(200);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});

it.skipIf(!existsSync('/proc/self/fd'))('keeps no file open for a reader that has gone away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-site-'));
  const file = join(folder, 'large.mjs');
  writeFileSync(file, '');
  truncateSync(file, 2 ** 26);
  const isOpen = () =>
    readdirSync('/proc/self/fd').some((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`) === file;
      } catch {
        return false; // That of this look.
      }
    });
  const server = await servePage(0, folder);
  try {
    expect(await statusOf((server.address() as AddressInfo).port, '/large.mjs')).toBe(200);
    await vi.waitFor(() => expect(isOpen()).toBe(false), 10_000);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
