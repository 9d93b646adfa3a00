import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { OptionError } from '@dist-gan/core';
import type { PlannedRun } from '@dist-gan/sweeps';
import type { ParsedArguments } from '../arguments/index.js';
import { workUntilEnding } from '../ending/index.js';
import { engineOf } from '../sweeps/engine.js';
import { readFolderNames } from '../sweeps/folder-names.js';
import { loadQueue, queueAddress } from '../sweeps/queue.js';
import { runTitle, shareOf } from '../sweeps/run-words.js';
import { trainingProgram } from '../sweeps/training-program.js';
import type { Terminal } from '../terminal.js';
import { codesOfLongWork, exitCodes, type Command } from './command.js';
import { dataFolder } from './train.js';

export const worker: Command = {
  name: 'worker',
  positionals: [],
  flags: [
    {
      name: 'queue',
      value: 'address',
      description: 'of the Redis or Valkey with the queue (default: DIST_GAN_QUEUE)',
    },
    { name: 'jobs', short: 'J', value: 'n', description: 'runs at a time (default: cores)' },
    {
      name: 'rate',
      value: 'n',
      description: 'runs that it begins in an hour at most, evenly (default: no limit)',
    },
    {
      name: 'folder',
      value: 'there=here',
      description: 'what a folder of the planning machine is called here, with all below it',
    },
    {
      name: 'scratch',
      value: 'folder',
      description:
        "in which runs are trained whose sweep has a --storage (default: the system's folder for temporary files)",
    },
    {
      name: 'data',
      short: 'd',
      value: 'folder',
      description: 'folder with data files (default: DIST_GAN_DATA)',
    },
    {
      name: 'take-over',
      value: 'seconds',
      description: 'until the runs of a vanished worker are taken over (default 30)',
    },
  ],
  details: [
    'Takes runs that dist-gan sweep --queue has put there, and trains them in the folder of the sweep, which must be shared, or in a folder of its own\n' +
      'where the sweep has a --storage. Ctrl-C and SIGTERM stop them with a checkpoint and give them back; of a worker that vanishes, others go on from\n' +
      'the newest checkpoints.',
    '--rate 12 has it begin a run every five minutes at most, however fast they end; what waits is free for other workers.',
    'A run wants the versions that it was planned with: a worker that has others, or lacks the engine or the folder, leaves it to others.',
    'The server and the keys of a storage are named by AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    'redis://user:password@host:6379, rediss:// for TLS. Other users of a machine can read its command lines: put a password into DIST_GAN_QUEUE.',
    `Exit codes: 2 bad input, 69 no such queue, ${codesOfLongWork}.`,
  ],
  examples: ['dist-gan worker --queue redis://queue.lab:6379 --jobs 4'],
  run: work,
};

async function work(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const { workingDirectory, environment, stdout } = terminal;
  const address = queueAddress(given, terminal);
  if (address === undefined) {
    throw new OptionError(
      'worker needs a queue, for instance --queue redis://localhost:6379',
      '--queue',
      address,
    );
  }
  const data = given.has('data') ? dataFolder(given.text('data')!, terminal) : undefined;
  const folderOf = readFolderNames(given.text('folder'), workingDirectory);
  const takeOverAfter = given.wholeNumber('take-over', 1);
  const runsAnHour = readRate(given.text('rate'));
  const scratch = given.has('scratch') ? resolve(workingDirectory, given.text('scratch')!) : undefined;
  const { runWorker } = await loadQueue();
  let refused = '';
  let runs = 0;
  const begun = performance.now();
  return workUntilEnding(
    terminal,
    async (signal) => {
      const options = {
        address,
        jobs: given.wholeNumber('jobs', 1) ?? availableParallelism(),
        folderOf,
        environment,
        ...(runsAnHour !== undefined && { runsAnHour }),
        ...(scratch !== undefined && { scratch }),
        ...(takeOverAfter !== undefined && { takeOverAfter }),
        programOf: (run: PlannedRun) =>
          trainingProgram({ engine: engineOf(run), dataFolder: data, workingDirectory }),
        onBegin: (run: PlannedRun) => void stdout.write(`${runTitle(run)}: begins\n`),
        onEnd: (run: PlannedRun, failure: string | undefined) => {
          runs++;
          stdout.write(`${runTitle(run)}: ${failure ?? 'done'}\n`);
        },
        onRefuse: (_: PlannedRun, reason: string) => {
          if (reason !== refused) stdout.write(`left to others: ${reason}\n`);
          refused = reason;
        },
      };
      await runWorker(options, signal);
      stdout.write(`${shareOf({ runs, until: performance.now() - begun, runsAnHour })}\n`);
      return exitCodes.success;
    },
    { onEnding: () => void terminal.stderr.write('giving the runs at work back to the queue\n') },
  );
}

function readRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = Number(text);
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw new OptionError(
    `--rate must be how many runs an hour, for instance 12 or 0.5 (got ${text})`,
    '--rate',
    text,
  );
}
