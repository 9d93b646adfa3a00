import { resolve } from 'node:path';
import { checkFolderWritable, OptionError, toJson, UnknownItemError } from '@dist-gan/core';
import { mnist } from '@dist-gan/datasets';
import { imagesDigest } from '@dist-gan/metrics/evaluate';
import { datasetImages } from '@dist-gan/metrics/images';
import type { ParsedArguments } from '../arguments/index.js';
import { accuracy } from '../classifier/accuracy.js';
import {
  classifierExtractor,
  classifierFolder,
  saveClassifier,
  type ClassifierRecord,
} from '../classifier/classifier-folder.js';
import { trainDigitClassifier } from '../classifier/train-digit-classifier.js';
import { activateBackend } from '../engine/index.js';
import { workUntilEnding } from '../ending/index.js';
import { StageProgress } from '../evaluation/stage-progress.js';
import { count, duration } from '../progress/index.js';
import type { Terminal } from '../terminal.js';
import { codesOfLongWork, exitCodes, type Command } from './command.js';

const defaultEpochs = 5;

export const trainClassifier: Command = {
  name: 'train-classifier',
  positionals: [{ name: 'classifier', complete: () => [{ value: 'mnist' }], description: 'which: mnist' }],
  flags: [
    {
      name: 'data',
      short: 'd',
      value: 'folder',
      description: 'folder with data files (default: DIST_GAN_DATA)',
    },
    { name: 'epochs', value: 'n', description: `passes over the 60,000 digits (default ${defaultEpochs})` },
    { name: 'seed', short: 's', value: 'n', description: 'seed of every random number (default 0)' },
    {
      name: 'out',
      short: 'o',
      value: 'folder',
      description: "where it is kept (default: the user's folder for caches, where metrics look for it)",
    },
    { name: 'json', short: 'j', description: 'print what is known of it as JSON' },
  ],
  details: [
    'Its share of right answers on the 10,000 test digits is measured, written beside the weights with their checksum,\n' +
      'and part of the protocol of every number that it makes.',
    `Exit codes: 0 done, 2 bad input, ${codesOfLongWork}.`,
  ],
  examples: ['dist-gan train-classifier mnist', 'dist-gan train-classifier mnist --data path/to/data'],
  async run(given, terminal) {
    checkClassifier(given.positional('classifier'));
    const out = given.text('out');
    const folder =
      out === undefined
        ? classifierFolder('mnist', terminal.environment)
        : resolve(terminal.workingDirectory, out);
    checkFolderWritable(folder, 'choose another folder with --out');
    const json = given.has('json');
    const progress = new StageProgress(json ? terminal.stderr : terminal.stdout);
    const work = async (signal: AbortSignal) => {
      const record = await trainAndSave(folder, given, terminal, progress, signal);
      progress.end();
      terminal.stdout.write(json ? `${toJson(record, 2)}\n` : summary(record, folder));
      return exitCodes.success;
    };
    try {
      return await workUntilEnding(terminal, work, { stopped: 'interrupted; no classifier was written' });
    } finally {
      progress.end();
    }
  },
};

function checkClassifier(id: string | undefined): void {
  if (id === undefined) {
    throw new OptionError(
      'train-classifier needs to know which: dist-gan train-classifier mnist',
      'classifier',
      id,
    );
  }
  if (id !== 'mnist') throw new UnknownItemError('classifier', id, ['mnist']);
}

async function trainAndSave(
  folder: string,
  given: ParsedArguments,
  { workingDirectory }: Terminal,
  progress: StageProgress,
  signal: AbortSignal,
): Promise<ClassifierRecord> {
  const epochs = given.wholeNumber('epochs', 1) ?? defaultEpochs;
  const seed = given.wholeNumber('seed', 0) ?? 0;
  const data = given.text('data');
  const environment = {
    ...(data !== undefined && { dataFolder: resolve(workingDirectory, data) }),
    onNotice: (message: string) => progress.notice(message),
  };
  // Digits to test on come first: without them there is nothing to train for.
  const test = await mnist({ split: 'test' }, environment);
  const digits = await mnist({ split: 'train' }, environment);

  await activateBackend('cpu');
  const started = performance.now();
  const onStep = progress.stage(`training on ${count(digits.size)} digits`);
  const network = await trainDigitClassifier({ digits, epochs, seed, onStep, signal });
  try {
    const extractor = await classifierExtractor(network);
    const right = await accuracy(extractor, test);
    await extractor.dispose();
    return await saveClassifier(folder, network, {
      id: 'mnist',
      accuracy: right,
      testImages: test.size,
      trainedOn: await imagesDigest(datasetImages(digits), signal),
      epochs,
      seed,
      seconds: (performance.now() - started) / 1000,
      trainedAt: new Date().toISOString(),
    });
  } finally {
    network.dispose();
  }
}

function summary({ accuracy, testImages, seconds, sha256 }: ClassifierRecord, folder: string): string {
  const wrong = Math.round((1 - accuracy) * testImages);
  return `\
${(100 * accuracy).toFixed(2)} % of ${count(testImages)} test digits right (${wrong} wrong), trained in ${duration(seconds)}
classifier ${folder}
sha256     ${sha256}
`;
}
