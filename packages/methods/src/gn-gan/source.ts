import type { Source } from '@dist-gan/core';

export const gnGanSource: Source = {
  title: 'Tran, Bui, Cheung: Improving GAN with neighbors embedding and gradient matching',
  year: 2019,
  reference: 'arXiv:1811.01333',
};
