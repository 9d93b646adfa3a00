import { resolve } from 'node:path';
import { OptionError } from '@dist-gan/core';
import { openRunPath } from '@dist-gan/runs';
import { classesOf, runNetworks } from '@dist-gan/trainer';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ParsedArguments } from '../arguments/index.js';
import { loadRunNetwork } from '../evaluation/run-network.js';
import { drawReconstructions, labelledSamples, readSamples } from '../pictures/index.js';
import { datasetOf, methodOf, recipeOf } from '../registry.js';
import { required } from '../runs/open-runs.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';
import { sampleFile, writeSampleFile } from './sample-file.js';
import { dataFolder } from './train.js';

export const reconstruct: Command = {
  name: 'reconstruct',
  positionals: [
    { name: 'run', description: 'the folder of a run (its newest checkpoint), or a checkpoint in it' },
  ],
  flags: [
    { name: 'count', value: 'n', description: 'how many, evenly spread over the data set (default 32)' },
    { name: 'data', short: 'd', value: 'folder', description: 'folder with data files (default: as before)' },
    {
      name: 'out',
      value: 'file',
      description:
        'both.png: images side by side; both.npz: all numbers (default reconstructions.npz, of images reconstructions.png)',
    },
  ],
  details: [
    'For runs whose method has an encoder. It is applied in training mode in batches of the run, and so is the generator that was trained with\n' +
      'it; a generator with classes is given those of the real samples. The npz file holds real and reconstructed, float32 [count, ...shape].',
  ],
  examples: ['dist-gan reconstruct runs/mnist-seed0 --out both.png'],
  run: writeReconstructions,
};

async function writeReconstructions(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const path = required(given.positional('run'), 'reconstruct');
  const chosen = sampleFile(given);
  const wanted = given.wholeNumber('count', 1) ?? 32;
  const opened = openRunPath(resolve(terminal.workingDirectory, path));
  const { record, settings } = opened;
  const trained = 'recipe' in settings ? recipeOf(settings.recipe) : methodOf(settings.method);
  const roles =
    'stages' in trained
      ? trained.stages.flatMap((stage) => ('method' in stage ? stage.method.roles : []))
      : trained.roles;
  const encoderRole = roles.find(({ kind }) => kind === 'encoder' || kind === 'gaussian-encoder');
  if (encoderRole === undefined) {
    throw new OptionError(
      `${path} is a run of ${trained.id}, which has no encoder: nothing says which latents make a sample; dist-gan sample and ` +
        'dist-gan interpolate do without',
      'run',
      path,
    );
  }
  const folder = given.has('data') ? dataFolder(given.text('data')!, terminal) : record.dataFolder;
  const dataset = await datasetOf(settings.dataset, {
    ...(folder !== undefined && { dataFolder: folder }),
    onNotice: (message) => void terminal.stderr.write(`${message}\n`),
  });
  const real = await readSamples(dataset, wanted);
  // A moving average has never met the encoder.
  const averaged = 'movingAverage' in settings && (settings.movingAverage ?? null) !== null;
  const encoder = await loadRunNetwork(opened, { role: encoderRole.id });
  const networks: [LayersModel, ...LayersModel[]] = [encoder.network];
  try {
    const generator = await loadRunNetwork(opened, { raw: averaged });
    networks.push(generator.network);
    // A conditioned generator is told the class of the sample that it shall make again.
    const rows = labelledSamples(dataset, real, classesOf(generator.network));
    const made = await runNetworks(networks, rows, {
      what: 'samples',
      batchSize: settings.batchSize,
    });
    const out = await writeSampleFile(chosen, {
      name: 'reconstructions',
      picture: await drawReconstructions(
        real,
        made,
        record.samples.range,
        `${record.preset}, reconstructions`,
      ),
      arrays: { real: { ...made, data: real }, reconstructed: made },
      terminal,
    });
    terminal.stdout.write(`${made.count} reconstructions in ${out}\n`);
    return exitCodes.success;
  } finally {
    for (const network of networks) network.dispose();
  }
}
