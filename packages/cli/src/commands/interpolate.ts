import { resolve } from 'node:path';
import { OptionError, RandomStream } from '@dist-gan/core';
import { openRunPath, type RunPath, type RunSettings } from '@dist-gan/runs';
import { classesOf, runNetworks } from '@dist-gan/trainer';
import type { ParsedArguments } from '../arguments/index.js';
import { labelsFlag, labelsOf } from '../evaluation/generator-source.js';
import { isRecipe } from '../evaluation/recipe-network.js';
import { loadRunNetwork } from '../evaluation/run-network.js';
import { drawSampleGrid, latentLines } from '../pictures/index.js';
import { required } from '../runs/open-runs.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';
import { sampleFile, writeSampleFile } from './sample-file.js';

export const interpolate: Command = {
  name: 'interpolate',
  positionals: [
    { name: 'run', description: 'the folder of a run (its newest checkpoint), or a checkpoint in it' },
  ],
  flags: [
    {
      name: 'seed',
      value: 'n',
      description: "seed of the latents (default the run's: those of its picture)",
    },
    labelsFlag,
    {
      name: 'out',
      value: 'file',
      description:
        'way.png: images row by row; way.npz: latents and samples (default interpolation.npz, of images interpolation.png)',
    },
  ],
  details: [
    'Eight ways of eight steps, one a row, each from one latent to another, both included: a straight line for uniform latents, an arc for\n' +
      'normal ones. The npz file holds latents [64, dimension] and samples [64, ...shape], float32. Ways of a generator with classes\n' +
      'take them in turn, one-hot behind the latents.',
  ],
  examples: ['dist-gan interpolate runs/mnist-seed0 --seed 3 --out way.png'],
  run: writeInterpolation,
};

async function writeInterpolation(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const path = required(given.positional('run'), 'interpolate');
  const chosen = sampleFile(given);
  const opened = openRunPath(resolve(terminal.workingDirectory, path));
  if (isRecipe(opened)) {
    throw new OptionError(
      `${path} is a run of ${opened.settings.recipe.id}, which makes its latents itself, and between two of them there need be none; ` +
        'dist-gan sample gives samples with their latents',
      'run',
      path,
    );
  }
  const { record, settings } = opened as RunPath<RunSettings>;
  const seed = given.wholeNumber('seed', 0) ?? record.seed;
  const { network } = await loadRunNetwork(opened);
  try {
    const { latents, batchSize } = settings;
    const classes = classesOf(network);
    const ways = latentLines(latents, RandomStream.fromSeed(seed).derive('interpolation'), {
      classes,
      labels: labelsOf(given),
    });
    const samples = await runNetworks([network], ways, { what: 'latents', batchSize });
    const out = await writeSampleFile(chosen, {
      name: 'interpolation',
      picture: await drawSampleGrid(samples, record.samples.range, `${record.preset}, between latents`),
      arrays: {
        samples,
        latents: { data: ways, count: samples.count, sampleShape: [latents.dimension + classes] },
      },
      terminal,
    });
    terminal.stdout.write(`${samples.count} samples between latents in ${out}\n`);
    return exitCodes.success;
  } finally {
    network.dispose();
  }
}
