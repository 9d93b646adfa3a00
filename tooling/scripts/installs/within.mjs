/** `node within.mjs <socket> <command...>`, inside the namespace: makes the proxy at the socket the command's way out. */
import { spawn, spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';

const [socket, file, ...args] = process.argv.slice(2);
const { status } = spawnSync('ip', ['link', 'set', 'lo', 'up'], { stdio: 'inherit' });
if (status !== 0) {
  console.error('error: the loopback of the namespace cannot be set up; it needs ip, of iproute2');
  process.exit(1);
}

const relay = createServer((client) => {
  const proxy = connect(socket);
  client.pipe(proxy).pipe(client);
  client.on('error', () => proxy.destroy());
  proxy.on('error', () => client.destroy());
});
relay.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${relay.address().port}`;
  const proxies = {
    HTTP_PROXY: address,
    HTTPS_PROXY: address,
    YARN_HTTP_PROXY: address,
    YARN_HTTPS_PROXY: address,
  };
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...proxies } });
  child.on('error', ({ message }) => {
    console.error(`error: ${message}`);
    process.exit(127);
  });
  child.on('close', (status) => process.exit(status ?? 1));
});
