import { resolve } from 'node:path';
import { OptionError } from '@dist-gan/core';
import { runArrayTask } from '@dist-gan/sweeps';
import type { ParsedArguments } from '../arguments/index.js';
import { workUntilEnding } from '../ending/index.js';
import { engineOf } from '../sweeps/engine.js';
import { runTitle } from '../sweeps/run-words.js';
import { trainingProgram } from '../sweeps/training-program.js';
import type { Terminal } from '../terminal.js';
import { endingCodes, exitCodes, type Command } from './command.js';
import { dataFolder } from './train.js';

export const arrayTask: Command = {
  name: 'array-task',
  positionals: [{ name: 'list', description: 'the list of runs that dist-gan sweep --print has written' }],
  flags: [
    {
      name: 'index',
      value: 'n',
      description: 'number of the task, from 0 (default: SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX)',
    },
    {
      name: 'data',
      short: 'd',
      value: 'folder',
      description: 'folder with data files (default: DIST_GAN_DATA)',
    },
  ],
  details: [
    "Trains one task's runs of a job that dist-gan sweep --print has made for Slurm or Kubernetes, in the folder of the sweep, in which the list lies. What is\n" +
      'over is left alone; a run that was stopped goes on from its newest checkpoint; one that fails is tried once more, then it is a result.',
    `Exit codes: 0 its runs are over, whatever came of them, 2 bad input, 69 no such engine here, ${endingCodes}, 1 anything unforeseen.`,
  ],
  examples: ['dist-gan array-task sweeps/grid/runs-0a1b2c3d.json --index 7'],
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
        list: resolve(workingDirectory, named),
        index,
        programOf: (run) => trainingProgram({ engine: engineOf(run), dataFolder: data, workingDirectory }),
        isRestarted: Number(environment.SLURM_RESTART_COUNT ?? 0) > 0,
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
