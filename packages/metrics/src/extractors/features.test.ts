import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportOnnx } from '@dist-gan/compiler';
import { isGanError, type Dataset } from '@dist-gan/core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it, vi } from 'vitest';
import { FeatureMoments } from '../features/frechet/feature-moments.js';
import { FrechetMetric } from '../features/frechet/frechet-metric.js';
import { imagesAsTheyAre, resizedImages } from './images/preparation.js';
import { extractAll, extractDataset, featureBatches } from './extract-dataset.js';
import type { FeatureExtractor } from './feature-extractor.js';
import { functionExtractor } from './function-extractor.js';
import { imageMetric } from './image-metric.js';
import { layersModelExtractor } from './layers-model-extractor.js';
import { onnxExtractor, type OnnxExtractorOptions } from './onnx-extractor.js';

/** Images [2, 2, 3] whose bytes are 0, 1, 2, ... */
const images = (count: number) => ({
  data: Uint8Array.from({ length: count * 12 }, (_, i) => i),
  count,
  sampleShape: [2, 2, 3],
});

/** The mean of each colour, in bytes. */
const colourMeans = ({ data, count }: { data: Uint8Array; count: number }) =>
  Float32Array.from({ length: 3 * count }, (_, i) => {
    const [image, colour] = [Math.floor(i / 3), i % 3];
    return [0, 3, 6, 9].reduce((sum, at) => sum + data[image * 12 + at + colour], 0) / 4;
  });

const colours = (batchSize = 2): FeatureExtractor =>
  functionExtractor({
    id: 'colours',
    dimension: 3,
    features: colourMeans,
    batchSize,
    protocol: { unit: 'byte' },
  });

/** A model with the same features, up to the scale of its input. */
function meansModel() {
  return sequential({
    layers: [layers.globalAveragePooling2d({ inputShape: [2, 2, 3], dataFormat: 'channelsLast' })],
  });
}

async function failure(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isGanError(error) ? `${error.code}: ${error.message}` : `not ours: ${String(error)}`;
}

describe('functionExtractor', () => {
  it('works through images in batches and says how features were made', async () => {
    const progress: number[] = [];
    const { data, dimension, protocol } = await colours().extract(images(5), {
      onProgress: (done) => progress.push(done),
    });
    expect([...data]).toEqual([...colourMeans(images(5))]);
    expect({ dimension, protocol }).toEqual({
      dimension: 3,
      protocol: { extractor: 'colours', layer: 'output', unit: 'byte' },
    });
    expect(progress).toEqual([0.4, 0.8, 1]);
  });

  it('stops between batches', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const slow = functionExtractor({
      id: 'slow',
      dimension: 3,
      batchSize: 1,
      features: (batch) => {
        seen.push(batch.count);
        controller.abort(new Error('enough'));
        return colourMeans(batch);
      },
    });
    await expect(slow.extract(images(4), { signal: controller.signal })).rejects.toThrow('enough');
    expect(seen).toEqual([1]);
  });

  it('refuses features that are not there or not numbers, and work after its end', async () => {
    const odd = (features: Float32Array) =>
      functionExtractor({ id: 'odd', dimension: 3, features: () => features });
    expect(await failure(odd(new Float32Array(4)).extract(images(1)))).toBe(
      'SHAPE_MISMATCH: features odd: 1 images must give 3 numbers, got 4',
    );
    expect(await failure(odd(Float32Array.of(1, NaN, 1)).extract(images(1)))).toMatch(
      /^VALUE_NON_FINITE: features odd: feature 1 of image 0 is NaN/,
    );
    const ended = colours();
    await ended.dispose();
    await ended.dispose();
    expect(await failure(ended.extract(images(1)))).toMatch(/^OBJECT_DISPOSED/);
  });
});

it.each([0, -1, 1.5, NaN])('an extractor refuses batches of %d images', (batchSize) => {
  expect(() => colours(batchSize)).toThrow(
    `features colours: batchSize must be a whole number of at least 1, got ${batchSize}`,
  );
});

