import { count, duration, number } from '../progress/index.js';
import { toJson } from '@dist-gan/core';
import { judge, type PlannedRun, type StoredRun, type SweepEvents } from '@dist-gan/sweeps';
import type { Terminal } from '../terminal.js';
import { runTitle } from './run-words.js';

/** Seconds between two lines about the runs at work. */
const tellEvery = 30;

/** Tells how a sweep goes: a line for each end of a run, and now and then one about those at work. */
export function sweepProgress({
  output,
  json,
  total,
  over,
  collapsedBelow,
}: {
  readonly output: Terminal['stdout'];
  readonly json: boolean;
  readonly total: number;
  /** Runs that were over before. */
  readonly over: number;
  readonly collapsedBelow: number;
}): SweepEvents {
  let ended = over;
  const working = new Map<PlannedRun, number>();
  let told = performance.now();
  const refusals = new Set<string>();
  const say = (line: string, event: object) => output.write(json ? `${toJson(event)}\n` : `${line}\n`);
  const place = ({ setting, spec, name }: PlannedRun) => ({
    preset: setting.preset,
    row: setting.label,
    seed: spec.seed,
    run: name,
  });
  return {
    onBegin(run) {
      working.set(run, 0);
      if (json) say('', { event: 'begin', ...place(run) });
    },
    onLine(run, { event, step, reason }) {
      if (event === 'refused' && typeof reason === 'string') {
        if (!refusals.has(reason)) say(`left to other workers: ${reason}`, { event, ...place(run), reason });
        refusals.add(reason);
      }
      if (event === 'stays' && typeof reason === 'string') say(reason, { event, ...place(run), reason });
      if (event !== 'step' || typeof step !== 'number') return;
      working.set(run, step);
      if (json || performance.now() - told < 1000 * tellEvery) return;
      told = performance.now();
      const all = [...working].map(([one, at]) => `${runTitle(one)} at step ${count(at)}${ofSteps(one)}`);
      say(`  at work: ${all.join('; ')}`, {});
    },
    onRetry(run, reason) {
      say(`${runTitle(run)}: ${reason}; once more`, { event: 'retry', ...place(run), reason });
    },
    onEnd(run, stored) {
      working.delete(run);
      const outcome = judge(stored.outcome, stored.evaluations, collapsedBelow);
      if (outcome.state !== 'unfinished') ended++;
      say(`[${ended}/${total}] ${runTitle(run)}: ${words(stored, outcome)}`, {
        event: 'end',
        ...place(run),
        ...outcome,
      });
    },
  };
}

function ofSteps({ spec }: PlannedRun): string {
  return typeof spec.options.steps === 'number' ? ` of ${count(spec.options.steps)}` : '';
}

function words({ evaluations }: StoredRun, { state, reason, step, seconds }: StoredRun['outcome']): string {
  const numbers = (evaluations.at(-1)?.numbers ?? [])
    .slice(0, 2)
    .map(({ metric, value }) => `${metric} ${number(value)}`);
  const what = reason === undefined ? state : `${state}: ${reason}`;
  return [what, `step ${count(step)}`, duration(seconds), ...numbers].join(', ');
}
