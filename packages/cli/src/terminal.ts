import { ProcessEndings, type Ending } from './ending/index.js';

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
  /** Calls `handler` whenever the process is asked to end, until the returned function is called. */
  onEnding(handler: (ending: Ending) => void): () => void;
  /** Ends the process at once. */
  end(ending: Ending): void;
}

export interface TextOutput {
  write(text: string): void;
  /** Whether a person looks at it, so that a line can be rewritten. */
  readonly interactive: boolean;
  /** Width in characters, where it is known. */
  readonly columns?: number | undefined;
}

/**
 * The terminal of this process.
 *
 * @param end ends the process at once; that is also what happens while no command listens
 */
export function processTerminal(end: (ending: Ending) => void): Terminal {
  const endings = new ProcessEndings(process, end);
  const output = (stream: NodeJS.WriteStream): TextOutput => ({
    write: (text) => void stream.write(text),
    interactive: stream.isTTY,
    get columns() {
      // Some terminals say 0 and mean that they do not know.
      return stream.columns > 0 ? stream.columns : undefined;
    },
  });
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    environment: process.env,
    workingDirectory: process.cwd(),
    onEnding: (handler) => endings.listen(handler),
    end,
  };
}
