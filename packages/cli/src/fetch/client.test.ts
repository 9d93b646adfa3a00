import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveFiles, type FileServer } from '../../test/file-server.js';
import { serveProxy, type ProxyServer } from '../../test/proxy-server.js';
import { Client, type Environment } from './client.js';

const content = Uint8Array.from({ length: 50_000 }, (_, i) => i);

let server: FileServer;
let proxy: ProxyServer;
beforeEach(async () => {
  server = await serveFiles({ 'set.gz': content }, { redirects: { 'old.gz': 'set.gz' } });
  proxy = await serveProxy();
});
afterEach(async () => {
  await server.close();
  await proxy.close();
});

/** Fetches a file of the server under a host name that nobody but the proxy knows. */
async function get(environment: Environment, { host = 'data.invalid', name = 'set.gz', start = 0 } = {}) {
  const client = new Client(environment);
  const { port } = new URL(server.address);
  try {
    const answer = await client.get(`http://${host}:${port}/${name}`, {
      start,
      signal: AbortSignal.timeout(20_000),
    });
    return { status: answer.status, body: new Uint8Array(await buffer(answer.body)) };
  } finally {
    await client.close();
  }
}

describe('Client', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])('asks through the proxy of %s', async (name) => {
    const answer = await get({ [name]: proxy.address });
    expect(answer).toEqual({ status: 200, body: content });
    expect(proxy.asked).toEqual([expect.stringContaining('data.invalid')]);
  });

  it('asks a proxy for an encrypted server by a tunnel', async () => {
    const client = new Client({ HTTPS_PROXY: proxy.address });
    const { port } = new URL(server.address);
    // The server speaks no TLS: that the tunnel was asked for is what counts.
    await expect(
      client.get(`https://data.invalid:${port}/set.gz`, { start: 0, signal: AbortSignal.timeout(20_000) }),
    ).rejects.toThrow();
    await client.close();
    expect(proxy.asked).toEqual([`CONNECT data.invalid:${port}`]);
  });

  it('asks hosts of NO_PROXY itself', async () => {
    const host = '127.0.0.1';
    const direct = await get({ HTTP_PROXY: proxy.address, NO_PROXY: 'example.org,127.0.0.1' }, { host });
    expect(direct).toEqual({ status: 200, body: content });
    expect(proxy.asked).toEqual([]);
    await get({ HTTP_PROXY: proxy.address, NO_PROXY: 'example.org' }, { host });
    expect(proxy.asked.length).toBe(1);
    proxy.asked.length = 0;
    await get({ HTTP_PROXY: proxy.address, no_proxy: '*' }, { host });
    await get({ HTTPS_PROXY: proxy.address }, { host });
    await get({ HTTP_PROXY: '' }, { host });
    expect(proxy.asked).toEqual([]);
  });

  it('goes on in the middle and follows where a file has moved, through the proxy as well', async () => {
    const rest = await get({ HTTP_PROXY: proxy.address }, { name: 'old.gz', start: 40_000 });
    expect(rest).toEqual({ status: 206, body: content.subarray(40_000) });
    expect(server.asked).toEqual(['old.gz bytes=40000-', 'set.gz bytes=40000-']);
  });

  it('says that a proxy is not there', async () => {
    await proxy.close();
    await expect(get({ HTTP_PROXY: proxy.address })).rejects.toThrow(/ECONNREFUSED/);
  });
});
