import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { OptionError, toJson } from '@dist-gan/core';
import type { PlannedRun, SweepDefinition } from '@dist-gan/sweeps';
import type { ParsedArguments } from '../arguments/index.js';
import { workUntilEnding } from '../ending/index.js';
import { engineIdentity } from '../sweeps/engine.js';
import { loadQueue, queueAddress } from '../sweeps/queue.js';
import { trainingProgram } from '../sweeps/training-program.js';
import type { Terminal } from '../terminal.js';
import { endingCodes, exitCodes, type Command } from './command.js';
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
      name: 'folder',
      value: 'folder',
      description: 'the folder of the sweep, where this machine has another name for it',
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
    'Takes runs that dist-gan sweep --queue has put there, and trains them in the folder of the sweep, which must be shared. Ctrl-C and SIGTERM\n' +
      'stop them with a checkpoint and give them back; of a worker that vanishes, others go on from the newest checkpoints.',
    'A run wants the versions that it was planned with: a worker that has others leaves it to others.',
    'redis://user:password@host:6379, rediss:// for TLS. Other users of a machine can read its command lines: put a password into DIST_GAN_QUEUE.',
    `Exit codes: 2 bad input, ${endingCodes}, 1 anything unforeseen.`,
  ],
  examples: ['dist-gan worker --queue redis://queue.lab:6379 --jobs 4'],
  run: work,
};

async function work(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const { workingDirectory, stdout } = terminal;
  const address = queueAddress(given, terminal);
  if (address === undefined) {
    throw new OptionError(
      'worker needs a queue, for instance --queue redis://localhost:6379',
      '--queue',
      address,
    );
  }
  const data = given.has('data') ? dataFolder(given.text('data')!, terminal) : undefined;
  const folder = given.text('folder');
  const takeOverAfter = given.wholeNumber('take-over', 1);
  const { runWorker } = await loadQueue();
  const title = ({ setting, spec }: PlannedRun) => `${setting.preset}, ${setting.label}, seed ${spec.seed}`;
  return workUntilEnding(
    terminal,
    async (signal) => {
      const options = {
        address,
        jobs: given.wholeNumber('jobs', 1) ?? availableParallelism(),
        ...(folder !== undefined && { folder: resolve(workingDirectory, folder) }),
        ...(takeOverAfter !== undefined && { takeOverAfter }),
        programOf: (run: PlannedRun) =>
          trainingProgram({ engine: engineOf(run), dataFolder: data, workingDirectory }),
        onBegin: (run: PlannedRun) => void stdout.write(`${title(run)}: begins\n`),
        onEnd: (run: PlannedRun, failure: string | undefined) =>
          void stdout.write(`${title(run)}: ${failure ?? 'done'}\n`),
      };
      await runWorker(options, signal);
      return exitCodes.success;
    },
    { onEnding: () => void terminal.stderr.write('giving the runs at work back to the queue\n') },
  );
}

/** @throws OptionError where this machine would compute other numbers than the run is called by */
function engineOf({ name, spec }: PlannedRun): SweepDefinition['engine'] {
  const { version, ...engine } = spec.engine as SweepDefinition['engine'] & { version?: string };
  const wanted = { engine: spec.engine, versions: spec.versions };
  const here = engineIdentity(engine);
  if (toJson(wanted) === toJson(here)) return engine;
  throw new OptionError(
    `${name} is for ${toJson({ ...spec.versions, engine: version })}, and here are ${toJson({ ...here.versions, engine: here.engine.version })}; install the same`,
    'versions',
    here.versions,
  );
}
