/**
 * Makes the Python environment of the peers in `.venv` beside this file.
 *
 *   node setup.mjs                      PyTorch and JAX from the package index that pip is set up with
 *   node setup.mjs --torch-index <url>  PyTorch from another index; PyTorch's own documents one with CPU-only
 *                                       wheels, which on Linux saves 2.8 GB of download and 4 GB of disk
 *   node setup.mjs --python <command>   another interpreter (3.11 to 3.13)
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const environment = join(here, '.venv');
const requirements = join(here, 'peers', 'requirements.txt');
const python =
  process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
const gigabytesNeeded = 8;

let options;
try {
  options = parseArgs({
    options: { python: { type: 'string' }, 'torch-index': { type: 'string' }, force: { type: 'boolean' } },
  }).values;
} catch (error) {
  fail(error.message, 'Known options: --python <command>, --torch-index <url>, --force.');
}

const interpreter = findInterpreter();
if (options.force) rmSync(environment, { recursive: true, force: true });
if (!existsSync(python)) {
  const { bavail, bsize } = statfsSync(here);
  const free = (bavail * bsize) / 2 ** 30;
  if (free < gigabytesNeeded)
    fail(
      `only ${free.toFixed(1)} GB are free on this disk, and the peers need up to ${gigabytesNeeded} GB`,
      'Make room, or pass --torch-index with an index of CPU-only wheels.',
    );
  step(1, `making a virtual environment with Python ${interpreter.version}`);
  run(
    interpreter.command,
    ['-m', 'venv', environment],
    'On Debian and Ubuntu this needs the package python3-venv.',
  );
} else {
  step(1, 'the virtual environment is there already (--force makes a new one)');
}

step(
  2,
  'installing PyTorch, JAX, NumPy and SciPy (3 GB with the default index on Linux; 2 to 10 minutes once)',
);
const pip = ['-m', 'pip', 'install', '--disable-pip-version-check'];
if (options['torch-index']) {
  const torch = /^torch==.*$/m.exec(readFileSync(requirements, 'utf8'))[0];
  run(
    python,
    [...pip, '--index-url', options['torch-index'], torch],
    `Does ${options['torch-index']} hold ${torch}?`,
  );
}
run(
  python,
  [...pip, '-r', requirements],
  'pip could not install the peers; its own message is above. Is a package index reachable?',
);

step(3, 'checking that both run, and that torch.compile finds a C++ compiler');
const check = spawnSync(python, ['-c', checkProgram()], { encoding: 'utf8' });
if (check.status !== 0)
  fail(
    `the peers were installed but do not run:\n${check.stderr.trim().split('\n').slice(-4).join('\n')}`,
    'Start afresh with: node setup.mjs --force',
  );
process.stdout.write(check.stdout);
console.log('\nReady. Next: pnpm --filter dist-gan-benchmarks run bench');

function findInterpreter() {
  const candidates = options.python
    ? [options.python]
    : process.platform === 'win32'
      ? ['py', 'python']
      : ['python3.12', 'python3.11', 'python3.13', 'python3'];
  const seen = [];
  for (const command of candidates) {
    const answer = spawnSync(command, ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], {
      encoding: 'utf8',
    });
    if (answer.status !== 0) continue;
    const version = answer.stdout.trim();
    const [major, minor] = version.split('.').map(Number);
    if (major === 3 && minor >= 11 && minor <= 13) return { command, version };
    seen.push(`${command} is ${version}`);
  }
  fail(
    `no Python 3.11 to 3.13 found (tried ${candidates.join(', ')}${seen.length ? `; ${seen.join(', ')}` : ''})`,
    'Install one, or name it: node setup.mjs --python <command>.',
  );
}

function checkProgram() {
  return `
import os
os.environ["JAX_PLATFORMS"] = "cpu"
import jax, torch
assert float(jax.jit(lambda x: x * 2)(3.0)) == 6
print(f"  torch {torch.__version__}, jax {jax.__version__}")
try:
    assert float(torch.compile(lambda x: (x * 2).sum())(torch.ones(3))) == 6
    print("  torch.compile works")
except Exception as error:
    print("  torch.compile does not work here, its rows will be missing (is g++ installed?):", str(error).splitlines()[0])
`;
}

function run(command, parameters, hint) {
  const result = spawnSync(command, parameters, { stdio: 'inherit' });
  if (result.status !== 0)
    fail(`${command} ${parameters.slice(0, 4).join(' ')} ended with status ${result.status}`, hint);
}

function step(number, text) {
  console.log(`[${number}/3] ${text}`);
}

function fail(what, hint) {
  console.error(`setup: ${what}\n${hint}`);
  process.exit(1);
}
