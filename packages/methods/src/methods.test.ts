import { describeMethod } from '@dist-gan/testing/method';
import { describe, expect, it } from 'vitest';
import { methodsOfSuite } from '../../../tooling/test/small-methods.js';
import { methods } from './methods.js';
import { distGan } from './dist-gan/dist-gan.js';
import { danS } from './baselines/dan.js';
import { infoGan } from './baselines/info-gan.js';
import { wgan } from './baselines/wgan.js';

for (const [id, make] of Object.entries(methods)) {
  describeMethod(id, { method: make(methodsOfSuite[id]) });
}
describeMethod('info-gan of categories', { method: infoGan({ categories: 2, continuous: 0 }) });
describeMethod('dan-s beside single samples', { method: danS({ setSize: 2, singleSamples: true }) });
describeMethod('dist-gan, two-dimensional', {
  method: distGan({
    reconstructionLoss: 'sigmoid-cross-entropy',
    latentDataSpace: 'samples',
    latentDataSource: 'real',
  }),
});
describeMethod('dist-gan, hinge as released', {
  method: distGan({
    discriminatorLoss: 'hinge',
    hingeOn: 'sigmoid',
    gradientPenaltySign: 'minus',
    autoencoderUpdates: 'encoder',
  }),
});
const packed = ['unrolled', 'vaegan', 'mdgan', 'reg-gan', 'ali', 'bigan', 'veegan', 'aae'] as const;
for (const id of packed) {
  describeMethod(`${id}, packed`, { method: methods[id]({ packing: 3 }) });
}
describeMethod('wgan, clipping', { method: wgan({ weightLimit: 0.5 }) });

describe('methods', () => {
  it('stand under their own ids', () => {
    for (const [id, make] of Object.entries(methods)) expect(make().id).toBe(id);
  });

  it.each(Object.keys(methods))('%s can be made again from its resolved options', (id) => {
    const make = methods[id as keyof typeof methods];
    const { options } = make();
    expect(make(JSON.parse(JSON.stringify(options)) as object).options).toEqual(options);
  });

  it.each(Object.keys(methods))('%s refuses unknown options', (id) => {
    const make = methods[id as keyof typeof methods] as (options?: object) => unknown;
    expect(() => make({ learningrate: 1 })).toThrow(
      new RegExp(`^${id}.learningrate is not an option; did you mean .*learningRate`),
    );
  });
});
