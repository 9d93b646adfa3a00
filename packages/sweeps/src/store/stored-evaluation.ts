import type { JsonObject } from '@dist-gan/core';

/** What the index knows of one evaluation of a run. */
export interface StoredEvaluation {
  readonly step: number;
  readonly seconds: number;
  readonly numbers: readonly StoredNumber[];
}

export interface StoredNumber {
  readonly metric: string;
  readonly value: number;
  /** With the number of samples. */
  readonly protocol: JsonObject;
  /** What samples of the data's own distribution have, where that is known. */
  readonly ideal?: number;
}
