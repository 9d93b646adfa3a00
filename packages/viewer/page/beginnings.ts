import { toJson } from '@dist-gan/core';
import type { RunView } from '../src/view/index.js';

/** When a run began, and went on: from each of these times on, samples and pictures of the same steps may be others. */
export function beginnings({ startedAt, record }: RunView): string {
  return toJson([startedAt, record.resumed ?? []]);
}