/** The product of an image of two numbers with a matrix [2, 1] in another file, written with the field numbers of onnx.proto. */
function modelWithWeightsIn(file: string): Uint8Array {
  const number = (field: number, value: number) => [field << 3, value];
  const message = (field: number, content: readonly number[]) => [
    (field << 3) | 2,
    // Lengths have seven bits in a byte.
    ...(content.length < 128 ? [content.length] : [(content.length & 127) | 128, content.length >> 7]),
    ...content,
  ];
  const text = (field: number, value: string) => message(field, [...new TextEncoder().encode(value)]);
  const node = (type: string, inputs: readonly string[], output: string) =>
    message(1, [...inputs.flatMap((input) => text(1, input)), ...text(2, output), ...text(4, type)]);
  const matrix = (name: string, extents: readonly number[]) => {
    const shape = [message(1, text(2, 'batch')), ...extents.map((extent) => message(1, number(1, extent)))];
    return [...text(1, name), ...message(2, message(1, [...number(1, 1), ...message(2, shape.flat())]))];
  };
  const location = message(13, [...text(1, 'location'), ...text(2, file)]);
  const weights = [
    ...number(1, 2),
    ...number(1, 1),
    ...number(2, 1),
    ...text(8, 'w'),
    ...location,
    ...number(14, 1),
  ];
  const graph = [
    ...node('Flatten', ['x'], 'flat'),
    ...node('MatMul', ['flat', 'w'], 'y'),
    ...text(2, 'product'),
    ...message(5, weights),
    ...message(11, matrix('x', [1, 1, 2])),
    ...message(12, matrix('y', [1])),
  ];
  return Uint8Array.from([...number(1, 8), ...message(7, graph), ...message(8, number(2, 13))]);
}

