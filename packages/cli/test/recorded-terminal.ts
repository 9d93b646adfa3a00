import { tmpdir } from 'node:os';
import { signalEnding, type Ending } from '../src/ending/index.js';
import type { Terminal } from '../src/terminal.js';

export interface RecordedTerminal extends Terminal {
  /** Everything written so far. */
  readonly written: { stdout: string; stderr: string };
  /** Asks to end: as Ctrl-C does, if nothing else is said. */
  interrupt(ending?: Ending): void;
  /** Exit codes of ends at once. */
  readonly exits: number[];
}

/** A terminal for tests: it keeps what is written, and what asks it to end is a function call. */
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
  const handlers = new Set<(ending: Ending) => void>();
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
    onEnding(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    end: ({ exitCode }) => void exits.push(exitCode),
    written,
    interrupt: (ending = signalEnding('SIGINT')) => handlers.forEach((handler) => handler(ending)),
    exits,
  };
}
