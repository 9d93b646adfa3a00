import { spawn } from 'node:child_process';
import { BackendError } from '@dist-gan/core';

export interface CommandOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory?: string;
  readonly signal?: AbortSignal;
}

/** What node-gyp says after what the compiler has said. */
const epilogue = /^gyp ERR! (?:build error|stack|System|command|cwd|node|not ok)/;

/**
 * Runs a program and gives what it wrote to stdout.
 *
 * @throws BackendError with the end of its output and `remedy`, when it does not end well
 */
export async function runProgram(
  file: string,
  parameters: readonly string[],
  remedy: string,
  { environment, workingDirectory, signal }: CommandOptions,
): Promise<string> {
  const { status, stdout, stderr } = await attempt(file, parameters, {
    environment,
    workingDirectory,
    signal,
  });
  if (status === 0) return stdout;
  const written = `${stdout}\n${stderr}`.trim().split('\n');
  const lines = written
    .filter((line) => !epilogue.test(line))
    .slice(-6)
    .join('\n');
  throw new BackendError(
    `${file} ${parameters.slice(0, 3).join(' ')} failed${lines ? `: ${lines}` : ''}. ${remedy}`,
    file,
  );
}

/** Whether a program is there and ends well. */
export async function works(
  file: string,
  parameters: readonly string[],
  options: CommandOptions,
): Promise<boolean> {
  return (await attempt(file, parameters, options)).status === 0;
}

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function attempt(
  file: string,
  parameters: readonly string[],
  { environment, workingDirectory, signal }: CommandOptions,
): Promise<Result> {
  return new Promise((resolve) => {
    let [stdout, stderr] = ['', ''];
    // npm is a script there, which only a shell starts. No word that it is given has a space in it.
    const shell = process.platform === 'win32' && file === 'npm';
    const child = spawn(shell ? [file, ...parameters].join(' ') : file, shell ? [] : parameters, {
      cwd: workingDirectory,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      shell,
    });
    child.stdout.on('data', (text) => (stdout += String(text)));
    child.stderr.on('data', (text) => (stderr += String(text)));
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ status: null, stdout, stderr: error.message });
    });
    // What is stopped may write until it has ended; what it has started may keep its output open for longer.
    child.on('exit', (status) => {
      if (signal?.aborted) resolve({ status, stdout, stderr });
    });
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}
