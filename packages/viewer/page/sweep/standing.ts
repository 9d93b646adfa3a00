import type { RunSummary, SweepRunView } from '../../src/view/index.js';

/** Where a run of a sweep is, with what it is called and its mark beside a seed: none is told by its colour alone. */
export const standings = {
  done: { mark: '✓', words: 'done' },
  collapsed: { mark: '▽', words: 'collapsed' },
  failed: { mark: '✕', words: 'failed' },
  training: { mark: '▸', words: 'training' },
  begun: { mark: '‖', words: 'begun' },
  waiting: { mark: '·', words: 'to go' },
} as const;

export type Standing = keyof typeof standings;

/** @param live the run as it is now, where it has a folder */
export function standingOf({ state }: SweepRunView, live: RunSummary | undefined): Standing {
  if (state !== 'unfinished') return state;
  if (live === undefined) return 'waiting';
  // One that has just come to its end is counted when the tables know it.
  return live.state === 'running' || live.state === 'completed' ? 'training' : 'begun';
}