describe('layersModelExtractor and onnxExtractor', () => {
  it('run a model, and the file of it', async () => {
    const { numTensors } = tf.memory();
    const model = meansModel();
    const extractor = await layersModelExtractor({
      id: 'means',
      model,
      preparation: imagesAsTheyAre({ scaling: 'unit' }),
    });
    const bytes = exportOnnx(model);
    model.dispose();
    const folder = mkdtempSync(join(tmpdir(), 'dist-gan-onnx-'));
    writeFileSync(join(folder, 'means.onnx'), bytes);
    const fromFile = await onnxExtractor({
      id: 'means',
      layer: 'pool',
      model: join(folder, 'means.onnx'),
      preparation: resizedImages({ resize: 'pil-bilinear', scaling: 'unit', side: 2 }),
      protocol: { weights: 'none' },
      batchSize: 3,
    });
    rmSync(folder, { recursive: true });
    expect(fromFile.protocol).toEqual({
      ...{
        extractor: 'means',
        layer: 'pool',
        resize: 'pil-bilinear',
        quantisation: 'uint8',
        scaling: 'unit',
        side: 2,
        weights: 'none',
      },
    });
    const expected = colourMeans(images(7)).map((mean) => mean / 255);
    for (const each of [extractor, fromFile]) {
      const { data, dimension } = await each.extract(images(7));
      expect(dimension).toBe(3);
      data.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
      await each.dispose();
    }
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('feed channels first to files from PyTorch', async () => {
    // The same mean, of a model that takes [3, 2, 2].
    const model = sequential({
      layers: [layers.globalAveragePooling2d({ inputShape: [3, 2, 2], dataFormat: 'channelsFirst' })],
    });
    const extractor = await onnxExtractor({
      id: 'means',
      model: exportOnnx(model),
      layout: 'channels-first',
      preparation: imagesAsTheyAre({ scaling: 'unit' }),
    });
    model.dispose();
    const { data } = await extractor.extract(images(2));
    await extractor.dispose();
    const expected = colourMeans(images(2));
    data.forEach((value, i) => expect(value).toBeCloseTo(expected[i] / 255, 6));
  });

  it('have a fingerprint of all that decides the features of a file', async () => {
    const model = meansModel();
    const bytes = exportOnnx(model);
    model.dispose();
    const preparation = imagesAsTheyAre({ scaling: 'unit' });
    const fingerprintOf = async (more: Partial<OnnxExtractorOptions>) => {
      const extractor = await onnxExtractor({
        id: 'x',
        model: bytes,
        preparation,
        layer: 'features',
        ...more,
      });
      await extractor.dispose();
      return extractor.fingerprint;
    };
    const plain = await fingerprintOf({});
    expect(await fingerprintOf({ batchSize: 2, threads: 1 })).toBe(plain);
    expect(await fingerprintOf({ layout: 'channels-first' })).not.toBe(plain);
    // Of a file with several, another output; here the one that it has, said and not.
    expect(await fingerprintOf({ output: 'output', fingerprint: 'weights' })).not.toBe(
      await fingerprintOf({ fingerprint: 'weights' }),
    );
  });

  // The length of a long name takes two bytes.
  it.each(['model.onnx.data', `${'n'.repeat(140)}.data`])(
    'have a fingerprint of weights in %s',
    async (file) => {
      const folder = mkdtempSync(join(tmpdir(), 'dist-gan-weights-'));
      const model = join(folder, 'model.onnx');
      writeFileSync(model, modelWithWeightsIn(file));
      const preparation = imagesAsTheyAre({ scaling: 'unit' });
      const images = { data: Uint8Array.of(255, 0), count: 1, sampleShape: [1, 1, 2] };
      const of = async (weights: readonly number[]) => {
        writeFileSync(join(folder, file), new Uint8Array(Float32Array.from(weights).buffer));
        const extractor = await onnxExtractor({ id: 'x', model, preparation });
        const { data } = await extractor.extract(images);
        await extractor.dispose();
        return { features: [...data], fingerprint: extractor.fingerprint };
      };
      const [first, again, second] = [await of([1, 2]), await of([1, 2]), await of([3, 4])];
      rmSync(folder, { recursive: true });
      expect([first.features, second.features]).toEqual([[1], [3]]);
      expect(again.fingerprint).toBe(first.fingerprint);
      expect(second.fingerprint).not.toBe(first.fingerprint);
    },
  );

  it('leave no session behind where they are refused', async () => {
    const model = meansModel();
    const bytes = exportOnnx(model);
    model.dispose();
    const create = vi.spyOn(InferenceSession, 'create');
    await failure(
      onnxExtractor({
        id: 'x',
        model: bytes,
        output: 'pool',
        preparation: imagesAsTheyAre({ scaling: 'unit' }),
      }),
    );
    const session = (await create.mock.results[0].value) as InferenceSession;
    create.mockRestore();
    const input = new Tensor('float32', new Float32Array(12), [1, 2, 2, 3]);
    await expect((async () => session.run({ input }))()).rejects.toThrow(/disposed/i);
  });

  it('say what is wrong with a file', async () => {
    const preparation = imagesAsTheyAre({ scaling: 'unit' });
    expect(await failure(onnxExtractor({ id: 'x', model: '/none.onnx', preparation }))).toMatch(
      /there is no file \/none\.onnx/,
    );
    expect(await failure(onnxExtractor({ id: 'x', model: new Uint8Array(9), preparation }))).toMatch(
      /^BACKEND_UNAVAILABLE: features x: ONNX Runtime does not take the model/,
    );
    const model = meansModel();
    const bytes = exportOnnx(model);
    model.dispose();
    expect(await failure(onnxExtractor({ id: 'x', model: bytes, output: 'pool', preparation }))).toMatch(
      /^OPTION_INVALID: features x: the model has no output pool; it has output/,
    );
    const extractor = await onnxExtractor({ id: 'x', model: bytes, layout: 'channels-first', preparation });
    expect(await failure(extractor.extract(images(1)))).toMatch(
      /^BACKEND_UNAVAILABLE: features x: ONNX Runtime cannot run the model on images of shape \[1, 3, 2, 2\] [^]*check its input, and layout/,
    );
    await extractor.dispose();
  });
});

/** Float images in [-1, 1], each of one colour. */
const dataset: Dataset = {
  id: 'flat',
  title: 'Flat colours',
  source: { title: 'Made for this test', year: 2026 },
  options: {},
  size: 600,
  sampleShape: [2, 2, 3],
  range: [-1, 1],
  batch: (indices) =>
    Float32Array.from(
      { length: indices.length * 12 },
      (_, i) => (2 * (indices[Math.floor(i / 12)] % 6)) / 5 - 1,
    ),
};

describe('extractDataset', () => {
  it('rounds float images to bytes and keeps their order, however many are read at once', async () => {
    const progress: number[] = [];
    const all = await extractDataset(colours(50), dataset, { onProgress: (done) => progress.push(done) });
    expect(all.data).toHaveLength(1800);
    const byte = (index: number) => 51 * (index % 6);
    for (const index of [0, 1, 255, 256, 599]) expect(all.data[3 * index]).toBe(byte(index));
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    const chosen = await extractDataset(colours(), dataset, { indices: [7, 3] });
    expect([chosen.data[0], chosen.data[3]]).toEqual([byte(7), byte(3)]);
  });
});

describe('extractAll', () => {
  it.each([
    [4, 'resolves'],
    [5, 'resolves'],
    [
      3,
      'SHAPE_MISMATCH: features colours: the source says that it has 3 images, and gives 4 or more; correct its size',
    ],
  ])('of a source of 4 images that says %d', async (size, wanted) => {
    const source = {
      size,
      async *batches() {
        yield images(2);
        yield images(2);
      },
    };
    const extracted = extractAll(colours(), source);
    if (wanted === 'resolves') expect((await extracted).data).toHaveLength(12);
    else expect(await failure(extracted)).toBe(wanted);
  });
});

describe('imageMetric', () => {
  it('measures generated images by their features, as the distance of the features does', async () => {
    const extractor = colours(16);
    const moments = new FeatureMoments(3, extractor.protocol);
    for await (const part of featureBatches(extractor, sourceOf(dataset))) await moments.update(part);
    const real = await moments.statistics();
    const make = () => imageMetric({ extractor, metric: new FrechetMetric(real), range: [-1, 1] });
    const generated = (count: number, shift: number) => ({
      data: Float32Array.from(
        dataset.batch(Array.from({ length: count }, (_, i) => i)) as Float32Array,
        (x) => Math.min(1, x + shift),
      ),
      count,
      sampleShape: dataset.sampleShape,
    });

    const same = make();
    await same.update(generated(600, 0));
    const [equal] = await same.results();
    expect(equal.value).toBeLessThan(1e-6);
    expect(equal.samples).toEqual({ generated: 600, real: 600 });
    expect(equal.protocol.features).toMatchObject({ extractor: 'colours' });

    const shifted = make();
    await shifted.update(generated(300, 0.1));
    await shifted.update(generated(300, 0.1));
    expect((await shifted.results())[0].value).toBeGreaterThan(100);
    await expect(make().update({ ...generated(1, 0), sampleShape: [12] })).rejects.toThrow(
      '[height, width, channels]',
    );
  });
});

function sourceOf(images: Dataset) {
  const { size, sampleShape } = images;
  return {
    size,
    async *batches() {
      const floats = (await images.batch(Array.from({ length: size }, (_, i) => i))) as Float32Array;
      yield {
        data: Uint8Array.from(floats, (x) => Math.floor((255 * (x + 1)) / 2 + 0.5)),
        count: size,
        sampleShape,
      };
    },
  };
}
