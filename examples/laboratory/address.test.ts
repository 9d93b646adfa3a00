import { describe, expect, it } from 'vitest';
import { fromAddress, toAddress } from './src/settings/address.js';
import { defaultSettings, type Settings } from './src/settings/settings.js';

const chosen: Settings = {
  distribution: 'drawn',
  dots: [0, 255, 62, 63, 251, 128],
  seed: 4_294_967_295,
  steps: 10,
  batchSize: 512,
  hiddenUnits: [4, 256],
  waves: false,
  latents: { dimension: 32, distribution: 'normal' },
  device: 'webgpu',
  methods: [
    { id: 'wgan-gp', options: { learningRate: 1e-6, gradientPenaltyWeight: 0 } },
    { id: 'gn-gan', options: { neighbourEmbedding: 2.5 } },
  ],
};

describe('settings as an address', () => {
  it.each([
    ['defaults', defaultSettings],
    ['every other choice', chosen],
  ])('come back as they were: %s', (_, settings) => {
    expect(fromAddress(`#${toAddress(settings)}`)).toEqual({ settings, complaints: [] });
  });

  it('take letters that an address carries as they are', () => {
    expect(toAddress(chosen)).toMatch(/^[\w.~=&%-]+$/);
  });

  it('leave out what is as by default', () => {
    expect(toAddress(defaultSettings)).toBe('a=dist-gan');
  });

  it.each([
    'seed=-1',
    'seed=1.5',
    'seed=',
    'steps=1e9',
    'batch=0',
    'hidden=64,1',
    'hidden=8,8,8,8,8,8',
    'latents=0-normal',
    'latents=2-cauchy',
    'data=cube',
    'device=cuda',
    'waves=1',
    // What every object has is no choice.
    'waves=constructor',
    'dots=A',
    'dots=AA',
    'a=gnagan',
    'a=gan&a.learningRate=NaN',
  ])('refuse %s, and say so', (address) => {
    const { settings, complaints } = fromAddress(address);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(/cannot be read; the default is used\.$/);
    expect({ ...settings, methods: [] }).toEqual({ ...defaultSettings, methods: [] });
  });

  it('name what is no setting, also an option of another method', () => {
    expect(fromAddress('colour=red&a=gan&a.gamma=1').complaints).toEqual([
      'colour is no setting of this page.',
      'a.gamma is no setting of this page.',
    ]);
  });
});
