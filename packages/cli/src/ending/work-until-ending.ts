import type { Terminal } from '../terminal.js';
import type { Ending } from './ending.js';

export interface WorkOptions {
  /** Hears of the first ending, and may say what happens now. */
  readonly onEnding?: (ending: Ending) => void;
  /** Work that throws once `signal` is aborted did so because of it; this line says what became of it. */
  readonly stopped?: string;
  /** Writes what there is before the process ends at once. */
  readonly lastWords?: (ending: Ending) => void;
}

/** Milliseconds in which a signal that comes again is the same one: `npm run` hands on what the terminal has sent, too. */
const sameSignal = 500;

/**
 * Does work that the process may be asked to end early. At the first {@link Ending}, whatever it is, `signal` is
 * aborted; the work writes what it has and comes back. A second Ctrl-C or SIGTERM, or another error, ends the process
 * at once.
 *
 * @returns the work's exit code, or the ending's
 * @throws what the work throws; the error that nobody caught, when that was the ending
 */
export async function workUntilEnding(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<number>,
  { onEnding, stopped, lastWords }: WorkOptions = {},
): Promise<number> {
  const controller = new AbortController();
  // An object, because a closure changes it.
  const state: { ending?: Ending; at: number } = { at: 0 };
  const stopListening = terminal.onEnding((ending) => {
    if (state.ending === undefined) {
      state.ending = ending;
      state.at = performance.now();
      controller.abort(new Error(`ended by ${ending.cause}`));
      onEnding?.(ending);
    } else if (endsAtOnce(ending, performance.now() - state.at)) {
      lastWords?.(ending);
      terminal.end(ending);
    }
  });
  try {
    const exitCode = await work(controller.signal);
    return settle(state.ending, exitCode);
  } catch (error) {
    // What the work throws then is but that it was ended.
    if (state.ending?.cause === 'error') throw state.ending.error;
    if (state.ending === undefined || stopped === undefined) throw error;
    const exitCode = settle(state.ending, 0);
    terminal.stderr.write(`${stopped}\n`);
    return exitCode;
  } finally {
    stopListening();
  }
}

/** A closed terminal both hangs up and fails to write: only an impatient person or an error ends the ending. */
function endsAtOnce({ cause }: Ending, milliseconds: number): boolean {
  return cause === 'error' || ((cause === 'SIGINT' || cause === 'SIGTERM') && milliseconds > sameSignal);
}

function settle(ending: Ending | undefined, exitCode: number): number {
  if (ending?.cause === 'error') throw ending.error;
  return ending?.exitCode ?? exitCode;
}
