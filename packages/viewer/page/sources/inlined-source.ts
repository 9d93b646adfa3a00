import { fromJson } from '@dist-gan/core';
import { unpackBytes } from '../../src/view/index.js';
import type { InlinedRun } from '../../src/report/inlined-run.js';
import type { Source } from './source.js';

/** A run whose data lies in the page itself. */
export function inlinedSource(text: string): Source {
  const { view, frames, pictures } = fromJson(text) as InlinedRun;
  const bytes = async (packed: string | undefined, what: string) => {
    if (packed === undefined) throw new Error(`the page holds no ${what}`);
    return unpackBytes(packed);
  };
  return {
    live: false,
    title: view.name,
    runs: async () => [view],
    run: async () => view,
    sweep: async () => null,
    frame: (_, step) => bytes(frames[step], `samples of step ${step}`),
    picture: (_, id) => bytes(pictures[id], `picture ${id}`),
  };
}
