import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-setup-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program on the path of the set-up: the lines of a shell script. */
function program(name: string, script = 'exit 0') {
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

async function setUp(...words: string[]) {
  const environment = { PATH: join(folder, 'bin'), DIST_GAN_CACHE: join(folder, 'cache') };
  const terminal = recordedTerminal({ workingDirectory: folder, environment });
  const code = await main(['setup', ...words], terminal);
  return { code, ...terminal.written };
}

/** Everything in the cache but the folders that hold the engines. */
function leftBehind() {
  return readdirSync(join(folder, 'cache'), { recursive: true }).filter(
    (name) => name !== 'tensorflow' && name !== 'onnxruntime',
  );
}

describe('dist-gan setup', () => {
  it('asks for an engine that it knows', async () => {
    expect((await setUp()).stderr).toMatch(/setup needs an engine: onnx, tensorflow, onnx-cuda/);
    expect((await setUp('tensorflw')).stderr).toMatch(/unknown engine "tensorflw"; did you mean tensorflow/);
    expect((await setUp('onnx-cuda', '--version=1.15')).stderr).toMatch(/--version is of setup tensorflow/);
    expect((await setUp('tensorflow', '--version=1.15')).stderr).toMatch(/--version must be a version/);
  });
});

describe.skipIf(process.platform === 'win32')('dist-gan setup onnx', () => {
  it('asks npm for the version that is tested here, without its script', async () => {
    const workspace = readFileSync(new URL('../../../../pnpm-workspace.yaml', import.meta.url), 'utf8');
    const version = /onnxruntime-node: (\S+)/.exec(workspace)![1];
    program('npm', 'echo "$@" > asked');
    const { stdout } = await setUp('onnx');
    const made = join(folder, 'cache', 'onnxruntime', version);
    expect(stdout).toContain(`made ${made}\n`);
    // What was tried is the one that the packages bring.
    expect(stdout).toContain(`Runs use that one; the one in ${made} only where that is not.\n`);
    const asked = readFileSync(join(made, 'asked'), 'utf8');
    expect(asked).toMatch(/^install --ignore-scripts /);
    expect(asked.trim().split(' ')).toContain(`onnxruntime-node@${version}`);
    expect((await setUp('onnx')).stdout).toContain(`is there already: ${made}\n`);
  });

  it('tells what failed, and leaves nothing behind', async () => {
    program('npm', 'echo "no network" >&2; exit 1');
    const { code, stderr } = await setUp('onnx');
    expect(code).toBe(69);
    expect(stderr).toMatch(/npm install .* failed: no network. Is the npm registry reachable/);
    expect(leftBehind()).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('dist-gan setup tensorflow', () => {
  it('says which program is missing, before it fetches anything', async () => {
    expect(await setUp('tensorflow')).toMatchObject({
      code: 69,
      stderr: expect.stringMatching(/there is no Python 3.8 .*; install it/) as string,
    });
    program('python3', 'test "$1" = -c');
    expect((await setUp('tensorflow')).stderr).toMatch(/python3 has no pip.*; install it/);
    program('python3');
    expect((await setUp('tensorflow')).stderr).toMatch(/there is no C\+\+ compiler.*build-essential/);
    program('g++');
    const { stdout, stderr } = await setUp('tensorflow');
    expect(stderr).toMatch(/there is no make/);
    expect(stdout).toBe('');
  });

  it('tells what failed, and leaves nothing behind', async () => {
    for (const name of ['python3', 'c++', 'make']) program(name);
    program('npm', 'echo "no such package" >&2; exit 1');
    const first = await setUp('tensorflow');
    expect(first.stderr).toMatch(/npm install .* failed: no such package. Is the npm registry reachable/);
    expect(leftBehind()).toEqual([]);

    program('npm');
    program('python3', 'test "$3" != download || { echo "no matching wheel"; exit 1; }');
    const second = await setUp('tensorflow', '--version=2.99.0');
    expect(second.code).toBe(69);
    expect(second.stdout).toContain('fetching TensorFlow 2.99.0 for the CPU');
    expect(second.stderr).toMatch(/no matching wheel.*is there a wheel of tensorflow-cpu 2.99.0/);
    expect(leftBehind()).toEqual([]);
  });

  it('stops at Ctrl-C and leaves nothing behind', async () => {
    for (const name of ['python3', 'c++', 'make']) program(name);
    program('npm', 'exec /bin/sleep 60');
    const environment = { PATH: join(folder, 'bin'), DIST_GAN_CACHE: join(folder, 'cache') };
    const terminal = recordedTerminal({
      environment,
      onOutput: () => void setTimeout(() => terminal.interrupt(), 100),
    });
    expect(await main(['setup', 'tensorflow'], terminal)).toBe(130);
    expect(terminal.written.stderr).toBe('stopped; nothing is left behind\n');
    expect(leftBehind()).toEqual([]);
  });

  it('waits until the program that it has stopped writes no more', async () => {
    for (const name of ['python3', 'c++', 'make']) program(name);
    const late = `/bin/sleep 0.3; /bin/mkdir -p "$here"; echo late > "$here/late"; echo > '${folder}/over'; exit`;
    program(
      'npm',
      `here=$PWD; trap '${late.replaceAll("'", "'\\''")}' TERM; echo > '${folder}/begun'; while :; do /bin/sleep 0.05; done`,
    );
    const environment = { PATH: join(folder, 'bin'), DIST_GAN_CACHE: join(folder, 'cache') };
    const terminal = recordedTerminal({ environment });
    const stopping = vi.waitFor(() => expect(existsSync(join(folder, 'begun'))).toBe(true), 30_000);
    const ended = main(['setup', 'tensorflow'], terminal);
    await stopping;
    terminal.interrupt();
    expect(await ended).toBe(130);
    expect(existsSync(join(folder, 'over'))).toBe(true);
    expect(leftBehind()).toEqual([]);
  });

  it('takes a CXX that is empty for none', async () => {
    for (const name of ['python3', 'c++']) program(name);
    const environment = { PATH: join(folder, 'bin'), DIST_GAN_CACHE: join(folder, 'cache'), CXX: '' };
    const terminal = recordedTerminal({ environment });
    expect(await main(['setup', 'tensorflow'], terminal)).toBe(69);
    expect(terminal.written.stderr).toMatch(/there is no make/);
  });

  it('says how to have anew what is there and does not work', async () => {
    vi.stubEnv('DIST_GAN_CACHE', join(folder, 'cache'));
    mkdirSync(join(folder, 'cache', 'tensorflow', 'cpu-2.15.1'), { recursive: true });
    const { code, stdout } = await setUp('tensorflow', '--version=2.15.1');
    vi.unstubAllEnvs();
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^What is there does not work here\. .* remove .*cpu-2\.15\.1 and run this again/m,
    );
  });

  it.each([' ', '#', "'"])('refuses a folder that node-gyp cannot build in: with %j', async (character) => {
    const cache = join(folder, `ü${character}b`);
    const terminal = recordedTerminal({ environment: { DIST_GAN_CACHE: cache } });
    expect(await main(['setup', 'tensorflow'], terminal)).toBe(69);
    expect(terminal.written.stdout).toBe('');
    expect(terminal.written.stderr).toContain(`has "${character}" in its name`);
    expect(terminal.written.stderr).toMatch(/name another folder with DIST_GAN_CACHE/);
  });

  it('refuses a Linux without the C library that TensorFlow needs, before it fetches anything', async () => {
    const report = vi.spyOn(process.report, 'getReport').mockReturnValue({ header: {} });
    const { code, stdout, stderr } = await setUp('tensorflow');
    report.mockRestore();
    expect({ code, stdout }).toEqual({ code: 69, stdout: '' });
    expect(stderr).toMatch(/needs glibc, .*; use /);
  });

  it('builds nothing twice', async () => {
    mkdirSync(join(folder, 'cache', 'tensorflow', 'cpu-2.15.1'), { recursive: true });
    expect((await setUp('tensorflow', '--version=2.15.1')).stdout).toMatch(
      /^is there already: .*cpu-2\.15\.1$/m,
    );
  });
});
