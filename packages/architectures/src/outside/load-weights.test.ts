import { readFileSync } from 'node:fs';
import {
  isGanError,
  RandomStream,
  readSafetensors,
  writeSafetensors,
  type StoredTensor,
} from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, it } from 'vitest';
import { batchNorm, convolution, dense } from '../../test/parameters.js';
import { snganCnn } from '../sngan-cnn/sngan-cnn.js';
import { tinyArchitecture } from '../tiny-architecture.js';
import { conditionalBatchNorm } from '../layers/conditional-batch-norm/conditional-batch-norm.js';
import { loadWeights } from './load-weights.js';
import { mimicrySngan } from './mimicry-sngan.js';
import type { PublishedGenerator } from './published-generator.js';
import { pytorchDcgan } from './pytorch-dcgan.js';
import type { WeightMapping } from './weight-mapping.js';

/** What tooling/oracles/outside_generators.py trained, and asked for images, in PyTorch. */
function read(name: string): ReadonlyMap<string, StoredTensor> {
  const file = `${name}.safetensors`;
  return readSafetensors(
    readFileSync(new URL(`../../../../tooling/fixtures/outside/${file}`, import.meta.url)),
    file,
  ).tensors;
}

let network: LayersModel | undefined;
afterEach(() => {
  network?.dispose();
  network = undefined;
});

const random = RandomStream.fromSeed(1);

function build({ architecture, shape }: Pick<PublishedGenerator, 'architecture' | 'shape'>): LayersModel {
  network = architecture.build('generator', shape, random);
  return network;
}

/** The largest difference of a pixel between PyTorch's images and ours, of the same latents. */
function differenceFrom(name: string): number {
  const expected = read(`${name}.expected`);
  const [latents, images] = ['latents', 'images'].map((each) => expected.get(each)!);
  return tf.tidy(() => {
    const made = network!.predict(tf.tensor(latents.data as Float32Array, [...latents.shape]));
    const wanted = tf.transpose(tf.tensor(images.data as Float32Array, [...images.shape]), [0, 2, 3, 1]);
    const ours = Array.isArray(made) ? made[0] : made;
    expect(ours.shape).toEqual(wanted.shape);
    return tf.max(tf.abs(tf.sub(ours, wanted))).dataSync()[0];
  });
}

const mimicry = mimicrySngan({ width: 4, latentDimension: 6 });
const dcgan = pytorchDcgan({ width: 2, latentDimension: 5 });

/** SN-GAN's standard CNN of someone whose layers have other names, a bias in front of batch norms, and another epsilon. */
const standardCnn = {
  architecture: snganCnn({ form: 'sn-gan', width: 2 }),
  shape: { sampleShape: [16, 16, 3], latentDimension: 4 },
};
const standardMapping = JSON.parse(
  readFileSync(
    new URL('../../../../tooling/fixtures/outside/standard-cnn.mapping.json', import.meta.url),
    'utf8',
  ),
) as WeightMapping;

describe('loadWeights gives the pixels of PyTorch', () => {
  // Where float64 and float32 of PyTorch part by 1.1e-6, 1.5e-7 and 6.3e-8.
  it("of mimicry's SN-GAN", () => {
    loadWeights(build(mimicry), read('mimicry-sngan'), mimicry.mapping);
    expect(differenceFrom('mimicry-sngan')).toBeLessThan(3e-6);
  });

  it("of PyTorch's DCGAN", () => {
    loadWeights(build(dcgan), read('pytorch-dcgan'), dcgan.mapping);
    expect(differenceFrom('pytorch-dcgan')).toBeLessThan(1e-6);
  });

  it('of a network that is ours but for names, biases and epsilon', () => {
    loadWeights(build(standardCnn), read('standard-cnn'), standardMapping);
    expect(differenceFrom('standard-cnn')).toBeLessThan(1e-6);
  });

  it('of nothing else: another order of axes, epsilon or bias shows', () => {
    const layers = standardMapping.layers!;
    for (const changed of [
      { ...standardMapping, epsilon: 1e-5 },
      { ...standardMapping, layers: { ...layers, 'dense-1': 'project' } },
      {
        ...standardMapping,
        layers: { ...layers, 'batch-norm-4': 'norms.2' },
        ignore: ['up.2.bias'],
      },
    ]) {
      loadWeights(build(standardCnn), read('standard-cnn'), changed);
      expect(differenceFrom('standard-cnn')).toBeGreaterThan(1e-4);
      network!.dispose();
    }
    network = undefined;
  });
});

