import type { Publication } from '@dist-gan/datasets';
import { torchWeightsName, torchWeightsSha256 } from './weights/published.js';

/**
 * The weights of FID's Inception-v3 as pytorch-fid publishes them: TensorFlow's of 2015-12-05, with which FID was defined,
 * in PyTorch's form. torch-fidelity publishes the same bytes under another name.
 */
export const inceptionPublication: Publication = {
  folder: '.',
  homepage: 'https://github.com/mseitzer/pytorch-fid',
  licence:
    'Apache-2.0, as pytorch-fid, which converted them, and as TensorFlow, whose authors trained them (inception-2015-12-05)',
  files: [
    {
      name: torchWeightsName,
      addresses: [
        `https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/${torchWeightsName}`,
        'https://github.com/toshas/torch-fidelity/releases/download/v0.2.0/weights-inception-2015-12-05-6726825d.pth',
      ],
      checksum: torchWeightsSha256,
    },
  ],
};
