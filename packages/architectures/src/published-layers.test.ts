/**
 * The networks layer by layer, as the code of their papers has them: order, windows, strides, slopes, biases, batch norms and what
 * kernels are drawn from. Read off the files named, at a width of 1, so that channels are multiples of the papers' widths.
 */
import { RandomStream, type Architecture, type NetworkKind } from '@dist-gan/core';
import { expect, it } from 'vitest';
import { describeLayers } from '../test/describe-layers.js';
import { withoutDrawing } from '../test/parameters.js';
import { aeOtAutoencoder } from './ae-ot-autoencoder/ae-ot-autoencoder.js';
import { aliMlp } from './ali/ali-mlp.js';
import { beganNetworks } from './began/began-networks.js';
import { celebaDcgan } from './dcgan/celeba-dcgan.js';
import { cifarDcgan } from './dcgan/cifar-dcgan.js';
import { gaussian1d } from './gaussian-1d/gaussian-1d.js';
import { infogan } from './infogan/infogan.js';
import { mlp } from './mlp/mlp.js';
import { mnistDcgan } from './mnist-dcgan/mnist-dcgan.js';
import { mimicrySngan } from './outside/mimicry-sngan.js';
import { pytorchDcgan } from './outside/pytorch-dcgan.js';
import { resnet } from './resnet/resnet.js';
import { snganCnn } from './sngan-cnn/sngan-cnn.js';
import { stackedMnist } from './stacked-mnist/stacked-mnist.js';

/** slim.conv2d, slim.conv2d_transpose and slim.fully_connected with xavier_initializer, and slim.batch_norm(decay=0.9, epsilon=1e-5). */
const xavier = '~ xavier-uniform';
const slim = 'bn 0.9 0.00001';
const [normal, truncated] = ['~ normal 0.02', '~ truncated-normal 0.02'];

/** Lines that belong together. */
const row = (...lines: string[]) => lines;

