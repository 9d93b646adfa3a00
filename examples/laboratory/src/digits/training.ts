/** What the page of digits and the worker that trains its networks tell each other. */
import type { NetworkFiles } from './digit-networks.js';

export interface DigitTraining {
  /** One byte per pixel, image after image. */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly seed: number;
}

export type FromDigitWorker =
  | {
      readonly type: 'networks';
      readonly step: number;
      readonly seconds: number;
      readonly files: NetworkFiles;
    }
  | { readonly type: 'failed'; readonly message: string };

/** Training steps of a run. */
export const trainingSteps = 4000;
