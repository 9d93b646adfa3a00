/**
 * Runs the workspace's tools for someone who has only Node and npm: npm fetches the pinned pnpm into
 * its cache and puts it on the PATH of what it runs, nothing is installed globally.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { silent } from './silent.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const { packageManager, engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url)));

/** Says at once, and plainly, what an old Node would say late and obscurely. */
export function requireSupportedNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = engines.node.replace('>=', '').split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  console.error(
    `error: this project needs Node ${engines.node}, this is ${process.versions.node}; install a newer Node`,
  );
  process.exit(2);
}

/** A command with pnpm on its PATH, as arguments of `spawn`; where pnpm runs us it is there, and nothing is asked of npm. */
function withPnpm(command, args, stdio) {
  const options = { cwd: root, stdio, env: { ...process.env, ...silent } };
  if (process.env.npm_config_user_agent?.startsWith('pnpm/'))
    return [command, args, { ...options, shell: process.platform === 'win32' }];
  const npm = process.env.npm_execpath;
  const [file, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return [file, [...first, 'exec', '--yes', `--package=${packageManager}`, '--', command, ...args], options];
}

/** Runs a command in the repository root with pnpm on its PATH; returns the exit status. */
export function run(command, ...args) {
  const { status, signal, error } = spawnSync(...withPnpm(command, args, 'inherit'));
  if (error) console.error(`error: npm could not be run: ${error.message}`);
  return signal ? 130 : (status ?? 1);
}

/** As `run`, for what the command says: its exit status, `stdout` and `stderr`, or the `error` that kept it from running. */
export function capture(command, ...args) {
  const [file, words, options] = withPnpm(command, args, 'pipe');
  const { status, stdout, stderr, error } = spawnSync(file, words, {
    ...options,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '', error };
}

/** As `run`, beside others: what the command writes comes with the exit status, when it has ended. */
export async function runBeside(command, ...args) {
  const child = spawn(...withPnpm(command, args, ['ignore', 'pipe', 'pipe']));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.on('error', (error) =>
      resolve({ status: 1, output: `error: npm could not be run: ${error.message}\n` }),
    );
    child.on('close', (status, signal) => resolve({ status: signal ? 130 : status, output }));
  });
}

/** As `run`, while others go on beside it. */
export async function runMeanwhile(command, ...args) {
  const child = spawn(...withPnpm(command, args, 'inherit'));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`error: npm could not be run: ${error.message}`);
      resolve(1);
    });
    child.on('close', (status, signal) => resolve(signal ? 130 : status));
  });
}

export function install() {
  console.log('Installing...');
  return run('pnpm', 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=error');
}

/** Builds all packages; others may go on beside it. */
export async function build() {
  console.log('Building...');
  return runMeanwhile('pnpm', 'turbo', 'run', 'build', '--filter=./packages/*', '--output-logs=errors-only');
}