const cases: readonly [string, NetworkKind, Architecture, readonly number[], readonly string[]][] = [
  // tntrung/gan gaan_toy2d/model_mlp.py:4-41
  [
    'mlp',
    'generator',
    mlp(),
    [2],
    [
      ...Array.from({ length: 3 }, () => ['dense 128 ~ he-normal', 'relu']).flat(),
      'dense 2 ~ he-normal',
      'sigmoid',
    ] as string[],
  ],
  // tntrung/gan distgan_toy1d/gan.py:74-114, Keras' defaults
  ['gaussian-1d', 'discriminator', gaussian1d(), [1], [`dense 4 ${xavier}`, 'relu', `dense 1 ${xavier}`]],
  // tntrung/gan 6e67fe3 models_dcgan.py:36-102
  [
    'mnist-dcgan',
    'encoder',
    mnistDcgan({ width: 1 }),
    [28, 28, 1],
    [
      `conv 1 5x5/2 ${xavier}`,
      'relu',
      ...row(`conv 2 5x5/2 no bias ${xavier}`, slim, 'relu'),
      ...row(`conv 4 5x5/2 no bias ${xavier}`, slim, 'relu'),
      `dense 3 ${xavier}`,
    ],
  ],
  [
    'mnist-dcgan',
    'generator',
    mnistDcgan({ width: 1 }),
    [28, 28, 1],
    [
      ...row(`dense 64 no bias ${xavier}`, slim, 'relu'),
      ...row(`deconv 2 5x5/2 no bias ${xavier}`, slim, 'relu'),
      ...row(`dense 98 ${xavier}`, 'relu'),
      ...row(`deconv 1 5x5/2 no bias ${xavier}`, slim, 'relu'),
      ...row(`deconv 1 5x5/2 ${xavier}`, 'sigmoid'),
    ],
  ],
  [
    'mnist-dcgan',
    'discriminator',
    mnistDcgan({ width: 1 }),
    [28, 28, 1],
    [
      ...row(`conv 1 5x5/2 ${xavier}`, 'lrelu 0.2'),
      ...row(`conv 2 5x5/2 no bias ${xavier}`, slim, 'lrelu 0.2'),
      ...row(`conv 4 5x5/2 no bias ${xavier}`, slim, 'lrelu 0.2'),
      `dense 1 ${xavier}`,
    ],
  ],
  // tntrung/gan 63b1bea gaan_mnist/gaan_mnist.py:84-121
  [
    'mnist-dcgan, GAAN',
    'generator',
    mnistDcgan({ form: 'gaan', width: 1 }),
    [28, 28, 1],
    [
      ...row(`dense 128 ${xavier}`, 'relu'),
      ...row('deconv 4 5x5/2 ~ tflib-uniform 2', 'relu', 'crop [[0,1],[0,1]]'),
      ...row('deconv 2 5x5/2 ~ tflib-uniform 2', 'relu'),
      ...row('deconv 1 5x5/2 ~ tflib-uniform 2', 'sigmoid'),
    ],
  ],
  [
    'mnist-dcgan, GAAN',
    'discriminator',
    mnistDcgan({ form: 'gaan', width: 1 }),
    [28, 28, 1],
    [
      ...[1, 2, 4].flatMap((filters) => [`conv ${filters} 5x5/2 ~ tflib-uniform 2`, 'lrelu 0.2']),
      `dense 1 ${xavier}`,
    ],
  ],
  // tntrung/gan 6aedfd0^ gaan_image/modules/models.py; models_dcgan.py:112-202
  [
    'cifar-dcgan, 2018',
    'encoder',
    cifarDcgan({ form: '2018', width: 1 }),
    [32, 32, 3],
    [
      ...row(`conv 1 5x5/2 ${xavier}`, 'lrelu 0.2'),
      ...[2, 4, 8].flatMap((filters) => [`conv ${filters} 5x5/2 no bias ${xavier}`, slim, 'lrelu 0.2']),
      `dense 3 ${xavier}`,
    ],
  ],
  [
    'cifar-dcgan',
    'generator',
    cifarDcgan({ width: 1 }),
    [32, 32, 3],
    [
      ...row(`dense 64 no bias ${xavier}`, slim, 'relu'),
      ...[2, 1].flatMap((filters) => [`deconv ${filters} 5x5/2 no bias ${xavier}`, slim, 'relu']),
      ...row(`deconv 3 5x5/2 ${xavier}`, 'sigmoid'),
    ],
  ],
  [
    'celeba-dcgan',
    'generator',
    celebaDcgan({ width: 1 }),
    [64, 64, 3],
    [
      ...row(`dense 128 no bias ${xavier}`, slim, 'relu'),
      ...[4, 2, 1].flatMap((filters) => [`deconv ${filters} 5x5/2 no bias ${xavier}`, slim, 'relu']),
      ...row(`deconv 3 5x5/2 ${xavier}`, 'sigmoid'),
    ],
  ],
  // models_sngan.py
  [
    'sngan-cnn',
    'generator',
    snganCnn({ width: 1 }),
    [32, 32, 3],
    [
      ...row(`dense 256 ${xavier}`, 'relu'),
      ...[8, 4, 2].flatMap((filters) => [`deconv ${filters} 4x4/2 no bias ${xavier}`, slim, 'relu']),
      ...row(`conv 3 3x3/1 ${xavier}`, 'sigmoid'),
    ],
  ],
  [
    'sngan-cnn',
    'discriminator',
    snganCnn({ width: 1 }),
    [32, 32, 3],
    [
      ...[1, 2, 4].flatMap((filters) => [
        ...row(`conv ${filters} 3x3/1 ${xavier}`, 'lrelu 0.1'),
        ...row(`conv ${filters} 4x4/2 ${xavier}`, 'lrelu 0.1'),
      ]),
      ...row(`conv 8 3x3/1 ${xavier}`, 'lrelu 0.1'),
      `dense 1 ${xavier}`,
    ],
  ],
  [
    'sngan-cnn for 48',
    'encoder',
    snganCnn({ width: 1, resolution: 48 }),
    [48, 48, 3],
    [
      ...row(`conv 2 3x3/1 ${xavier}`, 'relu'),
      ...[4, 8, 16].flatMap((filters) => [`conv ${filters} 4x4/2 no bias ${xavier}`, slim, 'lrelu 0.1']),
      `dense 3 ${xavier}`,
    ],
  ],
  // Miyato et al., table 3; pfnet-research/chainer-gan-lib common/net.py
  [
    'sngan-cnn, SN-GAN',
    'generator',
    snganCnn({ form: 'sn-gan', width: 1 }),
    [32, 32, 3],
    [
      ...row(`dense 128 no bias ${normal}`, 'bn 0.9 0.00002', 'relu'),
      ...[4, 2, 1].flatMap((filters) => [
        `deconv ${filters} 4x4/2 no bias ${normal}`,
        'bn 0.9 0.00002',
        'relu',
      ]),
      ...row(`conv 3 3x3/1 ${normal}`, 'sigmoid'),
    ],
  ],
  [
    'sngan-cnn, SN-GAN',
    'discriminator',
    snganCnn({ form: 'sn-gan', width: 1 }),
    [32, 32, 3],
    [
      'x * 2 + -1',
      ...[1, 2, 4].flatMap((filters) => [
        ...row(`sn conv ${filters} 3x3/1 ${normal}`, 'lrelu 0.1'),
        ...row(`sn conv ${filters} 4x4/2 ${normal}`, 'lrelu 0.1'),
      ]),
      ...row(`sn conv 8 3x3/1 ${normal}`, 'lrelu 0.1'),
      `sn dense 1 ${normal}`,
    ],
  ],
  // tntrung/msgan 8b8170f modules/net_dcgan.py:170-233
  [
    'stacked-mnist',
    'generator',
    stackedMnist({ width: 4 }),
    [28, 28, 3],
    [
      ...row(`dense 512 no bias ${xavier}`, slim, 'relu'),
      ...row(`deconv 16 5x5/2 no bias ${xavier}`, slim, 'relu', 'crop [[0,1],[0,1]]'),
      ...[8, 4].flatMap((filters) => [`deconv ${filters} 5x5/2 no bias ${xavier}`, slim, 'relu']),
      ...row(`conv 3 5x5/1 ${xavier}`, 'sigmoid'),
    ],
  ],
  [
    'stacked-mnist',
    'discriminator',
    stackedMnist({ width: 4 }),
    [28, 28, 3],
    [
      ...[1, 2, 4].flatMap((filters) => [`conv ${filters} 5x5/2 ${xavier}`, 'lrelu 0.2']),
      `dense 1 ${xavier}`,
    ],
  ],
  // fjxmlzn/PacGAN unrolled_GAN_experiment/D=0.25G/model.py and ops.py
  [
    'stacked-mnist, Unrolled GAN',
    'generator',
    stackedMnist({ form: 'unrolled-paper' }),
    [28, 28, 3],
    [
      ...row(`dense 1024 no bias ${normal}`, slim, 'relu'),
      ...row(`deconv 32 3x3/2 no bias ${normal}`, 'crop [[1,0],[1,0]]', slim, 'relu'),
      ...[16, 8].flatMap((filters) => [`deconv ${filters} 3x3/2 no bias ${normal}`, slim, 'relu']),
      ...row(`conv 3 3x3/1 ${truncated}`, 'sigmoid'),
    ],
  ],
  [
    'stacked-mnist, Unrolled GAN',
    'discriminator',
    stackedMnist({ form: 'unrolled-paper' }),
    [28, 28, 3],
    [
      ...[2, 4, 8].flatMap((filters) => [`conv ${filters} 3x3/2 no bias ${truncated}`, slim, 'lrelu 0.3']),
      `dense 1 ${normal}`,
    ],
  ],
  // google/compare_gan 49495fd abstract_gan.py:71-120 and ops.py
  [
    'infogan',
    'generator',
    infogan({ width: 1 }),
    [32, 32, 3],
    [
      ...[16, 128].flatMap((units) => [`dense ${units} no bias ${normal}`, 'bn 0.999 0.001', 'lrelu 0.2']),
      ...row(`deconv 1 4x4/2 no bias ${normal}`, 'bn 0.999 0.001', 'lrelu 0.2'),
      ...row(`deconv 3 4x4/2 ${normal}`, 'sigmoid'),
    ],
  ],
  [
    'infogan',
    'discriminator',
    infogan({ width: 1 }),
    [32, 32, 3],
    [
      ...row(`conv 1 4x4/2 ${truncated}`, 'lrelu 0.2'),
      ...row(`conv 2 4x4/2 no bias ${truncated}`, 'bn 0.999 0.001', 'lrelu 0.2'),
      ...row(`dense 16 no bias ${normal}`, 'bn 0.999 0.001', 'lrelu 0.2'),
      `dense 1 ${normal}`,
    ],
  ],
  // k2cu8/pyOMT 9e0f560 networks.py
  [
    'ae-ot-autoencoder',
    'encoder',
    aeOtAutoencoder({ width: 1 }),
    [64, 64, 3],
    [
      ...row('conv 1 4x4/2 ~ fan-in-uniform', 'lrelu 0.1'),
      ...[2, 4, 8].flatMap((filters) => [
        `conv ${filters} 4x4/2 no bias ~ fan-in-uniform`,
        slim,
        'lrelu 0.1',
      ]),
      'conv 3 4x4/1 valid ~ fan-in-uniform',
    ],
  ],
  [
    'ae-ot-autoencoder',
    'generator',
    aeOtAutoencoder({ width: 1 }),
    [64, 64, 3],
    [
      'deconv 8 4x4/1 valid ~ fan-in-uniform',
      ...[4, 2, 1].flatMap((filters) => [`deconv ${filters} 4x4/2 no bias ~ fan-in-uniform`, slim, 'relu']),
      ...row('deconv 3 4x4/2 ~ fan-in-uniform', 'sigmoid'),
    ],
  ],
  // IshmaelBelghazi/ALI experiments/ali_mixture.py; fjxmlzn/PacGAN 2DGrid_GAN&PacGAN/pacgan_task.py; mila-iqia/blocks bn.py
  [
    'ali-mlp',
    'generator',
    aliMlp(),
    [2],
    [
      ...Array.from({ length: 4 }, () => [`dense 400 no bias ${normal}`, 'bn 0.95 0.0001', 'relu']).flat(),
      `dense 2 ${normal}`,
    ],
  ],
  [
    'ali-mlp',
    'discriminator',
    aliMlp(),
    [2],
    [...Array.from({ length: 3 }, () => [`dense 1000 ${normal}`, 'maxout 5']).flat(), `dense 1 ${normal}`],
  ],
  // Berthelot et al., figure 1
  [
    'began',
    'generator',
    beganNetworks({ width: 1 }),
    [32, 32, 3],
    [
      `dense 64 ${xavier}`,
      ...Array.from({ length: 3 }, (_, stage) => [
        ...(stage > 0 ? ['nearest x2'] : []),
        ...row(`conv 1 3x3/1 ${xavier}`, 'elu 1', `conv 1 3x3/1 ${xavier}`, 'elu 1'),
      ]).flat(),
      `conv 3 3x3/1 ${xavier}`,
    ],
  ],
  // kwotsin/mimicry torch_mimicry/nets/sngan/sngan_32.py; biases as there, for they are loaded
  [
    'mimicry-sngan',
    'generator',
    mimicrySngan({ width: 2, latentDimension: 3 }).architecture,
    [32, 32, 3],
    [
      `dense 32 ${xavier}`,
      ...Array.from({ length: 3 }, () => [
        ...row(slim, 'relu', 'DistGanBilinearUpSampling2D', `conv 2 3x3/1 ${xavier}`),
        ...row(slim, 'relu', 'DistGanBilinearUpSampling2D', `conv 2 3x3/1 ${xavier}`),
        ...row(`conv 2 1x1/1 ${xavier}`, 'Add'),
      ]).flat(),
      ...row(slim, 'relu', `conv 3 3x3/1 ${xavier}`, 'tanh'),
    ],
  ],
  // pytorch/examples dcgan/main.py
  [
    'pytorch-dcgan',
    'generator',
    pytorchDcgan({ width: 1, latentDimension: 3 }).architecture,
    [64, 64, 3],
    [
      ...row(`dense 128 no bias ${normal}`, slim, 'relu'),
      ...[4, 2, 1].flatMap((filters) => [`deconv ${filters} 4x4/2 no bias ${normal}`, slim, 'relu']),
      ...row(`deconv 3 4x4/2 no bias ${normal}`, 'tanh'),
    ],
  ],
];

