import type { AdamOptions, Method, PhaseLoss, RoleId, Source } from '@dist-gan/core';
import { squaredErrorReconstructionLoss } from '@dist-gan/losses';
import * as tf from '@tensorflow/tfjs-core';

export const aeOtSource: Source = {
  title:
    'An, Guo, Lei, Luo, Yau, Gu: AE-OT: A new generative model based on extended semi-discrete optimal transport',
  year: 2020,
  reference: 'ICLR 2020',
  code: 'k2cu8/pyOMT 9e0f560 demo2.py',
};

/**
 * An autoencoder on the mean squared error of its reconstructions, plus `codeWeight` times the sum of the absolute values of a
 * batch's codes.
 *
 * @param updates `encoder` and `generator`, or `generator` alone to refine the decoder of codes that stay
 */
export function autoencoder(
  id: string,
  {
    updates,
    optimizer,
    codeWeight,
  }: { updates: readonly RoleId[]; optimizer: AdamOptions; codeWeight: number },
): Method {
  return {
    id,
    title: 'Autoencoder of AE-OT',
    source: aeOtSource,
    options: { learningRate: optimizer.learningRate, codeWeight },
    roles: [
      { id: 'generator', kind: 'generator' },
      { id: 'encoder', kind: 'encoder' },
    ],
    phases: [
      {
        name: 'reconstruction',
        updates,
        repeats: 1,
        optimizer,
        inputs: [{ name: 'real', kind: 'real', draw: 'repeat' }],
        loss(context): PhaseLoss {
          const { real } = context.inputs;
          const codes = context.encode(real);
          const reconstruction = squaredErrorReconstructionLoss({
            target: real,
            reconstruction: context.generate(codes).samples,
          });
          if (codeWeight === 0) return { total: reconstruction, terms: { reconstruction } };
          const codeSize = tf.sum<tf.Scalar>(tf.abs(codes));
          return {
            total: tf.add<tf.Scalar>(reconstruction, tf.mul(codeWeight, codeSize)),
            terms: { reconstruction, codeSize },
          };
        },
      },
    ],
  };
}
