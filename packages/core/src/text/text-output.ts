/** Where a program or a reporter writes text. */
export interface TextOutput {
  write(text: string): void;
  /** Whether a person looks at it, so that a line can be rewritten. */
  readonly interactive: boolean;
  /** Width in characters, where it is known. */
  readonly columns?: number | undefined;
}

/** The standard output or the standard error of this process. Node only. */
export function processOutput(stream: NodeJS.WriteStream = process.stdout): TextOutput {
  return {
    write: (text) => void stream.write(text),
    interactive: stream.isTTY,
    get columns() {
      // Some terminals say 0 and mean that they do not know.
      return stream.columns > 0 ? stream.columns : undefined;
    },
  };
}
