/** Why a process is asked to end before its work is done. */
export interface Ending {
  /** A signal; an output that nobody reads any more; an error that no caller could catch. */
  readonly cause: EndingSignal | 'closed-output' | 'error';
  /** What the process ends with. */
  readonly exitCode: number;
  /** Of `error`. */
  readonly error?: unknown;
}

/** Ctrl-C, a supervisor that stops the process, a terminal that is closed. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type EndingSignal = (typeof endingSignals)[number];

/** The shell's convention: 128 and the number of the signal. */
const exitCodes: Readonly<Record<EndingSignal, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

export function signalEnding(signal: EndingSignal): Ending {
  return { cause: signal, exitCode: exitCodes[signal] };
}

/** What the system's own programs end with when their reader is gone: that of SIGPIPE, which Node ignores. */
export const closedOutput: Ending = { cause: 'closed-output', exitCode: 141 };

export function errorEnding(error: unknown): Ending {
  return { cause: 'error', exitCode: 1, error };
}
