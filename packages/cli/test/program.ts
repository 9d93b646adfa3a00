/** The built program as a process, in a folder of a test's own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '@dist-gan/runs';
import { expect } from 'vitest';

export const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

/** Whether there is one, and a system that has signals. */
export const canRun = existsSync(bin) && process.platform !== 'win32';

/** A training into the folder `run` that ends when it is told to. */
export const endless = [
  'train',
  'gaussian-grid-gan',
  '--steps=1000000',
  '--backend=cpu',
  '--set=architecture.hiddenUnits=[8]',
  '--set=dataset.pointsPerMode=20',
  '--set=evaluation.samples=100',
  '--json',
  '--out=run',
];

/** A training of two steps. */
export const short = [
  ...['train', 'gaussian-grid-gan', '--steps=2', '--set=evaluation.samples=100'],
  '--set=architecture.hiddenUnits=[8]',
];

/** Starts the program; `onLine` hears of its output, and may end it. */
export function runProgram(
  folder: string,
  words: readonly string[],
  onLine: (line: string, child: ChildProcess) => void = () => undefined,
  env = process.env,
): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += String(text)));
  child.stdout.on('data', (text) => onLine(String(text), child));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stderr }));
  });
}

/** Sends a signal to the endless training: it writes its results, and ends as programs do. */
export async function expectEndAt(folder: string, signal: NodeJS.Signals, code: number): Promise<void> {
  let sent = false;
  const ended = await runProgram(folder, endless, (line, child) => {
    if (sent || !line.includes('"event":"step"')) return;
    sent = true;
    child.kill(signal);
  });
  expect(ended).toMatchObject({ code, signal: null });
  expect(ended.stderr).toMatch(/^stopping after this step and writing results/m);
  expectResults(folder);
}

/** What the endless training leaves behind, however it ended. */
export function expectResults(folder: string): void {
  const result = JSON.parse(readFileSync(join(folder, 'run/result.json'), 'utf8')) as RunResult;
  expect(result.steps).toBeGreaterThan(0);
  expect(result.metrics.map(({ id }) => id)).toContain('modes-covered');
  expect(readFileSync(join(folder, 'run/report.html'), 'utf8')).toContain('"state":"stopped"');
}

/**
 * What little a program is told. ONNX Runtime is silent by itself where a variable says that it runs in a test: there must
 * be none. Whoever names a target is not told, once, of a faster engine.
 */
export const bareEnvironment = (folder: string) => ({
  PATH: process.env.PATH ?? '',
  HOME: join(folder, 'home'),
  DIST_GAN_TARGET: 'onnx',
});

/** Runs the program: it keeps nothing in the home of its user, and talks to nobody. */
export function expectSilence(folder: string, words: readonly string[], more: NodeJS.ProcessEnv = {}): void {
  mkdirSync(join(folder, 'home'));
  const traced = spawnSync('strace', ['-V']).status === 0;
  const trace = join(folder, 'trace');
  const strace = ['strace', '-f', '-o', trace, '-e', 'trace=connect,sendto,sendmsg'];
  const [file, ...rest] = [...(traced ? strace : []), process.execPath, bin, ...words];
  const env = { ...bareEnvironment(folder), ...more };
  const { status, stderr } = spawnSync(file, rest, { cwd: folder, env, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(readdirSync(join(folder, 'home'), { recursive: true })).toEqual([]);
  if (traced) expect(readFileSync(trace, 'utf8')).not.toMatch(/AF_INET/);
}
