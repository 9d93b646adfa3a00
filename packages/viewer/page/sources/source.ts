import type { RunSummary, RunView, SweepView } from '../../src/view/index.js';

/** What the page is drawn from. */
export interface Source {
  /** Whether runs may go on, and others begin. */
  readonly live: boolean;
  /** What the runs lie in, for the page's title. */
  readonly title: string;
  /** All runs, the newest first. */
  runs(): Promise<readonly RunSummary[]>;
  run(name: string): Promise<RunView>;
  /** Of the sweep that the runs are of; null where they are of none. */
  sweep(): Promise<SweepView | null>;
  /** Samples of a step: coordinates, or a PNG file. */
  frame(run: string, step: number): Promise<Uint8Array<ArrayBuffer>>;
  /** A PNG file. */
  picture(run: string, id: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The generator as ONNX and what runs it, where the page can have them. */
  readonly generators?: Generators;
}

export interface Generators {
  /** The network, its inputs called `latents` and, of one with classes, `labels`, its output `samples`. */
  onnx(run: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Where the files of ONNX Runtime are; ends in a slash. */
  readonly runtime: string;
}

/** Words that a person can do something with. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
