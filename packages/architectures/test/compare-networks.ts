/** Architectures, their networks trained by one compiled step, held to themselves trained by TensorFlow.js. */
import { compile, type TargetName } from '@dist-gan/compiler';
import { RandomStream } from '@dist-gan/core';
import { installSecondOrderGradients, uninstallSecondOrderGradients } from '@dist-gan/gradients';
import { againstEager } from '@dist-gan/testing/compiled';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, it } from 'vitest';
import { allWeights, applyNetwork, descend, gradientPenalty, trainable } from './critic.js';
import { otherForms, type NamedArchitecture } from './other-forms.js';
import { architectures } from '../src/architectures.js';
import { ofSets } from '../src/network/sets.js';
import { tinyArchitecture, type ArchitectureId } from '../src/tiny-architecture.js';

const { tensorFlowIsHere, expectLikeEager } = await againstEager(compile);
export { tensorFlowIsHere };

const batch = 4;

/** Every architecture, and the forms of some that their tiny form does not have. */
export const allCases: readonly NamedArchitecture[] = [
  ...(Object.keys(architectures) as ArchitectureId[]).map((id) => ({ what: id, ...tinyArchitecture(id) })),
  ...otherForms,
];

/** Holds a training step of the networks of each of these, compiled for a target, to the same step run eagerly. */
export function compareNetworks(target: TargetName, cases: readonly NamedArchitecture[]): void {
  beforeAll(() => void installSecondOrderGradients());
  afterAll(() => void uninstallSecondOrderGradients());

  it.each(cases)('$what', async ({ architecture, shape }) => {
    const networks = architecture.kinds.map((kind) => {
      const sampleShape = ofSets(kind) ? [batch, ...shape.sampleShape] : shape.sampleShape;
      return architecture.build(kind, { ...shape, sampleShape }, RandomStream.fromSeed(1).derive(kind));
    });
    const shapes = {
      samples: [batch, ...shape.sampleShape],
      latents: [batch, shape.latentDimension],
    };
    /** A step of every network; that of the discriminator on a loss with a gradient penalty. */
    const step = ({ samples, latents }: Record<string, tf.Tensor>): Record<string, tf.Tensor> =>
      Object.fromEntries(
        architecture.kinds.map((kind, i) => {
          const apply = (x: tf.Tensor | tf.Tensor[]): tf.Tensor => applyNetwork(networks[i], x);
          const loss = (): tf.Tensor => {
            if (kind === 'joint-discriminator') return tf.mean(tf.square(apply([samples, latents])));
            if (kind === 'generator' || kind === 'latent-discriminator') {
              return tf.mean(tf.square(apply(latents)));
            }
            if (ofSets(kind)) return tf.mean(tf.square(apply(tf.expandDims(samples))));
            if (kind !== 'discriminator') return tf.mean(tf.square(apply(samples)));
            return tf.add(tf.mean(tf.softplus(apply(samples))), gradientPenalty(apply, samples));
          };
          return [kind, descend(loss, trainable(networks[i]))];
        }),
      );
    await expectLikeEager({
      target,
      fn: step,
      inputs: { samples: { shape: shapes.samples }, latents: { shape: shapes.latents } },
      feeds: (call) => {
        const random = RandomStream.fromSeed(call);
        const count = (shape: number[]): number => shape.reduce((product, length) => product * length, 1);
        return {
          samples: random.uniform(count(shapes.samples)),
          latents: random.normal(count(shapes.latents)),
        };
      },
      variables: networks.flatMap(allWeights),
      tolerance: 2e-5,
    });
    for (const network of networks) network.dispose();
  });
}
