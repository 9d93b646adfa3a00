import type { RunView } from '../view/index.js';

/** What a report holds; plain data. */
export interface InlinedRun {
  readonly view: RunView;
  /** Base64, by the step. */
  readonly frames: Readonly<Record<string, string>>;
  /** Base64, by the id of the picture. */
  readonly pictures: Readonly<Record<string, string>>;
}
