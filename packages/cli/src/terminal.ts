import { DataNotFoundError, processOutput, type TextOutput } from '@dist-gan/core';
import type { Ending } from './ending/ending.js';
import { ProcessEndings } from './ending/process-endings.js';

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

/** Of this process, whose terminals all hear of the same. */
let processEndings: ProcessEndings | undefined;

/**
 * The terminal of this process.
 *
 * @param end ends the process at once; that is also what happens while no command listens, where there are several terminals by the newest
 *   one's
 */
export function processTerminal(end: (ending: Ending) => void): Terminal {
  const endings = (processEndings ??= new ProcessEndings(process, end));
  endings.otherwise = end;
  let folder: string | undefined;
  return {
    stdout: processOutput(process.stdout),
    stderr: processOutput(process.stderr),
    environment: process.env,
    get workingDirectory() {
      return (folder ??= currentFolder());
    },
    onEnding: (handler) => endings.listen(handler),
    end,
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new DataNotFoundError(
      'the folder that this was started in is gone, so that no path can begin there; go to another one (cd) and start again',
      '.',
      { cause },
    );
  }
}
