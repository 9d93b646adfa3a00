/**
 * A network of one host. A command runs in a network namespace of its own (Linux, `unshare`), where nothing is reached
 * and no name is found; one port of its loopback leads through a socket in the file system to a proxy outside, which
 * connects to the npm registry and refuses all else. The machine's own settings are not touched.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const registry = 'registry.npmjs.org:443';

const within = fileURLToPath(new URL('within.mjs', import.meta.url));

/** Opens the proxy at `socket` (a path); `refused` collects the hosts that were asked for and not reached. */
export async function openRegistryOnly(socket) {
  const refused = new Set();
  const proxy = createServer((request, response) => {
    refused.add(new URL(request.url ?? '', 'http://unnamed').host);
    response.writeHead(403).end();
  });
  proxy.on('connect', ({ url }, client) => {
    client.on('error', () => client.destroy());
    if (url !== registry) {
      refused.add(url);
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const [host, port] = registry.split(':');
    const server = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    server.on('error', () => client.destroy());
    client.on('close', () => server.destroy());
  });
  await new Promise((resolve) => proxy.listen(socket, resolve));

  /** Runs a command with nothing but the registry in reach. */
  function run(command, { cwd, env }) {
    const namespace = ['--net', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];
    const child = spawn('unshare', [...namespace, process.execPath, within, socket, ...command], {
      cwd,
      env,
    });
    let output = '';
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (output += String(text)));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve({ ok: status === 0, output }));
    });
  }
  return { run, refused, close: () => proxy.close() };
}
