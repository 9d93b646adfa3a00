import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { checkFileWritable, DataNotFoundError, OptionError, statIfAny } from '@dist-gan/core';
import { dataFolder as defaultDataFolder } from '@dist-gan/datasets';
import {
  evaluationProtocols,
  metrics as allMetrics,
  type EvaluationProtocol,
  type EvaluationProtocolId,
} from '@dist-gan/metrics';
import {
  evaluate as evaluateSets,
  featureMetricOf,
  npzKinds,
  type EvaluateOptions,
  type EvaluationSet,
  type FeatureMetricId,
  type NpzKind,
  type Shard,
} from '@dist-gan/metrics/evaluate';
import { featureLayers } from '@dist-gan/metrics/inception';
import { isRunPath } from '@dist-gan/runs';
import type { ParsedArguments } from '../arguments/index.js';
import { datasetNames } from '../completion/values.js';
import { workUntilEnding } from '../ending/index.js';
import { activateBackend } from '../engine/index.js';
import { generatedImages } from '../evaluation/generated-images.js';
import { outsideFlags, outsideFlagsOf } from '../evaluation/generator-source.js';
import { outputFile, report } from '../evaluation/report.js';
import { metricOfShards, readShard, writeShard } from '../evaluation/shard-file.js';
import { StageProgress } from '../evaluation/stage-progress.js';
import { openStatisticsCache } from '../evaluation/statistics-folder.js';
import { otherFile } from '../output-file.js';
import type { Terminal } from '../terminal.js';
import { codesOfLongWork, exitCodes, type Command } from './command.js';

const featureMetrics = Object.entries(allMetrics).flatMap(([id, metric]) =>
  metric.kind === 'features' ? [{ ...metric, id }] : [],
);
const listOf = (ofInception: boolean) =>
  featureMetrics
    .filter(({ inception }) => (inception !== undefined) === ofInception)
    .map(({ id, title }) => `  ${id.padEnd(29)} ${title}`)
    .join('\n');

export const evaluate: Command = {
  name: 'evaluate',
  positionals: [
    {
      name: 'generated',
      complete: datasetNames,
      description:
        'a folder of pictures, the folder of a run or a checkpoint in it, weights from outside (.safetensors), an .npz file, or a data set such as cifar10-test',
    },
  ],
  flags: [
    {
      name: 'against',
      short: 'a',
      complete: datasetNames,
      value: 'real',
      description: 'the real images: as the generated ones',
    },
    {
      name: 'metrics',
      short: 'm',
      value: 'list',
      description: 'metrics, with commas between them (default fid)',
    },
    {
      name: 'protocol',
      value: 'protocol',
      choices: Object.keys(evaluationProtocols),
      description: 'whose way of measuring (default clean-fid)',
    },
    {
      name: 'layer',
      value: 'layer',
      choices: featureLayers,
      description: "layer of the network, in place of the protocol's 2048",
    },
    {
      name: 'weights',
      value: 'path',
      description: "the network's weights (default: looked for in the data folder)",
    },
    { name: 'samples', short: 'n', value: 'n', description: 'the first n generated images (default all)' },
    { name: 'against-samples', value: 'n', description: 'the first n real images (default all)' },
    {
      name: 'as',
      value: 'kind',
      choices: [...npzKinds],
      description: 'what to take the generated .npz file for (default: what its names say)',
    },
    {
      name: 'array',
      value: 'names',
      description: 'arrays of the generated .npz file to take, for instance mean,cov',
    },
    {
      name: 'against-as',
      value: 'kind',
      choices: [...npzKinds],
      description: 'as --as, for the real ones',
    },
    { name: 'against-array', value: 'names', description: 'as --array, for the real ones' },
    ...outsideFlags,
    { name: 'skip-corrupt', description: 'leave out pictures that cannot be decoded' },
    {
      name: 'background',
      value: 'colour',
      description:
        'red,green,blue behind what is not opaque, on both sides, such as 255,255,255 (default: opacity is dropped)',
    },
    {
      name: 'data',
      short: 'd',
      value: 'folder',
      description: 'folder with data files (default: DIST_GAN_DATA)',
    },
    { name: 'batch', value: 'n', description: 'images in one call of the network (default 4)' },
    { name: 'threads', value: 'n', description: 'threads of the network (default: as many as cores)' },
    {
      name: 'cache',
      value: 'folder',
      description:
        "where means and covariances of data sets are kept (default: the user's folder for caches)",
    },
    {
      name: 'shard',
      value: 'k/n',
      description:
        'measure the k-th of n shards of the set, from 0, and write its part into --out; nothing is compared',
    },
    { name: 'no-cache', description: 'keep none, and look for none' },
    {
      name: 'out',
      short: 'o',
      value: 'file',
      description: 'write the results as JSON into a file, too; with --shard, the part (.npz)',
    },
    { name: 'json', short: 'j', description: 'print the results as JSON' },
  ],
  details: [
    `Metrics of Inception's features:\n${listOf(true)}`,
    `Metrics of any features (those of an .npz file, or the bytes of images):\n${listOf(false)}`,
    'An .npz file holds mean and covariance (mu, sigma), features (feats or features) or images in bytes (images or\n' +
      'arr_0); other names are taken with --array.',
    "The network is Inception-v3 as FID knows it; its weights are TensorFlow's classify_image_graph_def.pb or\n" +
      "pytorch-fid's pt_inception-2015-12-05-6726825d.pth. Numbers of different protocols, layers or sample counts\n" +
      'must not be compared: each result carries all three.',
    'A large set is measured by many processes, each with --shard k/n, on any machine that sees it; dist-gan merge-shards makes mean and\n' +
      'covariance of the whole, whose FID is that of one process.',
    `Exit codes: 0 done, 2 bad input, ${codesOfLongWork}.`,
  ],
  examples: [
    'dist-gan evaluate samples --shard 0/8 --out part-0.npz',
    'dist-gan evaluate samples --against cifar10-train --metrics fid,kid,prdc',
    'dist-gan evaluate samples --against real-pictures --protocol pytorch-fid --json',
    'dist-gan evaluate runs/mnist-seed0 --against mnist-test --metrics fid,prdc',
    'dist-gan evaluate sngan-cifar10.safetensors --architecture mimicry-sngan --against cifar10-train',
    'dist-gan evaluate samples --against stats.npz --metrics fid',
    'dist-gan evaluate cifar10-test --against cifar10-train --layer 768 --samples 5000 --against-samples 5000',
  ],
  run: runEvaluation,
};

