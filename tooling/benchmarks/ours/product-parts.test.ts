/** What `workloads.json` says of a preset, and what the peers compute by it, is what the preset has. */
import { distGan } from '@dist-gan/methods';
import { presets } from '@dist-gan/presets';
import { describe, expect, it } from 'vitest';
import { presetArchitecture } from './product-parts.js';
import { loadWorkload, type PresetWorkload } from './workloads.js';

describe.each([
  { name: 'cifar10-dcgan', discriminatorLoss: 'log' },
  { name: 'cifar10-sncnn', discriminatorLoss: 'hinge' },
])('$name', ({ name, discriminatorLoss }) => {
  const workload = loadWorkload(name) as PresetWorkload;
  const preset = presets[workload.preset];

  it('has the sizes of its preset', () => {
    expect(preset.dataset.id).toBe('cifar10');
    expect(workload).toMatchObject({ batch: preset.batchSize, imageSize: 32, channels: 3 });
    expect(preset.latents).toEqual({ dimension: workload.latentSize, distribution: 'uniform' });
    expect(presetArchitecture(preset, workload.width).options).toEqual(presetArchitecture(preset).options);
  });

  it('has the options of its preset', () => {
    expect(workload).toMatchObject({ discriminatorLoss });
    expect(distGan(preset.method.options).options).toEqual({
      // The peers read these.
      discriminatorLoss,
      realWeight: workload.realWeight,
      reconstructedWeight: workload.reconstructionWeight,
      gradientPenaltyWeight: workload.gradientPenaltyWeight,
      latentDataWeight: workload.latentDistanceWeight,
      discriminatorSteps: workload.criticSteps,
      learningRate: workload.learningRate,
      beta1: workload.beta1,
      beta2: workload.beta2,
      // The peers know no others.
      generatorLoss: 'score-distance',
      autoencoder: true,
      autoencoderUpdates: 'encoder-and-generator',
      reconstructionLoss: 'feature-squared-error',
      latentDataSpace: 'features',
      latentDataSource: 'reconstructed',
      latentWeight: 'from-dimensions',
      hingeOn: 'logits',
      reconstructedLabel: 'real',
      fakeWeight: 1,
      reconstructedFade: 'none',
      gradientPenaltyNorm: 'rms',
      gradientPenaltySign: 'plus',
      batches: 'fresh',
      penalties: [],
      regularisers: [],
      packing: 1,
    });
  });
});
