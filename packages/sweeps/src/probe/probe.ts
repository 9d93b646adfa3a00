import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, toJson, writeAtomically, type JsonObject } from '@dist-gan/core';
import { runProcess } from '../execution/run-process.js';
import type { TrainingProgram } from '../execution/train-run.js';
import type { SweepDefinition } from '../definition/sweep-definition.js';
import type { PlannedRun } from '../plan/plan.js';

/** What five steps tell of a run. */
export interface Probe {
  /** Seconds from the start of the process to its first step, and from its last evaluation to its end. */
  readonly around: number;
  readonly perStep: number;
  readonly perEvaluation: number;
  /** Bytes that stay of a run, whatever its length: with checkpoints, and without them. */
  readonly checkpoints: number;
  readonly once: number;
  /** Bytes of pictures and numbers of every evaluation, and of each line of the log. */
  readonly eachEvaluation: number;
  readonly eachLine: number;
}

const steps = 5;
/** Of a run: the newest two, and the best. */
const checkpointsKept = 3;

/** Whether five steps of a run say something of it: not of a recipe, whose stages have steps of their own. */
export function isProbable({ spec }: PlannedRun): boolean {
  return spec.options.steps !== undefined;
}

/**
 * Trains five steps of a run in a folder of their own, which is taken away again.
 *
 * @param folder of the sweep
 * @param run one that is probable
 * @returns undefined where it failed, which the run itself will tell
 */
export async function probeRun(
  folder: string,
  run: PlannedRun,
  program: TrainingProgram,
  signal: AbortSignal,
): Promise<Probe | undefined> {
  const { preset, seed, options } = run.spec;
  const place = join(folder, `.probe-${run.identity}`);
  const path = join(place, 'run');
  const config = join(place, 'job.json');
  makeFolder(place);
  try {
    writeAtomically(config, toJson({ preset, seed, options: { ...options, steps } }));
    const began = performance.now();
    const at = new Map<string, number>();
    const { code } = await runProcess(program.train(run, config, path), {
      signal,
      onLine: ({ event, step }) =>
        at.set(`${String(event)} ${String(step)}`, (performance.now() - began) / 1000),
    });
    const whole = (performance.now() - began) / 1000;
    const [first, last] = [at.get('step 1'), at.get(`step ${steps}`)];
    const evaluated = at.get(`evaluation ${steps}`);
    if (code !== 0 || first === undefined || last === undefined || evaluated === undefined) return undefined;
    const lines = readFileSync(join(path, 'metrics.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"event":"step"'));
    const checkpoint = largest(join(path, 'checkpoints'));
    const pictures = ['samples', 'reconstructions'].reduce((sum, kind) => sum + sizeOf(join(path, kind)), 0);
    return {
      around: Math.max(0, whole - (last - first) - (evaluated - last)),
      perStep: (last - first) / (steps - 1),
      perEvaluation: evaluated - last,
      checkpoints: checkpoint * checkpointsKept,
      once: Math.max(0, sizeOf(path) - sizeOf(join(path, 'checkpoints')) - pictures),
      eachEvaluation: pictures,
      eachLine: Math.max(...lines.map((line) => line.length)),
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

export interface Estimate {
  readonly seconds: number;
  /** When it is over. */
  readonly bytes: number;
}

/** Lines of steps in a log at most, about. */
const loggedSteps = 2000;

/** What a whole run takes, from five steps of it. */
export function estimateRun(
  { options, seconds: budget }: PlannedRun['spec'],
  keep: SweepDefinition['keep'],
  probe: Probe,
): Estimate {
  const all = Number(options.steps);
  const trained = budget === undefined ? all : Math.min(all, Math.ceil(budget / probe.perStep));
  const { every } = options.evaluation as JsonObject;
  const evaluations = Math.max(1, Math.ceil(trained / Number(every)));
  return {
    seconds: probe.around + trained * probe.perStep + evaluations * probe.perEvaluation,
    bytes:
      probe.once +
      probe.eachLine * Math.min(trained, loggedSteps) +
      (keep === 'numbers' ? 0 : probe.eachEvaluation * evaluations) +
      (keep === 'all' ? probe.checkpoints : 0),
  };
}

function sizeOf(path: string): number {
  const at = statSync(path, { throwIfNoEntry: false });
  if (at === undefined) return 0;
  if (!at.isDirectory()) return at.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function largest(folder: string): number {
  return Math.max(0, ...readdirSync(folder).map((name) => sizeOf(join(folder, name))));
}
