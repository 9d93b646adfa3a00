import { machineWords, type GuardLine, type RunContent } from '@dist-gan/runs';
import type { StoredEvaluation } from '../store/stored-evaluation.js';

/** What became of a run. */
export interface Outcome {
  /**
   * `done`: it has all its steps, or its seconds, or stopped because it got no better; `collapsed`: the same, but what it made is
   * worthless, or a guard ended it; `failed`: an error ended it; `unfinished`: it can go on.
   */
  readonly state: 'done' | 'collapsed' | 'failed' | 'unfinished';
  /** Of what collapsed and what failed. */
  readonly reason?: string;
  /** Finished training steps. */
  readonly step: number;
  /** Of training. */
  readonly seconds: number;
  /** Machine, engine and version of Node, for the words under a table. */
  readonly ranOn?: string;
}

/** The metric whose ideal value is the number of modes of the data. */
const modes = 'modes-covered';

/** The guard that ends a run which has not been getting better: a result like any other. */
const endsWell = 'early-stop';

/**
 * What a run's folder says about its end.
 *
 * @param budget seconds of training after which it was to end
 */
export function endOf(
  { state, events, result, record, checkpoints }: RunContent,
  budget = Number.POSITIVE_INFINITY,
): Outcome {
  const last = events.at(-1);
  const step = Math.max(last?.step ?? 0, result?.steps ?? 0);
  const seconds = last?.seconds ?? result?.seconds ?? 0;
  const reached = { step, seconds, ranOn: placeOf(record) };
  if (last?.event === 'failure') return { state: 'failed', reason: last.message, ...reached };
  if (state === 'stopped') {
    const ended = guardThatEnded(events);
    if (ended !== undefined && ended.guard !== endsWell) {
      const reason = `${ended.guard} at step ${ended.step}: ${ended.reason}`;
      return { state: 'collapsed', reason, ...reached };
    }
    return { state: seconds >= budget || ended !== undefined ? 'done' : 'unfinished', ...reached };
  }
  // Killed when all was done but its result, which says what the log says.
  const hasAll =
    last?.event === 'evaluation' &&
    last.step === record.options.steps &&
    checkpoints.some((checkpoint) => checkpoint.step === last.step);
  return {
    state: state === 'completed' || (state === 'crashed' && hasAll) ? 'done' : 'unfinished',
    ...reached,
  };
}

/** Whether a run has come to an end of its own: there are numbers, good or bad, and nothing is left to train. */
export function hasResult({ state }: Outcome): boolean {
  return state === 'done' || state === 'collapsed';
}

/** Whether a run that has an end is worthless: its last evaluation covers less than a share of the modes. */
export function judge(
  outcome: Outcome,
  evaluations: readonly StoredEvaluation[],
  collapsedBelow: number,
): Outcome {
  const covered = evaluations.at(-1)?.numbers.find(({ metric }) => metric === modes);
  if (outcome.state !== 'done' || covered?.ideal === undefined) return outcome;
  if (covered.value >= collapsedBelow * covered.ideal) return outcome;
  return { ...outcome, state: 'collapsed', reason: `covers ${covered.value} of ${covered.ideal} modes` };
}

/** The guard that ended the run, if it has not gone on since. */
function guardThatEnded(events: RunContent['events']): GuardLine | undefined {
  const ended = events.findLast(
    (event): event is GuardLine => event.event === 'guard' && event.action === 'stopped',
  );
  if (ended === undefined) return undefined;
  const wentOn = events.some(({ event, step }) => event === 'step' && step > ended.step);
  return wentOn ? undefined : ended;
}

function placeOf({ machine, engine, executor, backend, versions }: RunContent['record']): string {
  return `${machineWords({ machine })}, ${engine ?? `${executor} on ${backend}`}, Node ${versions.node ?? '?'}`;
}
