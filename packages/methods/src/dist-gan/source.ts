import type { Source } from '@dist-gan/core';

export const distGanSource: Source = {
  title: 'Tran, Bui, Cheung: Dist-GAN, an improved GAN using distance constraints',
  year: 2018,
  reference: 'arXiv:1803.08887',
  code: 'github.com/tntrung/gan at 6e67fe3',
};
