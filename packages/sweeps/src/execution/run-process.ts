import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program and its words. */
export interface ProgramCall {
  readonly file: string;
  readonly words: readonly string[];
  readonly workingDirectory?: string;
}

export interface RunProcessOptions {
  /** Asks the program to end by itself, with SIGTERM: it writes what it has. */
  readonly signal: AbortSignal;
  /** Hears of every line of its standard output that is a JSON object. */
  readonly onLine?: (line: Readonly<Record<string, unknown>>) => void;
}

export interface ProcessEnd {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to its standard error. */
  readonly complaint: string;
}

/** Characters of the standard error that are kept. */
const complaintLength = 4000;

/**
 * Runs a program to its end. It has a process group of its own, so that Ctrl-C in a terminal reaches its parent alone, which asks
 * it once. When this process is gone, its output is closed, by which it ends, too.
 *
 * @throws Error when it cannot be started
 */
export function runProcess(
  { file, words, workingDirectory }: ProgramCall,
  { signal, onLine }: RunProcessOptions,
): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...words], {
      ...(workingDirectory !== undefined && { cwd: workingDirectory }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let complaint = '';
    const ask = () => void child.kill('SIGTERM');
    if (signal.aborted) ask();
    signal.addEventListener('abort', ask, { once: true });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(-complaintLength);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const read = onLine && readObject(line);
      if (read !== undefined) onLine?.(read);
    });
    child.on('error', reject);
    child.on('close', (code, endedBy) => {
      signal.removeEventListener('abort', ask);
      resolve({ code, signal: endedBy, complaint });
    });
  });
}

function readObject(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
