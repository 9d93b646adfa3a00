/** The two forms in which the images were published for programs. */
export const cifarForms = ['python', 'binary'] as const;
export type CifarForm = (typeof cifarForms)[number];

export const cifarSplits = ['train', 'test'] as const;
export type CifarSplit = (typeof cifarSplits)[number];

/** One archive, and the folder that it unpacks to. */
export interface CifarArchive {
  readonly name: string;
  readonly md5: string;
  readonly folder: string;
  readonly files: Readonly<Record<CifarSplit, readonly CifarFile[]>>;
}

export interface CifarFile {
  readonly name: string;
  /** Known of the files for Python alone. */
  readonly md5?: string;
}

/** How the labels of an image are stored. */
export interface CifarLabels {
  /** The key of the list in files for Python. */
  readonly key: string;
  /** Which of the bytes in front of an image in binary files. */
  readonly byte: number;
  /** They go from 0 to one less. */
  readonly classes: number;
}

/** CIFAR-10 or CIFAR-100. */
export interface CifarPublication {
  readonly id: string;
  readonly title: string;
  readonly archives: Readonly<Record<CifarForm, CifarArchive>>;
  /** Bytes of labels in front of an image in binary files. */
  readonly labelBytes: number;
}

const batches = [1, 2, 3, 4, 5];
const pythonBatches = [
  'c99cafc152244af753f735de768cd75f',
  'd4bba439e000b95fd0a9bffe97cbabec',
  '54ebc095f3ab1f0389bbae665268c751',
  '634d18415352ddfa80567beed471001a',
  '482c414d41f54cd18b22e5b47cb7c3cb',
];

export const cifar10Publication: CifarPublication = {
  id: 'cifar10',
  title: 'CIFAR-10',
  archives: {
    python: {
      name: 'cifar-10-python.tar.gz',
      md5: 'c58f30108f718f92721af3b95e74349a',
      folder: 'cifar-10-batches-py',
      files: {
        train: pythonBatches.map((md5, i) => ({ name: `data_batch_${i + 1}`, md5 })),
        test: [{ name: 'test_batch', md5: '40351d587109b95175f43aff81a1287e' }],
      },
    },
    binary: {
      name: 'cifar-10-binary.tar.gz',
      md5: 'c32a1d4ab5d03f1284b67883e8d87530',
      folder: 'cifar-10-batches-bin',
      files: {
        train: batches.map((batch) => ({ name: `data_batch_${batch}.bin` })),
        test: [{ name: 'test_batch.bin' }],
      },
    },
  },
  labelBytes: 1,
};

export const cifar100Publication: CifarPublication = {
  id: 'cifar100',
  title: 'CIFAR-100',
  archives: {
    python: {
      name: 'cifar-100-python.tar.gz',
      md5: 'eb9058c3a382ffc7106e4002c42a8d85',
      folder: 'cifar-100-python',
      files: {
        train: [{ name: 'train', md5: '16019d7e3df5f24257cddd939b257f8d' }],
        test: [{ name: 'test', md5: 'f0ef6b0ae62326f3e7ffdfab6717acfc' }],
      },
    },
    binary: {
      name: 'cifar-100-binary.tar.gz',
      md5: '03b5dce01913d631647c71ecec9e9cb8',
      folder: 'cifar-100-binary',
      files: { train: [{ name: 'train.bin' }], test: [{ name: 'test.bin' }] },
    },
  },
  labelBytes: 2,
};