describe('loadWeights of a linear layer between images', () => {
  it('takes both sides channels first, as PyTorch flattens images', () => {
    const [inputs, outputs] = [
      [2, 3, 2],
      [2, 1, 2],
    ] as const;
    const [ins, outs] = [12, 4];
    const images = input({ shape: [inputs[1], inputs[2], inputs[0]] });
    const hidden = layers.dense({ name: 'between', units: outs }).apply(layers.flatten().apply(images));
    network = model({ inputs: images, outputs: hidden as SymbolicTensor });
    const weight = random.derive('weight').normal(outs * ins);
    const bias = random.derive('bias').normal(outs);
    loadWeights(
      network,
      new Map<string, StoredTensor>([
        ['fc.weight', { type: 'F32', shape: [outs, ins], data: weight }],
        ['fc.bias', { type: 'F32', shape: [outs], data: bias }],
      ]),
      { layout: 'pytorch', layers: { between: { from: 'fc', inputs, outputs } } },
    );
    const x = random.derive('x').normal(ins);
    const made = tf.tidy(() => (network!.predict(tf.tensor(x, [1, 3, 2, 2])) as tf.Tensor).dataSync());
    // Index of pixel (c, row, column) where channels come first, and where they come last.
    const first = ([, h, w]: readonly number[], c: number, i: number, j: number) => (c * h + i) * w + j;
    const last = ([channels, , w]: readonly number[], c: number, i: number, j: number) =>
      (i * w + j) * channels + c;
    const pixels = ([channels, h, w]: readonly number[]) =>
      Array.from({ length: channels * h * w }, (_, at) => [
        Math.floor(at / (h * w)),
        Math.floor(at / w) % h,
        at % w,
      ]);
    for (const [c, i, j] of pixels(outputs)) {
      const row = first(outputs, c, i, j);
      const wanted = pixels(inputs).reduce(
        (sum, [d, k, l]) => sum + weight[row * ins + first(inputs, d, k, l)] * x[last(inputs, d, k, l)],
        bias[row],
      );
      expect(made[last(outputs, c, i, j)]).toBeCloseTo(wanted, 5);
    }
  });
});

describe('loadWeights of what this project exports', () => {
  it.each(['generator', 'discriminator'] as const)('gives the %s back', (kind) => {
    const { architecture, shape } = tinyArchitecture('sngan-cnn');
    const own = architecture.build(kind, shape, RandomStream.fromSeed(9));
    const file = writeSafetensors(
      new Map(
        own.weights.map((weight) => {
          const tensor = weight.read();
          return [weight.originalName, { shape: tensor.shape, data: tensor.dataSync<'float32'>().slice() }];
        }),
      ),
    );
    const other = architecture.build(kind, shape, random);
    loadWeights(other, readSafetensors(file, 'x').tensors, { layout: 'tensorflow' });
    const numbers = (of: LayersModel) => of.getWeights().map((weight) => weight.arraySync());
    expect(numbers(other)).toEqual(numbers(own));
    own.dispose();
    other.dispose();
  });
});

