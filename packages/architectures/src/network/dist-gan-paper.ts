/** The paper whose networks most of this package is about; `code` names the file and its lines. */
export const distGanPaper = {
  title: 'Tran, Bui, Cheung: Dist-GAN: An improved GAN using distance constraints',
  year: 2018,
  reference: 'arXiv:1803.08887',
} as const;
