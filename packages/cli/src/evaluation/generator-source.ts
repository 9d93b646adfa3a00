import { OptionError, type SampleBatch } from '@dist-gan/core';
import {
  classesOf,
  classInTurn,
  sampleGenerator,
  type SampleGeneratorOptions,
  type SamplingOptions,
} from '@dist-gan/trainer';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { basename, resolve } from 'node:path';
import { openRunPath, type RunPath, type RunSettings } from '@dist-gan/runs';
import type { ParsedArguments } from '../arguments/index.js';
import type { Terminal } from '../terminal.js';
import { loadOutsideGenerator, type OutsideFlags } from './outside-generator.js';
import { isRecipe, sampleRecipe } from './recipe-network.js';
import { loadRunNetwork } from './run-network.js';

/** A generator that was named on the command line: of a run, of a checkpoint, or from outside. */
export interface GeneratorSource {
  readonly network: LayersModel;
  /** What pictures call it. */
  readonly title: string;
  readonly sampleShape: readonly number[];
  readonly range: readonly [low: number, high: number];
  /** How many samples its run evaluated; of others, none. */
  readonly evaluated?: number;
  /** Samples in the batches of its run, where it has one; with their latents, where the run makes those itself. */
  sample(options: SampleChoice): Promise<SampleBatch & { readonly latents?: SampleBatch }>;
}

interface SampleChoice extends SamplingOptions {
  readonly count: number;
  /** Of the latents. Default: that of the run, whose latents are then those of its evaluations; of others 0. */
  readonly seed?: number | undefined;
  /** Of a generator with classes: those that are sampled, in turn. Default all. */
  readonly labels?: readonly number[] | undefined;
}

/** Samples that a generator from outside, in inference mode, makes at a time. */
const outsideBatch = 64;

/** Flags of every command that samples a generator. */
export const outsideFlags = [
  {
    name: 'architecture',
    value: 'id',
    description:
      'of weights from outside: mimicry-sngan, pytorch-dcgan, one of ours, or {"id": ..., "options": ...}',
  },
  {
    name: 'mapping',
    value: 'file',
    description:
      'of weights from outside: JSON with their names and layouts, where they are not as published',
  },
] as const;

/** Of every command that may sample a generator with classes. */
export const labelsFlag = {
  name: 'labels',
  value: 'list',
  description: 'of a generator with classes: which of them, in turn: 3 or 0,4,9 (default all)',
} as const;

/** The classes that the command line asks for; undefined: all of them. */
export function labelsOf(given: ParsedArguments): number[] | undefined {
  const text = given.text('labels');
  if (text === undefined) return undefined;
  const labels = text.split(',');
  if (labels.every((label) => /^\d+$/.test(label.trim()))) return labels.map(Number);
  throw new OptionError(
    `--labels must be whole numbers with commas, such as 3 or 0,4,9, got ${JSON.stringify(text)}`,
    '--labels',
    text,
  );
}

/** Whether the command line speaks of weights from outside. */
export function outsideFlagsOf(given: ParsedArguments): OutsideFlags | undefined {
  const [architecture, mapping] = [given.text('architecture'), given.text('mapping')];
  if (architecture === undefined && mapping === undefined) return undefined;
  return { ...(architecture !== undefined && { architecture }), ...(mapping !== undefined && { mapping }) };
}

/** Loads a generator. The caller disposes its network. */
export async function openGenerator(
  path: string,
  outside: OutsideFlags | undefined,
  { workingDirectory }: Pick<Terminal, 'workingDirectory'>,
): Promise<GeneratorSource> {
  const resolvePath = (given: string) => resolve(workingDirectory, given);
  if (outside !== undefined) {
    const { network, shape, latents, range } = await loadOutsideGenerator(path, outside, resolvePath);
    return {
      title: basename(path, '.safetensors'),
      sampleShape: shape.sampleShape,
      range,
      ...sampled(network, { latents, batchSize: outsideBatch, seed: 0, inference: true }),
    };
  }
  const opened = openRunPath(resolvePath(path));
  const { record, settings } = opened;
  const { network } = await loadRunNetwork(opened);
  const described = {
    title: record.preset,
    sampleShape: record.samples.shape,
    range: record.samples.range,
    evaluated: settings.evaluation.samples,
  };
  if (isRecipe(opened)) {
    return {
      ...described,
      network,
      sample: ({ labels, ...choice }) => {
        if (labels !== undefined) classInTurn(labels, classesOf(network));
        return sampleRecipe(opened, network, choice);
      },
    };
  }
  const { latents, batchSize } = (opened as RunPath<RunSettings>).settings;
  return { ...described, ...sampled(network, { latents, batchSize, seed: record.seed }) };
}

function sampled(
  network: LayersModel,
  { seed: ownSeed, ...settings }: Omit<SampleGeneratorOptions, 'count'>,
): Pick<GeneratorSource, 'network' | 'sample'> {
  return {
    network,
    sample: ({ seed = ownSeed, labels, ...choice }) =>
      sampleGenerator(network, { ...settings, ...choice, seed, ...(labels !== undefined && { labels }) }),
  };
}
