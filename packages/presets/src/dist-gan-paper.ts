import type { Source } from '@dist-gan/core';

/** The paper, with the file of the authors' code that a preset follows. */
export function distGanPaper(code: string): Source {
  return {
    title: 'Tran, Bui, Cheung: Dist-GAN, an improved GAN using distance constraints',
    year: 2018,
    reference: 'arXiv:1803.08887',
    code,
  };
}

/** The code of the paper's numbers: tntrung/gan as it is now. */
export const authorsCode = 'github.com/tntrung/gan at 6e67fe3';
