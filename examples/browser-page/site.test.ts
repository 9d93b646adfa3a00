import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { servePage } from './site.mjs';

/** The status of what a server answers to a path, sent as it is. */
function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: page\r\nconnection: close\r\n\r\n`),
    );
    socket.on('data', (part) => (answer += String(part)));
    socket.on('error', reject);
    socket.on('close', () => resolve(Number(answer.split(' ')[1])));
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
