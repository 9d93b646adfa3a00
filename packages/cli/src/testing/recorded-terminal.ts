import { tmpdir } from 'node:os';
import type { Terminal } from '../terminal.js';

export interface RecordedTerminal extends Terminal {
  /** Everything written so far. */
  readonly written: { stdout: string; stderr: string };
  /** What Ctrl-C does. */
  interrupt(): void;
  readonly exits: number[];
}

/** A terminal for tests: it keeps what is written, and Ctrl-C is a function call. */
export function recordedTerminal(
  options: {
    interactive?: boolean;
    workingDirectory?: string;
    environment?: Record<string, string>;
    /** Hears of what is written to stdout. */
    onOutput?: (text: string) => void;
  } = {},
): RecordedTerminal {
  const written = { stdout: '', stderr: '' };
  const handlers = new Set<() => void>();
  const exits: number[] = [];
  const output = (name: keyof typeof written) => ({
    interactive: options.interactive ?? false,
    columns: 100,
    write(text: string) {
      written[name] += text;
      if (name === 'stdout') options.onOutput?.(text);
    },
  });
  return {
    stdout: output('stdout'),
    stderr: output('stderr'),
    environment: options.environment ?? {},
    workingDirectory: options.workingDirectory ?? tmpdir(),
    onInterrupt(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    exit: (code) => void exits.push(code),
    written,
    interrupt: () => handlers.forEach((handler) => handler()),
    exits,
  };
}
