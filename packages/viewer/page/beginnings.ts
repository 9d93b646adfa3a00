import { toJson } from '@dist-gan/core';
import type { RunView } from '../src/view/index.js';

/** Names a run and when it began, and went on: from each of these times on its samples and pictures are others, or not there yet. */
export function beginnings({ name, startedAt, record }: RunView): string {
  return toJson([name, startedAt, record.resumed ?? []]);
}
