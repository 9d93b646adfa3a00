/** The archive of STL-10 in binary files, as published. */
export const stl10Archive = {
  name: 'stl10_binary.tar.gz',
  md5: '91f7769df0f17e558f3565bffb0c7dfb',
  folder: 'stl10_binary',
};

interface Stl10File {
  readonly name: string;
  readonly md5: string;
}

export const stl10Splits = ['train', 'test', 'unlabeled'] as const;

/** The files of each split. The unlabeled images have no labels. */
export const stl10Files: Readonly<
  Record<(typeof stl10Splits)[number], { readonly images: Stl10File; readonly labels?: Stl10File }>
> = {
  train: {
    images: { name: 'train_X.bin', md5: '918c2871b30a85fa023e0c44e0bee87f' },
    labels: { name: 'train_y.bin', md5: '5a34089d4802c674881badbb80307741' },
  },
  test: {
    images: { name: 'test_X.bin', md5: '7f263ba9f9e0b06b93213547f721ac82' },
    labels: { name: 'test_y.bin', md5: '36f9794fa4beb8a2c72628de14fa638e' },
  },
  unlabeled: { images: { name: 'unlabeled_X.bin', md5: '5242ba1fed5e4be9e1e742405eb56ca4' } },
};
