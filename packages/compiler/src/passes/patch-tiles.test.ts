import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { relativeDifference } from '@dist-gan/testing/compiled';
import { GraphBuilder } from '../graph/builder.js';
import { sizeOf } from '../graph/shape.js';
import { valuesOf } from '../graph/traverse.js';
import type { Graph } from '../graph/types.js';
import { validateGraph } from '../graph/validate.js';
import { convolveByProduct, correlateByProduct, extractPatches } from '../operations/convolution-products.js';
import { matMulBias } from '../operations/matmul.js';
import { reshape } from '../operations/movement/reshape.js';
import { lowerToOnnx } from '../targets/onnx/lower.js';
import { OnnxProgram } from '../targets/onnx/program.js';
import { patchTiles, tilePatches } from './patch-tiles.js';

/** A convolution of four images, and the gradient of its filter. */
function convolutions(size: number) {
  const builder = new GraphBuilder();
  const windows = { window: [3, 3], strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1] } as const;
  const x = builder.input('x', [4, size, size, 5], 'float32');
  const dy = builder.input('dy', [4, size, size, 16], 'float32');
  const filter = builder.input('filter', [3, 3, 5, 16], 'float32');
  const graph: Graph = {
    inputs: [x, dy, filter].map((value) => ({ name: value.attributes.name, value })),
    states: [],
    outputs: [
      { name: 'y', value: convolveByProduct(builder, x, filter, windows) },
      { name: 'dFilter', value: correlateByProduct(builder, x, dy, windows) },
    ],
  };
  return { builder, graph };
}

const patchesOf = (graph: Graph) =>
  valuesOf(graph).filter(({ operation }) => operation.name === 'ExtractPatches');

const wave = (length: number, phase: number) =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * 2.3 + phase + (at % 7)));

async function run(graph: Graph): Promise<Record<string, Float32Array>> {
  const program = await OnnxProgram.create(graph, ort, {
    device: 'cpu',
    threads: 1,
  });
  const feeds = graph.inputs.map(({ name, value }, at) => [name, wave(sizeOf(value.shape), at)] as const);
  const outputs = await program.run(Object.fromEntries(feeds));
  await program.dispose();
  return outputs as Record<string, Float32Array>;
}

describe('patchTiles', () => {
  it('makes large patches some images at a time, and anew for the gradient of the filter', async () => {
    const { builder, graph } = convolutions(6);
    const ofImage = 6 * 6 * 9 * 5;
    const tiled = tilePatches(graph, builder, 4 * ofImage - 1, 3 * ofImage);
    validateGraph(tiled, 'patchTiles');
    // Three images would fit, but four are two times two.
    expect(patchesOf(tiled).map(({ inputs: [x], attributes }) => [x.shape[0], attributes.again])).toEqual([
      ...[2, 2].map((images) => [images, false]),
      ...[2, 2].map((images) => [images, true]),
    ]);
    const [expected, found] = [await run(graph), await run(tiled)];
    for (const name of ['y', 'dFilter'])
      expect(relativeDifference(found[name], expected[name])).toBeLessThan(1e-6);
  });

  it('leaves whole what has a bias that every tile would add', () => {
    const { builder, graph } = convolutions(6);
    const [x, dy] = graph.inputs.map(({ value }) => value);
    const windows = { window: [1, 1], strides: [2, 2], dilations: [1, 1], pads: [0, 0, 0, 0] } as const;
    const patches = extractPatches(builder, x, { ...windows, again: false });
    const gradients = reshape(builder, dy, { shape: [patches.shape[0], 64] });
    const bias = builder.fill(1, [64]);
    const attributes = { transposeA: true, transposeB: false };
    const value = matMulBias(builder, patches, gradients, bias, attributes);
    const biased: Graph = { ...graph, outputs: [{ name: 'y', value }] };
    expect(tilePatches(biased, builder, 1, 1)).toBe(biased);
  });

  it('leaves smaller ones whole', () => {
    const { builder, graph } = convolutions(6);
    expect(patchTiles(graph, builder)).toBe(graph);
    // 4 * 432 * 432 * 45 is more than 2^25.
    const large = convolutions(432);
    expect(patchesOf(patchTiles(large.graph, large.builder)).map(({ inputs: [x] }) => x.shape[0])).toEqual(
      new Array(8).fill(1),
    );
  });

  it('stores once where the pixels of all tiles lie', () => {
    const { builder, graph } = convolutions(20);
    const { initializers } = lowerToOnnx(tilePatches(graph, builder, 1, 20 * 20 * 9 * 5));
    const large = initializers.filter(({ bytes }) => bytes.length > 256);
    expect(large.map(({ type, shape }) => [type, shape])).toEqual([['int32', [20 * 20 * 9]]]);
  });
});
