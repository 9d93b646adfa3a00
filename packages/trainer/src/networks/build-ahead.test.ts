import '@tensorflow/tfjs-backend-cpu';
import { mlp } from '@dist-gan/architectures';
import type { Architecture, NetworkKind } from '@dist-gan/core';
import { gaussianGrid } from '@dist-gan/datasets';
import { distGan } from '@dist-gan/methods';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fit } from '../fit.js';
import { buildAhead } from './build-ahead.js';

/** An architecture that counts what it builds. */
function counted(): { architecture: Architecture; built: NetworkKind[] } {
  const architecture = mlp({ hiddenUnits: [4] });
  const built: NetworkKind[] = [];
  return {
    built,
    architecture: {
      ...architecture,
      build(kind, ...rest) {
        built.push(kind);
        return architecture.build(kind, ...rest);
      },
    },
  };
}

const method = distGan();
const shape = { sampleShape: [2], latentDimension: 2 };
const options = {
  method,
  dataset: gaussianGrid(),
  latents: { dimension: 2, distribution: 'uniform' },
  batchSize: 8,
  steps: 2,
  seed: 3,
  executor: 'eager',
} as const;

async function trained(architecture: Architecture, more = {}) {
  const result = await fit({ ...options, ...more, architecture });
  const { tensors } = await result.state();
  await result.dispose();
  return tensors;
}

describe('buildAhead', () => {
  it('gives a run its networks, so that none is built twice, and the numbers are the same', async () => {
    const plain = counted();
    const expected = await trained(plain.architecture);
    const tensors = tf.memory().numTensors;
    const watched = counted();
    const ahead = buildAhead({ method, architecture: watched.architecture, shape, seed: 3 });
    expect(Object.keys(ahead.networks)).toEqual(method.roles.map(({ id }) => id));
    expect(await trained(ahead.architecture)).toEqual(expected);
    expect(watched.built).toEqual(plain.built);
    expect(tf.memory().numTensors, 'fit has freed them').toBe(tensors);
  });

  it('builds anew what another run asks for', async () => {
    const plain = counted();
    const expected = await trained(plain.architecture, { seed: 4 });
    const watched = counted();
    const ahead = buildAhead({ method, architecture: watched.architecture, shape, seed: 3 });
    expect(await trained(ahead.architecture, { seed: 4 })).toEqual(expected);
    expect(watched.built).toEqual([...plain.built, ...plain.built]);
    ahead.dispose();
  });

  it('gives each network away once, as a run frees it', async () => {
    const ahead = buildAhead({ method, architecture: mlp({ hiddenUnits: [4] }), shape, seed: 3 });
    const once = await trained(ahead.architecture);
    expect(await trained(ahead.architecture)).toEqual(once);
  });

  it('frees what nobody asked for', () => {
    const tensors = tf.memory().numTensors;
    const ahead = buildAhead({ method, architecture: mlp(), shape, seed: 3 });
    expect(tf.memory().numTensors).toBeGreaterThan(tensors);
    ahead.dispose();
    ahead.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