describe('loadWeights of a conditional batch norm', () => {
  it('shifts variances by the difference of epsilons, and means by the bias in front', () => {
    const x = input({ shape: [3] });
    const labels = input({ shape: [2] });
    const layer = conditionalBatchNorm({ name: 'norm', classes: 2, epsilon: 1e-5 });
    network = model({ inputs: [x, labels], outputs: layer.apply([x, labels]) as SymbolicTensor });
    const stored = (shape: number[], ...data: number[]): StoredTensor => {
      return { type: 'F32', shape, data: Float32Array.from(data) };
    };
    const [scale, offset, mean, variance, bias] = [
      stored([2, 3], 1, 2, 3, 4, 5, 6),
      stored([2, 3], 0, 1, 0, -1, 0, 1),
      stored([3], 1, -1, 0.5),
      stored([3], 0, 1e-3, 4),
      stored([3], 0.25, 0.5, 1),
    ];
    loadWeights(
      network,
      new Map([
        ['norm/scale', scale],
        ['norm/offset', offset],
        ['norm/moving-mean', mean],
        ['norm/moving-variance', variance],
        ['before/bias', bias],
      ]),
      {
        layout: 'tensorflow',
        epsilon: 1e-3,
        layers: { norm: { from: 'norm', precedingBias: 'before/bias' } },
      },
    );
    // Of a product p of the kernel, the second class: (p + bias - mean) / sqrt(variance + 1e-3) * scale + offset.
    const p = [0.5, 1, -2];
    const of = ({ data }: StoredTensor, i: number) => Number(data[i]);
    const expected = p.map(
      (value, i) =>
        ((value + of(bias, i) - of(mean, i)) / Math.sqrt(of(variance, i) + 1e-3)) * of(scale, 3 + i) +
        of(offset, 3 + i),
    );
    const made = tf.tidy(() =>
      Array.from((network!.predict([tf.tensor2d([p]), tf.tensor2d([[0, 1]])]) as tf.Tensor).dataSync()),
    );
    made.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 3));
  });
});

describe('loadWeights refuses', () => {
  const tensors = read('pytorch-dcgan');
  const without = (name: string) => new Map([...tensors].filter(([each]) => each !== name));
  const withTensor = (name: string, tensor: Partial<StoredTensor>) => {
    const stored: StoredTensor = { type: 'F32', shape: [2], data: Float32Array.of(1, 2), ...tensor };
    return new Map([...tensors, [name, stored]]);
  };
  const withLayers = (layers: WeightMapping['layers']): WeightMapping => ({ ...dcgan.mapping, layers });
  const { 'dense-1': _, ...allButOne } = dcgan.mapping.layers!;

  it.each([
    [
      'a missing tensor',
      without('main.4.bias'),
      dcgan.mapping,
      /^f: there is no tensor main\.4\.bias, which the layer batch-norm-2 takes; there are main\.1\.bias, /,
    ],
    [
      'one that nobody takes',
      withTensor('extra', {}),
      dcgan.mapping,
      /^f: 1 tensors belong to no layer of the network: extra; .*weights\.ignore/,
    ],
    [
      'one of another shape',
      withTensor('main.4.bias', {}),
      dcgan.mapping,
      /^f: main\.4\.bias has shape \[2\], the layer batch-norm-2 takes \[8\]/,
    ],
    [
      'a kernel of another shape',
      withTensor('main.0.weight', {}),
      dcgan.mapping,
      /^f: main\.0\.weight has shape \[2\], the layer dense-1 takes \[256, 5\] or \[5, 16, 4, 4\]/,
    ],
    [
      'whole numbers',
      withTensor('main.10.bias', { type: 'I32', data: Int32Array.of(1, 2) }),
      dcgan.mapping,
      /^f: main\.10\.bias is of type I32/,
    ],
    [
      'a NaN',
      withTensor('main.10.bias', { data: Float32Array.of(1, NaN) }),
      dcgan.mapping,
      /^f: main\.10\.bias has a number that is not finite/,
    ],
    [
      'a variance below 0',
      withTensor('main.1.running_var', { shape: [16], data: new Float32Array(16).fill(-1e-7) }),
      dcgan.mapping,
      /^f: main\.1\.running_var has a variance below 0/,
    ],
    [
      'a mapping that lacks a layer',
      tensors,
      withLayers(allButOne),
      /^weights\.layers says nothing of dense-1/,
    ],
    [
      'a layer that is none',
      tensors,
      withLayers({ ...dcgan.mapping.layers, 'dense-2': 'x' }),
      /^unknown layer in weights\.layers "dense-2"; did you mean dense-1/,
    ],
    [
      'an image of another size than the layer',
      tensors,
      withLayers({ ...dcgan.mapping.layers, 'batch-norm-1': { from: 'main.1', outputs: [16, 2, 1] } }),
      /^weights\.layers\.batch-norm-1\.outputs: an image of \[16, 2, 1\] .* is 32 numbers, the layer has 16 outputs/,
    ],
    [
      'a convolution whose outputs shall be another image',
      read('mimicry-sngan'),
      {
        ...mimicry.mapping,
        layers: { ...mimicry.mapping.layers, 'convolution-1': { from: 'block2.c1', outputs: [1, 2, 2] } },
      },
      /^weights\.layers\.convolution-1\.outputs: a convolution's outputs are images here and there \(got \[1, 2, 2\]\)/,
      mimicry,
    ],
    ['an option that is none', tensors, { ...dcgan.mapping, layot: 1 } as WeightMapping, /layot/],
    [
      'a layout that is none',
      tensors,
      { ...dcgan.mapping, layout: 'keras' as 'pytorch' },
      /weights\.layout: must be one of pytorch, tensorflow/,
    ],
  ] as readonly [string, ReadonlyMap<string, StoredTensor>, WeightMapping, RegExp, PublishedGenerator?][])(
    '%s, and changes nothing',
    (_, given, mapping, message, published = dcgan) => {
      const generator = build(published);
      const before = generator.getWeights().map((weight) => weight.arraySync());
      const tensorsBefore = tf.memory().numTensors;
      let error: unknown;
      try {
        loadWeights(generator, given, mapping, 'f');
      } catch (thrown) {
        error = thrown;
      }
      expect(isGanError(error)).toBe(true);
      expect((error as Error).message).toMatch(message);
      expect(generator.getWeights().map((weight) => weight.arraySync())).toEqual(before);
      expect(tf.memory().numTensors).toBe(tensorsBefore);
    },
  );

  it('layers that PyTorch has in no fixed form', () => {
    const { architecture, shape } = tinyArchitecture('sngan-cnn');
    network = snganCnn({ form: 'sn-gan', width: 1 }).build('discriminator', shape, random);
    const [first] = network.layers.filter((layer) => layer.weights.length > 0);
    expect(() =>
      loadWeights(network!, tensors, { layout: 'pytorch', layers: { [first.name]: 'x' } }),
    ).toThrow(/layers of class DistGanSpectralNorm have no fixed form in PyTorch/);
    expect(architecture.id).toBe('sngan-cnn');
  });

  it('to build anything but the generator of one shape', () => {
    expect(() => dcgan.architecture.build('encoder', dcgan.shape, random)).toThrow(/builds no encoder/);
    expect(() =>
      dcgan.architecture.build('generator', { ...dcgan.shape, latentDimension: 4 }, random),
    ).toThrow(/samples have shape \[64, 64, 3\] and there are 5 latents, got \[64, 64, 3\] and 4/);
  });
});

