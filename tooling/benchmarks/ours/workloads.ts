/**
 * What each workload computes on: settings, initial weights and batches. The same as
 * `peers/workloads.py`, so that every row of the table does the same work on the same numbers.
 */
import table from '../workloads.json' with { type: 'json' };
import { uniform } from './seeded.js';

export interface AdamSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

interface AutoencoderGanSettings extends AdamSettings {
  batch: number;
  width: number;
  latentSize: number;
  criticSteps: number;
  realWeight: number;
  reconstructionWeight: number;
  gradientPenaltyWeight: number;
  latentDistanceWeight: number;
}

export interface MlpWorkload extends AutoencoderGanSettings {
  step: 'mlp';
  name: string;
  hiddenLayers: number;
}

export interface DcganWorkload extends AutoencoderGanSettings {
  step: 'dcgan';
  name: string;
  imageSize: number;
  channels: number;
}

/** The training step of a preset; its method and architecture are the preset's own. */
export interface PresetWorkload extends AutoencoderGanSettings {
  step: 'preset';
  name: string;
  preset: 'cifar10-dcgan' | 'cifar10-sncnn-hinge';
  imageSize: number;
  channels: number;
}

export interface ResnetCriticWorkload extends AdamSettings {
  step: 'resnet-critic';
  name: string;
  batch: number;
  width: number;
  imageSize: number;
  channels: number;
  gradientPenaltyWeight: number;
}

export type Workload = MlpWorkload | DcganWorkload | PresetWorkload | ResnetCriticWorkload;

export type Shapes = Record<string, number[]>;
export type Arrays = Record<string, Float32Array>;

/** One workload of `workloads.json`; `overrides` replaces settings such as the batch size. */
export function loadWorkload(name: string, overrides: Partial<Workload> = {}): Workload {
  const entries = table as Readonly<Record<string, { extends?: string } | undefined>>;
  const resolve = (key: string): object => {
    const entry = entries[key];
    if (!entry) throw new Error(`unknown workload '${key}'; known: ${Object.keys(entries).join(', ')}`);
    const { extends: parent, ...own } = entry;
    return { ...(parent ? resolve(parent) : {}), ...own };
  };
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return { ...resolve(name), ...given, name } as Workload;
}

// --- weights ---------------------------------------------------------------------------------------

export function initialWeights(workload: MlpWorkload): Arrays {
  return mapEntries(mlpShapes(workload), initialWeight);
}

/** Kernels Xavier-uniform, offsets and moving means within 0.05 of 0, scales and moving variances within 0.05 of 1. */
export function initialWeight(name: string, shape: readonly number[]): Float32Array {
  const draws = uniform(`weights/${name}`, product(shape));
  if (name.endsWith('/kernel')) {
    const fans = product(shape.slice(0, -2)) * (shape.at(-2)! + shape.at(-1)!);
    const limit = Math.sqrt(6 / fans);
    return Float32Array.from(draws, (draw) => (2 * draw - 1) * limit);
  }
  const centre = name.endsWith('/scale') || name.endsWith('/movingVariance') ? 1 : 0;
  return Float32Array.from(draws, (draw) => centre + 0.05 * (2 * draw - 1));
}

/** Name -> shape, in the order of the forward pass. */
export function mlpShapes(workload: MlpWorkload): Shapes {
  const shapes: Shapes = {};
  const sizes: [role: string, sizeIn: number, sizeOut: number][] = [
    ['encoder', 2, workload.latentSize],
    ['generator', workload.latentSize, 2],
    ['discriminator', 2, 1],
  ];
  for (const [role, sizeIn, sizeOut] of sizes) {
    const widths = [sizeIn, ...Array<number>(workload.hiddenLayers).fill(workload.width), sizeOut];
    for (let layer = 0; layer + 1 < widths.length; layer++) {
      shapes[`${role}/dense${layer}/kernel`] = [widths[layer], widths[layer + 1]];
      shapes[`${role}/dense${layer}/bias`] = [widths[layer + 1]];
    }
  }
  return shapes;
}

// --- batches ---------------------------------------------------------------------------------------

/** Every phase, and every repeat of the discriminator's phase, has inputs of its own. */
export function inputShapes(workload: Workload): Shapes {
  const { batch } = workload;
  if (workload.step === 'resnet-critic') {
    const images = [batch, workload.imageSize, workload.imageSize, workload.channels];
    return { real: images, fake: images, interpolation: [batch, 1, 1, 1] };
  }
  const mlp = workload.step === 'mlp';
  const samples = mlp ? [batch, 2] : [batch, workload.imageSize, workload.imageSize, workload.channels];
  const latents = [batch, workload.latentSize];
  const shapes: Shapes = { reconstructionReal: samples, reconstructionLatents: latents };
  for (let repeat = 0; repeat < workload.criticSteps; repeat++) {
    shapes[`discriminatorReal${repeat}`] = samples;
    shapes[`discriminatorLatents${repeat}`] = latents;
    shapes[`discriminatorInterpolation${repeat}`] = mlp ? [batch, 1] : [batch, 1, 1, 1];
  }
  shapes['generatorReal'] = samples;
  shapes['generatorLatents'] = latents;
  return shapes;
}

/** The inputs of one step. Real data and interpolation lie in [0, 1], latents in [-1, 1). */
export function batchOf(workload: Workload, step: number): Arrays {
  return mapEntries(inputShapes(workload), (name, shape) => {
    const stream = `${name}@${step}`;
    if (workload.step === 'mlp' && name.includes('Real')) return gridSamples(stream, shape[0]);
    const draws = uniform(stream, product(shape));
    return Float32Array.from(draws, (draw) => (name.includes('Latents') ? 2 * draw - 1 : draw));
  });
}

// The 25-Gaussian grid of the Dist-GAN paper, scaled to [0, 1] by the largest entry of the authors' data.
const gridCentres = [-4, -2, 0, 2, 4];
const gridDeviation = 0.05;
const gridLargest = 4.18011;

function gridSamples(stream: string, count: number): Float32Array {
  const choices = uniform(`${stream}/centre`, count);
  const noise = uniform(`${stream}/noise`, count * 8);
  const samples = new Float32Array(count * 2);
  for (let index = 0; index < count; index++) {
    const choice = Math.floor(choices[index] * 25);
    const centre = [gridCentres[Math.floor(choice / 5)], gridCentres[choice % 5]];
    for (const axis of [0, 1]) {
      // Four uniforms have variance 1/3 together: a bell without a logarithm, so both languages agree exactly.
      const start = index * 8 + axis * 4;
      const sum = noise[start] + noise[start + 1] + noise[start + 2] + noise[start + 3];
      const point = centre[axis] + gridDeviation * ((sum - 2) * Math.sqrt(3));
      samples[index * 2 + axis] = (point / gridLargest + 1) / 2;
    }
  }
  return samples;
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total * number, 1);
}

function mapEntries<In, Out>(record: Record<string, In>, map: (key: string, value: In) => Out) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)])) as Record<
    string,
    Out
  >;
}
