import { OutputError } from '@dist-gan/core';
import {
  closedOutput,
  endingSignals,
  errorEnding,
  signalEnding,
  type Ending,
  type EndingSignal,
} from './ending.js';

/** What is needed of `process`. */
export interface EndingProcess {
  readonly stdout: EndingEmitter;
  readonly stderr: EndingEmitter;
  on(event: EndingSignal | 'beforeExit', listener: () => void): unknown;
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
  off(event: EndingSignal, listener: () => void): unknown;
}

interface EndingEmitter {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** Errors of an output whose other end is gone: a pipe, or a terminal. */
const closedCodes = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Makes one event of all the ways that a process is asked to end: signals, an output that is closed, an error that
 * nobody catches, and work that waits for something that will never come. It listens to the process for good: there is one of it.
 */
export class ProcessEndings {
  private readonly handlers = new Set<(ending: Ending) => void>();
  private outputClosed = false;

  /** @param otherwise ends the process at once, while nobody else listens; another may take its place */
  constructor(
    private readonly process: EndingProcess,
    public otherwise: (ending: Ending) => void,
  ) {
    for (const name of ['stdout', 'stderr'] as const) {
      process[name].on('error', (error) => this.endOutput(name, error));
    }
    process.on('uncaughtException', (error) => this.end(errorEnding(error)));
    process.on('beforeExit', () => this.endIdle());
  }

  /** Calls `handler` at every ending until the returned function is called. */
  listen(handler: (ending: Ending) => void): () => void {
    // While nobody listens, signals do what they do to any program.
    const signals = endingSignals.map((signal) => ({
      signal,
      listener: () => this.end(signalEnding(signal)),
    }));
    this.handlers.add(handler);
    for (const { signal, listener } of signals) this.process.on(signal, listener);
    return () => {
      this.handlers.delete(handler);
      for (const { signal, listener } of signals) this.process.off(signal, listener);
    };
  }

  private end(ending: Ending): void {
    if (this.handlers.size === 0) this.otherwise(ending);
    else this.handlers.forEach((handler) => handler(ending));
  }

  /** An output fails at every write from now on; that is one ending. */
  private endOutput(name: 'stdout' | 'stderr', cause: NodeJS.ErrnoException): void {
    if (this.outputClosed) return;
    this.outputClosed = true;
    if (closedCodes.has(cause.code ?? '')) return this.end(closedOutput);
    const message = `${name} cannot be written (${cause.message}); make room where it goes, or send it somewhere else`;
    this.end(errorEnding(new OutputError(message, name, { cause })));
  }

  /** Nothing is left to wait for, and still the work is not done. */
  private endIdle(): void {
    if (this.handlers.size === 0) return;
    this.end(errorEnding(new Error('the work stopped half way: what it waits for will never come')));
    // Another turn; if the work does not end by itself, this is called again.
    setImmediate(() => {});
  }
}