async function runEvaluation(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const word = given.positional('generated');
  if (word === undefined) {
    throw new OptionError(
      'evaluate needs generated images: dist-gan evaluate <folder | run | stats.npz | data set> --against <real images>',
      'generated',
      word,
    );
  }
  const shard = given.text('shard');
  if (shard !== undefined) return evaluateShard(word, readShard(shard), given, terminal);
  const out = outputFile(given, terminal);
  // Hours later would be too late.
  if (out !== undefined) checkFileWritable(out, otherFile);
  const against = given.text('against');
  const metrics = readMetrics(given.text('metrics') ?? 'fid', against);
  if (against === undefined) refuseFlagsOfReal(given);
  const protocol: EvaluationProtocol = evaluationProtocols[protocolOf(given)];
  const counts = sampleCounts(given, protocol);
  const progress = new StageProgress(given.has('json') ? terminal.stderr : terminal.stdout);
  const notices: string[] = [];
  const onNotice = (notice: string) => void notices.push(notice);
  const settings = { ...readSettings(given, terminal, onNotice), samples: counts, metrics };
  const work = async (signal: AbortSignal) => {
    const open = (side: Side, name: string) =>
      readSet(side, name, { given, terminal, counts, progress, signal });
    const results = await evaluateSets({
      ...settings,
      generated: await open('generated', word),
      ...(against !== undefined && { real: await open('real', against) }),
      onStage: (title, count) => progress.stage(title, count),
      onNotice,
      signal,
    });
    progress.end();
    const names = { generated: nameOf(word, terminal), real: against && nameOf(against, terminal) };
    const isWritten = report({ names, protocol, notices, results }, given, terminal);
    return isWritten ? exitCodes.success : exitCodes.failure;
  };
  try {
    return await workUntilEnding(terminal, work, { stopped: 'interrupted; nothing was measured' });
  } finally {
    progress.end();
  }
}

async function evaluateShard(
  word: string,
  shard: Shard,
  given: ParsedArguments,
  terminal: Terminal,
): Promise<number> {
  for (const flag of ['against', 'json', 'skip-corrupt'] as const) {
    if (!given.has(flag)) continue;
    throw new OptionError(`--${flag} is of whole sets; leave it out, or --shard`, `--${flag}`, flag);
  }
  refuseFlagsOfReal(given);
  const metric = metricOfShards(readMetrics(given.text('metrics') ?? 'fid', 'shards'));
  const progress = new StageProgress(terminal.stdout);
  const onNotice = (notice: string) => void terminal.stderr.write(`warning: ${notice}\n`);
  const samples = given.wholeNumber('samples', 2);
  const counts = { generated: samples, real: undefined };
  const work = async (signal: AbortSignal) => {
    const set = await readSet('generated', word, { given, terminal, counts, progress, signal });
    await writeShard(
      given.text('out'),
      {
        ...readSettings(given, terminal, onNotice),
        set,
        shard,
        metric,
        ...(samples !== undefined && { samples }),
        onStage: (title, count) => progress.stage(title, count),
        onNotice,
        signal,
      },
      terminal,
    );
    return exitCodes.success;
  };
  try {
    return await workUntilEnding(terminal, work, { stopped: 'interrupted; nothing was written' });
  } finally {
    progress.end();
  }
}

/** What says how to take real images, where there are none. */
function refuseFlagsOfReal(given: ParsedArguments): void {
  for (const flag of ['against-samples', 'against-as', 'against-array'] as const) {
    if (!given.has(flag)) continue;
    throw new OptionError(
      `--${flag} is of real images, and there are none; name them with --against, or leave it out`,
      `--${flag}`,
      flag,
    );
  }
}