describe('mimicrySngan', () => {
  it.each([
    [32, 4, [16, 16, 16]],
    [48, 6, [8, 4, 2]],
    [64, 4, [8, 4, 2, 1]],
    [128, 4, [16, 8, 4, 2, 1]],
  ] as const)('for a resolution of %d has the blocks of mimicry', (resolution, side, blocks) => {
    const made = mimicrySngan({ resolution, width: 16, latentDimension: 3 });
    const generator = build(made);
    expect(generator.outputs[0].shape).toEqual([null, resolution, resolution, 3]);
    const inputs = [16, ...blocks];
    const ofBlocks = blocks.map((filters, i) => {
      const norms = batchNorm(inputs[i]) + batchNorm(filters);
      return (
        norms +
        convolution(3, inputs[i], filters) +
        convolution(3, filters, filters) +
        convolution(1, inputs[i], filters)
      );
    });
    const last = blocks[blocks.length - 1];
    const wanted =
      dense(3, side * side * 16) +
      ofBlocks.reduce((a, b) => a + b) +
      batchNorm(last) +
      convolution(3, last, 3);
    expect(
      generator.countParams() - generator.nonTrainableWeights.reduce((sum, { shape }) => sum + shape[0]!, 0),
    ).toBe(wanted);
    // Every layer with weights has a name there.
    const named = generator.layers.filter((layer) => layer.weights.length > 0).map(({ name }) => name);
    expect(Object.keys(made.mapping.layers!).toSorted()).toEqual(named.toSorted());
  });
});
