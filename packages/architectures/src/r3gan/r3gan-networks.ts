import type { NetworkShape, RandomStream } from '@dist-gan/core';
import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { WeightDistribution } from '../initializers/weight-distribution.js';
import { NetworkBuilder } from '../network/network-builder.js';
import type { ResolvedR3ganOptions } from './r3gan-options.js';

const leakySlope = 0.2;
/** What keeps the size of values after a leaky ReLU. */
const activationGain = Math.sqrt(2 / (1 + leakySlope ** 2));
/** Height and width of the smallest images. */
export const smallestSize = 4;

/** N(0, (gain / sqrt(fan-in))^2). */
function normal(fanIn: number, gain = 1): WeightDistribution & { id: 'normal' } {
  return { id: 'normal', standardDeviation: gain / Math.sqrt(fanIn) };
}

/** Widths and cardinalities come from the smallest images to the largest, for both networks. */
export function buildR3ganNetwork(
  kind: 'generator' | 'discriminator',
  { sampleShape, latentDimension }: NetworkShape,
  options: ResolvedR3ganOptions,
  random: RandomStream,
): LayersModel {
  const network = new NetworkBuilder(random, normal(1));
  const { widths } = options;
  const channels = sampleShape[2];
  if (kind === 'generator') {
    const inputs = network.input([latentDimension]);
    let x = dense(network, inputs, latentDimension, widths[0]);
    x = network.spatialBasis(x, { direction: 'spread', size: smallestSize, standardDeviation: 1 });
    widths.forEach((width, stage) => {
      if (stage > 0) {
        x = pointwise(network, x, widths[stage - 1], width);
        x = network.resample(x, 'up');
      }
      x = addBlocks(network, x, stage, options);
    });
    x = network.convolution(x, {
      filters: channels,
      kernelSize: 1,
      bias: false,
      distribution: normal(widths.at(-1)!),
    });
    return model({
      name: kind,
      inputs,
      outputs: options.outputActivation === 'sigmoid' ? [network.sigmoid(x), x] : x,
    });
  }
  const inputs = network.input(sampleShape);
  let x = network.convolution(inputs, {
    filters: widths.at(-1)!,
    kernelSize: 1,
    bias: false,
    distribution: normal(channels),
  });
  for (let stage = widths.length - 1; stage >= 0; stage--) {
    x = addBlocks(network, x, stage, options);
    if (stage === 0) break;
    x = network.resample(x, 'down');
    x = pointwise(network, x, widths[stage], widths[stage - 1]);
  }
  const standardDeviation = 1 / smallestSize;
  const features = network.spatialBasis(x, { direction: 'gather', size: smallestSize, standardDeviation });
  return model({ name: kind, inputs, outputs: [dense(network, features, widths[0], 1), features] });
}

function dense(network: NetworkBuilder, x: SymbolicTensor, inputs: number, units: number): SymbolicTensor {
  return network.dense(x, units, { bias: false, distribution: normal(inputs) });
}

/** A 1 x 1 convolution where the width changes. */
function pointwise(network: NetworkBuilder, x: SymbolicTensor, from: number, to: number): SymbolicTensor {
  if (from === to) return x;
  return network.convolution(x, { filters: to, kernelSize: 1, bias: false, distribution: normal(from) });
}

/**
 * x + bottlenecks the wrong way round: 1 x 1 to more channels, 3 x 3 in groups, 1 x 1 back, which starts at 0. Scales of the first
 * two shrink with the depth of the network, so that it starts and stays calm without norms (Fixup).
 */
function addBlocks(
  network: NetworkBuilder,
  x: SymbolicTensor,
  stage: number,
  { widths, cardinalities, blocks, expansion }: ResolvedR3ganOptions,
): SymbolicTensor {
  const width = widths[stage];
  const expanded = expansion * width;
  const groups = cardinalities[stage];
  const gain = activationGain * (blocks * widths.length) ** -0.25;
  const activate = (y: SymbolicTensor) => network.leakyRelu(y, leakySlope);
  for (let block = 0; block < blocks; block++) {
    let y = network.convolution(x, {
      filters: expanded,
      kernelSize: 1,
      distribution: normal(width, gain),
    });
    y = network.groupedConvolution(activate(y), {
      groups,
      kernelSize: 3,
      standardDeviation: gain / Math.sqrt((9 * expanded) / groups),
    });
    y = network.convolution(activate(y), {
      filters: width,
      kernelSize: 1,
      bias: false,
      distribution: { id: 'normal', standardDeviation: 0 },
    });
    x = network.add(x, y);
  }
  return x;
}
