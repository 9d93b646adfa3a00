/** Trainable numbers of layers, in closed form, and of networks, counted without drawing their weights. */
import { RandomStream, type Architecture, type NetworkKind, type NetworkShape } from '@dist-gan/core';
import { expect, vi } from 'vitest';

/** A dense layer with a bias. */
export const dense = (inputs: number, units: number): number => inputs * units + units;

/** A convolution, plain or transposed, with a bias. */
export const convolution = (kernelSize: number, inputs: number, filters: number): number =>
  kernelSize ** 2 * inputs * filters + filters;

/** A convolution that a batch norm follows: no bias, but scale and offset. */
export const normalized = (kernelSize: number, inputs: number, filters: number): number =>
  kernelSize ** 2 * inputs * filters + batchNorm(filters);

export const batchNorm = (channels: number): number => 2 * channels;

/** Runs `build` with weights of 0, for drawing those of a full-size network takes long. */
export function withoutDrawing<T>(build: () => T): T {
  const zeros = (count: number): Float32Array => new Float32Array(count);
  const draws = [
    vi.spyOn(RandomStream.prototype, 'uniform').mockImplementation(zeros),
    vi.spyOn(RandomStream.prototype, 'normal').mockImplementation(zeros),
  ];
  try {
    return build();
  } finally {
    for (const draw of draws) draw.mockRestore();
  }
}

/** Expects the networks to have these numbers of trainable numbers. */
export function expectParameters(
  architecture: Architecture,
  shape: NetworkShape,
  parameters: Partial<Record<NetworkKind, number>>,
): void {
  const counted = architecture.kinds.map((kind) => {
    const network = withoutDrawing(() => architecture.build(kind, shape, RandomStream.fromSeed(0)));
    const sizes = network.trainableWeights.map(({ shape }) =>
      (shape as number[]).reduce((product, length) => product * length, 1),
    );
    network.dispose();
    return [kind, sizes.reduce((sum, size) => sum + size, 0)];
  });
  expect(Object.fromEntries(counted)).toEqual(parameters);
}