it.each(cases)('%s, the %s, has the published layers', (_, kind, architecture, sampleShape, expected) => {
  const latentDimension = 3;
  const network = withoutDrawing(() =>
    architecture.build(kind, { sampleShape, latentDimension }, RandomStream.fromSeed(0)),
  );
  expect(describeLayers(network)).toEqual(expected);
  network.dispose();
});

/** models_resnet.py and models_resnet_v1.py: what their two blocks of a discriminator differ in; the order of a graph is no list's. */
it.each([
  [
    'head',
    {
      'conv 1 3x3/1 ~ xavier-uniform': 8,
      'conv 1 1x1/2 ~ xavier-uniform': 3,
      'conv 3 1x1/2 ~ xavier-uniform': 1,
    },
  ],
  ['v1', { 'conv 1 3x3/1 ~ tflib-uniform 1': 6, 'conv 1 3x3/2 ~ tflib-uniform 2': 2, 'mean 2x2': 2 }],
] as const)('the discriminator of resnet, %s, halves as published', (form, expected) => {
  const network = withoutDrawing(() =>
    resnet({ form, width: 1 }).build(
      'discriminator',
      { sampleShape: [32, 32, 3], latentDimension: 3 },
      RandomStream.fromSeed(0),
    ),
  );
  const lines = describeLayers(network);
  const counted = Object.keys(expected).map((line) => [line, lines.filter((each) => each === line).length]);
  expect(Object.fromEntries(counted)).toEqual(expected);
  expect(lines.filter((line) => line.startsWith('bn'))).toEqual([]);
  network.dispose();
});
