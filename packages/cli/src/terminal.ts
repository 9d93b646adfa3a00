/**
 * What a command needs of the process around it. The executable passes the real process; a test passes
 * a recording.
 */
export interface Terminal {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths start, and where git is asked for the commit. */
  readonly workingDirectory: string;
  /** Calls `handler` at every Ctrl-C until the returned function is called. */
  onInterrupt(handler: () => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}

export interface TextOutput {
  write(text: string): void;
  /** Whether a person looks at it, so that a line can be rewritten. */
  readonly interactive: boolean;
  /** Width in characters, where it is known. */
  readonly columns?: number;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const output = (stream: NodeJS.WriteStream): TextOutput => ({
    write: (text) => void stream.write(text),
    interactive: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  });
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    environment: process.env,
    workingDirectory: process.cwd(),
    onInterrupt(handler) {
      process.on('SIGINT', handler);
      return () => process.off('SIGINT', handler);
    },
    exit: (code) => process.exit(code),
  };
}
