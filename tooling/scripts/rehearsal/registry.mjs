/** A registry on this machine: Verdaccio, which has our packages in a folder and asks npm's configured registry for all others. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The registry that npm is configured with. */
function configured() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' });
  return stdout.trim();
}

/** Ours are never looked for elsewhere: what is installed of them is what was published here. */
const settings = (uplink) => `
storage: storage
uplinks: { npm: { url: ${JSON.stringify(uplink)}, timeout: 120s, maxage: 1h } }
packages:
  'dist-gan': { access: $all, publish: $all }
  '@dist-gan/*': { access: $all, publish: $all }
  '**': { access: $all, proxy: npm }
max_body_size: 100mb
log: { type: stdout, format: pretty, level: warn }
`;

/** Starts Verdaccio from `tools/node_modules` with all that it keeps in `folder`; `close` ends it. */
export async function openRegistry(folder, tools) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.yaml'), settings(configured()));
  const url = `http://127.0.0.1:${await freePort()}/`;
  const log = join(folder, 'log.txt');
  const program = join(tools, 'node_modules/verdaccio/bin/verdaccio');
  const options = ['--config', join(folder, 'config.yaml'), '--listen', url.slice(0, -1)];
  const child = spawn(process.execPath, [program, ...options], {
    cwd: folder,
    stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')],
  });
  const answers = () =>
    fetch(`${url}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries++) {
    if (child.exitCode !== null || tries > 300) {
      child.kill();
      throw new Error(`Verdaccio does not answer:\n${readFileSync(log, 'utf8')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, close: () => child.kill() };
}
