import { dirname, resolve } from 'node:path';
import { OptionError } from '@dist-gan/core';
import {
  parseRunList,
  readRunList,
  runArrayTask,
  SharedFolder,
  type RunList,
  type RunStorage,
} from '@dist-gan/sweeps';
import type { ParsedArguments } from '../arguments/index.js';
import { workUntilEnding } from '../ending/index.js';
import { engineOf } from '../sweeps/engine.js';
import { loadQueue } from '../sweeps/queue.js';
import { runTitle } from '../sweeps/run-words.js';
import { trainingProgram } from '../sweeps/training-program.js';
import type { Terminal } from '../terminal.js';
import { codesOfLongWork, exitCodes, type Command } from './command.js';
import { dataFolder } from './train.js';

export const arrayTask: Command = {
  name: 'array-task',
  positionals: [
    {
      name: 'list',
      description:
        'the list of runs that dist-gan sweep --print has written, in the folder of the sweep or its storage',
    },
  ],
  flags: [
    {
      name: 'index',
      value: 'n',
      description: 'number of the task, from 0 (default: SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX)',
    },
    {
      name: 'scratch',
      value: 'folder',
      description:
        "in which runs are trained whose list is in a storage (default: the system's folder for temporary files)",
    },
    {
      name: 'data',
      short: 'd',
      value: 'folder',
      description: 'folder with data files (default: DIST_GAN_DATA)',
    },
  ],
  details: [
    "Trains one task's runs of a job that dist-gan sweep --print has made for Slurm or Kubernetes, where the list lies: in the folder of the sweep, or in its\n" +
      '--storage, from which each run is brought and to which its checkpoints are put. What is over is left alone; a run that was stopped goes on from its\n' +
      'newest checkpoint; one that fails is tried once more, then it is a result.',
    'The server and the keys of a storage are named by AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    `Exit codes: 0 its runs are over, whatever came of them, 2 bad input, 69 no such engine or storage here, ${codesOfLongWork}.`,
  ],
  examples: [
    'dist-gan array-task sweeps/grid/runs-0a1b2c3d.json --index 7',
    'dist-gan array-task s3://runs/grid/runs-0a1b2c3d.json --index 7 --scratch /local',
  ],
  run: trainTask,
};

async function trainTask(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const { workingDirectory, stdout, stderr, environment } = terminal;
  const named = given.positional('list');
  if (named === undefined) {
    throw new OptionError(
      'array-task needs the list that dist-gan sweep --print has written, for instance sweeps/grid/runs-0a1b2c3d.json',
      'list',
      named,
    );
  }
  const index = given.wholeNumber('index', 0) ?? indexOfEnvironment(environment);
  const data = given.has('data') ? dataFolder(given.text('data')!, terminal) : undefined;
  return workUntilEnding(
    terminal,
    async (signal) => {
      await runArrayTask({
        ...(await openList(named, given, terminal)),
        index,
        programOf: (run) => trainingProgram({ engine: engineOf(run), dataFolder: data, workingDirectory }),
        signal,
        events: {
          onBegin: (run) => void stdout.write(`${runTitle(run)}: begins\n`),
          onRetry: (run, reason) => void stdout.write(`${runTitle(run)}: ${reason}; once more\n`),
          onEnd: (run, { outcome: { state, reason } }) =>
            void stdout.write(`${runTitle(run)}: ${reason === undefined ? state : `${state}: ${reason}`}\n`),
        },
      });
      return exitCodes.success;
    },
    {
      onEnding: () =>
        void stderr.write('stopping the run at work after its step at hand; the same task goes on\n'),
    },
  );
}

/**
 * A list, and where its runs are.
 *
 * @throws DataNotFoundError, DatasetFormatError where it is no such list, and what a storage throws
 */
async function openList(
  named: string,
  given: ParsedArguments,
  { workingDirectory, environment }: Terminal,
): Promise<{ readonly list: RunList; readonly storage: RunStorage }> {
  if (named.startsWith('s3://')) {
    const { ObjectStorage } = await loadQueue();
    const [, address, name] = /^(.*)\/([^/]*)$/.exec(named)!;
    const scratch = given.text('scratch');
    const storage = new ObjectStorage(address, {
      environment,
      ...(scratch !== undefined && { scratch: resolve(workingDirectory, scratch) }),
    });
    return { list: parseRunList(await storage.getFile(name), named), storage };
  }
  const file = resolve(workingDirectory, named);
  // Slurm has begun this task once more because its machine had gone.
  const isRestarted = Number(environment.SLURM_RESTART_COUNT ?? 0) > 0;
  return { list: readRunList(file), storage: new SharedFolder(dirname(file), isRestarted) };
}

/** @throws OptionError where no scheduler says which task this is */
function indexOfEnvironment(environment: Terminal['environment']): number {
  const text = environment.SLURM_ARRAY_TASK_ID ?? environment.JOB_COMPLETION_INDEX ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  throw new OptionError(
    'array-task needs the number of the task: --index, or SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX in the environment' +
      (text === '' ? '' : ` (got ${text})`),
    '--index',
    text,
  );
}
