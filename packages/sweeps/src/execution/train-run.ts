import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  BackendError,
  MachineError,
  machineRemedy,
  makeFolder,
  OutputError,
  toJson,
  writeAtomically,
} from '@dist-gan/core';
import { differingOptions, readRun, runHolder, type RunContent } from '@dist-gan/runs';
import type { PlannedRun } from '../plan/plan.js';
import { endOf, hasResult } from '../results/outcome.js';
import { runProcess, type ProcessEnd, type ProgramCall } from './run-process.js';

/**
 * The calls of the program that trains; each prints the lines of `--json`, and ends with code 69 where this machine has no such engine,
 * with 74 where it lacks something else: room on its disk, memory, a folder that may be written.
 */
export interface TrainingProgram {
  /** Trains a new run: `config` is a file with preset, seed and options. */
  train(run: PlannedRun, config: string, folder: string): ProgramCall;
  /** Goes on with a run. */
  resume(run: PlannedRun, folder: string): ProgramCall;
}

export interface TrainOptions {
  readonly signal: AbortSignal;
  readonly onLine?: (line: Readonly<Record<string, unknown>>) => void;
}

/** Exit codes of a program that was asked to end: SIGHUP, SIGINT, a closed output, SIGTERM. */
const endings = new Set([129, 130, 141, 143]);

/** Of a program that needs an engine or a device which is not there: `EX_UNAVAILABLE`. */
const unavailable = 69;
/** Of a program whose machine lacks something: `EX_IOERR`. */
const machineAtFault = 74;

/**
 * Trains a planned run in its folder, from the start or from where it is, in a process of its own.
 *
 * @param folder of the sweep
 * @returns why it went wrong; undefined where the run has an end or was asked to stop
 * @throws OutputError when another process writes the run's folder, or it holds another run; BackendError when this machine lacks
 * the engine that would run it, MachineError when it lacks room, memory or a right: neither is a failure of the run
 */
export async function trainPlannedRun(
  folder: string,
  run: PlannedRun,
  program: TrainingProgram,
  { signal, onLine }: TrainOptions,
): Promise<string | undefined> {
  const path = join(folder, run.name);
  const before = lookAt(run, path);
  // It has nothing to do, and may have no checkpoint to go on from any more.
  if (before !== undefined && hasResult(endOf(before, run.spec.seconds))) return undefined;
  // Seconds of training end it: the one budget that the program itself does not know.
  const budget = new AbortController();
  const listen = (line: Readonly<Record<string, unknown>>) => {
    onLine?.(line);
    if (run.spec.seconds !== undefined && Number(line.seconds) >= run.spec.seconds) budget.abort();
  };
  let end: ProcessEnd;
  try {
    const call = before === undefined ? beginning(folder, run, program, path) : program.resume(run, path);
    end = await runProcess(call, { signal: AbortSignal.any([signal, budget.signal]), onLine: listen });
  } catch (cause) {
    const remedy = machineRemedy(cause);
    if (remedy === undefined) throw cause;
    throw ofMachine(run, `${(cause as Error).message}; ${remedy}`, cause);
  }
  if (end.code === unavailable) throw new BackendError(reasonOf(path, end), toJson(run.spec.engine));
  if (end.code === machineAtFault) throw ofMachine(run, reasonOf(path, end));
  // Whoever asked it to end, it has written what it has; one that had hardly begun ends without a word.
  const wasAsked = (signal.aborted || budget.signal.aborted) && end.signal === 'SIGTERM';
  return end.code === 0 || endings.has(end.code ?? 0) || wasAsked ? undefined : reasonOf(path, end);
}

function ofMachine({ name }: PlannedRun, reason: string, cause?: unknown): MachineError {
  return new MachineError(
    `${name} cannot be trained on this machine: ${reason}. That is no failure of the run: it goes on from where it is when the same command is started again`,
    { cause },
  );
}

function beginning(folder: string, run: PlannedRun, program: TrainingProgram, path: string): ProgramCall {
  const { preset, seed, options } = run.spec;
  const config = join(folder, 'jobs', `${run.name}.json`);
  makeFolder(join(folder, 'jobs'));
  writeAtomically(config, `${toJson({ preset, seed, options }, 2)}\n`);
  return program.train(run, config, path);
}

/** The run that is there to go on with. One that has nothing to go on from is taken away. */
function lookAt(run: PlannedRun, path: string): RunContent | undefined {
  if (!existsSync(path)) return undefined;
  const holder = runHolder(path);
  if (holder !== undefined) {
    throw new OutputError(
      `${path} is being written by process ${holder.process} on ${holder.host}; wait for it, or end it first`,
      path,
    );
  }
  if (existsSync(join(path, 'run.json'))) {
    const content = readRun(path);
    assertSameRun(run, content);
    if (hasResult(endOf(content, run.spec.seconds))) return content;
    if (content.checkpoints.length > 0 || existsSync(join(path, 'stages'))) return content;
  }
  rmSync(path, { recursive: true });
  return undefined;
}

/** @throws OutputError when the folder holds a run of other options: somebody has changed it */
export function assertSameRun({ spec }: PlannedRun, { path, record }: RunContent): void {
  const differences = differingOptions(
    { preset: spec.preset, seed: spec.seed, ...spec.options },
    { preset: record.preset, seed: record.seed, ...record.options },
  );
  if (differences.length === 0) return;
  const [{ key, before, now }] = differences;
  throw new OutputError(
    `${path} holds another run than its name says: ${key} is ${toJson(now ?? null)} and was to be ${toJson(before ?? null)}; ` +
      'move the folder away and start the sweep again',
    path,
  );
}

/** In the words of the run's own log where it has any, else in the last ones of its process. */
function reasonOf(path: string, { code, signal, complaint }: ProcessEnd): string {
  const told = complaint
    .split('\n')
    .findLast((line) => line.startsWith('error: '))
    ?.slice('error: '.length);
  if (told !== undefined) return told;
  const failure = existsSync(join(path, 'run.json')) ? readRun(path).events.at(-1) : undefined;
  if (failure?.event === 'failure') return failure.message;
  return signal === null ? `the process ended with code ${code}` : `the process was ended by ${signal}`;
}