type Side = 'generated' | 'real';

/** The metrics of a list with commas. @throws UnknownItemError naming the nearest */
function readMetrics(list: string, against: string | undefined): FeatureMetricId[] {
  const ids = list
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length === 0) {
    throw new OptionError('--metrics needs at least one metric, for instance fid,kid', '--metrics', list);
  }
  if (ids.map(featureMetricOf).some(({ compares }) => compares) && against === undefined) {
    throw new OptionError(
      `--metrics ${ids.join(',')} compares with real samples; name them with --against`,
      '--against',
      undefined,
    );
  }
  return [...new Set(ids)] as FeatureMetricId[];
}

function protocolOf(given: ParsedArguments): EvaluationProtocolId {
  return (given.text('protocol') ?? 'clean-fid') as EvaluationProtocolId;
}

/** What the evaluation is told beside its sets. */
function readSettings(given: ParsedArguments, terminal: Terminal, onNotice: (notice: string) => void) {
  const [weights, layer, folder] = [given.text('weights'), given.text('layer'), dataFolder(given, terminal)];
  const [batchSize, threads] = [given.wholeNumber('batch', 1), given.wholeNumber('threads', 1)];
  const background = colour(given.text('background'));
  const named = given.text('cache');
  const cache = given.has('no-cache')
    ? undefined
    : openStatisticsCache(
        onNotice,
        named === undefined ? undefined : resolve(terminal.workingDirectory, named),
      );
  return {
    protocol: protocolOf(given),
    ...(layer !== undefined && { layer: layer as NonNullable<EvaluateOptions['layer']> }),
    ...(weights !== undefined && { weights }),
    ...(batchSize !== undefined && { batchSize }),
    ...(threads !== undefined && { threads }),
    ...(cache !== undefined && { cache }),
    skipCorrupt: given.has('skip-corrupt'),
    ...(background !== undefined && { background }),
    environment: { ...(folder !== undefined && { dataFolder: folder }), onNotice },
    workingDirectory: terminal.workingDirectory,
    // The network is built there; it does not run there.
    activateBackend: () => activateBackend('cpu'),
  } satisfies Partial<EvaluateOptions>;
}

function colour(text: string | undefined): EvaluateOptions['background'] {
  if (text === undefined) return undefined;
  const [red, green, blue, ...more] = text
    .split(',')
    .map((part) => (/^\s*\d{1,3}\s*$/.test(part) ? Number(part) : Number.NaN));
  const isColour = more.length === 0 && [red, green, blue].every((byte) => byte >= 0 && byte <= 255);
  if (isColour) return [red, green, blue];
  throw new OptionError(
    `--background must be red,green,blue, each from 0 to 255, for instance 255,255,255 (got ${text})`,
    '--background',
    text,
  );
}

interface Reading {
  readonly given: ParsedArguments;
  readonly terminal: Terminal;
  readonly counts: { readonly [Key in Side]: number | undefined };
  readonly progress: StageProgress;
  readonly signal: AbortSignal;
}

/** What a word stands for: the samples of a run, an `.npz` file of which it is said what to take, else the word. */
async function readSet(
  side: Side,
  word: string,
  { given, terminal, counts, progress, signal }: Reading,
): Promise<EvaluationSet> {
  const prefix = side === 'real' ? 'against-' : '';
  const [as, arrays] = [given.text(`${prefix}as`), given.text(`${prefix}array`)];
  if (as !== undefined || arrays !== undefined) {
    return {
      path: word,
      ...(as !== undefined && { as: as as NpzKind }),
      ...(arrays !== undefined && { arrays: arrays.split(',').map((name) => name.trim()) }),
    };
  }
  const path = resolve(terminal.workingDirectory, word);
  const outside = side === 'generated' ? outsideFlagsOf(given) : undefined;
  if (word.trim() === '' || (outside === undefined && !isRunPath(path))) return word;
  const onProgress = progress.stage(`${word}: samples of the generator`);
  const { workingDirectory } = terminal;
  const images = await generatedImages(word, {
    count: counts[side],
    outside,
    workingDirectory,
    onProgress,
    signal,
  });
  return { name: basename(path), ...images };
}

/** What a result calls a set. */
function nameOf(word: string, { workingDirectory }: Terminal): string {
  const path = resolve(workingDirectory, word);
  return existsSync(path) ? basename(path) : word;
}

function sampleCounts(given: ParsedArguments, { samples }: EvaluationProtocol) {
  return {
    generated: given.wholeNumber('samples', 2) ?? samples?.generated,
    real: given.wholeNumber('against-samples', 2) ?? samples?.real.count,
  };
}

function dataFolder(given: ParsedArguments, terminal: Terminal): string | undefined {
  const path = given.text('data');
  if (path === undefined) return defaultDataFolder();
  const folder = resolve(terminal.workingDirectory, path);
  if (statIfAny(folder)?.isDirectory() === true) return folder;
  throw new DataNotFoundError(`--data ${path}: there is no such folder; check the path`, folder);
}
