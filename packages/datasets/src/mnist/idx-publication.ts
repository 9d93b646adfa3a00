/** Training or test set. */
export const parts = ['train', 'test'] as const;
export type Part = (typeof parts)[number];

/** A data set that was published as MNIST was: for each part an idx file of images and one of labels, both gzipped. */
export interface IdxPublication {
  /** The id of the data set, which is also the folder where `dist-gan fetch` puts it. */
  readonly id: string;
  readonly title: string;
  /** Where the files may lie below a folder. */
  readonly subfolders: readonly string[];
  readonly files: Readonly<Record<Part, Readonly<Record<'images' | 'labels', PublishedIdxFile>>>>;
}

export interface PublishedIdxFile {
  /** Without the ending `.gz` that it was published with. */
  readonly name: string;
  /** MD5 as published. */
  readonly gzippedMd5: string;
  /** MD5 of what it holds, which serves unpacked files too. */
  readonly unpackedMd5?: string;
}

export const mnistPublication: IdxPublication = {
  id: 'mnist',
  title: 'MNIST',
  // In it, in MNIST's own, or where torchvision puts them.
  subfolders: ['.', 'mnist', 'MNIST/raw'],
  files: {
    train: {
      images: {
        name: 'train-images-idx3-ubyte',
        gzippedMd5: 'f68b3c2dcbeaaa9fbdd348bbdeb94873',
        unpackedMd5: '6bbc9ace898e44ae57da46a324031adb',
      },
      labels: {
        name: 'train-labels-idx1-ubyte',
        gzippedMd5: 'd53e105ee54ea40749a09fcbcd1e9432',
        unpackedMd5: 'a25bea736e30d166cdddb491f175f624',
      },
    },
    test: {
      images: {
        name: 't10k-images-idx3-ubyte',
        gzippedMd5: '9fb629c4189551a2d022fa330f9573f3',
        unpackedMd5: '2646ac647ad5339dbf082846283269ea',
      },
      labels: {
        name: 't10k-labels-idx1-ubyte',
        gzippedMd5: 'ec29112dd5afa0611ce80d1b7f02629c',
        unpackedMd5: '27ae3e4e09519cfbb04c329615203637',
      },
    },
  },
};

/** Its authors publish the MD5 of the gzipped files alone. */
export const fashionMnistPublication: IdxPublication = {
  id: 'fashion-mnist',
  title: 'Fashion-MNIST',
  subfolders: ['.', 'fashion-mnist', 'FashionMNIST/raw'],
  files: {
    train: {
      images: { name: 'train-images-idx3-ubyte', gzippedMd5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d' },
      labels: { name: 'train-labels-idx1-ubyte', gzippedMd5: '25c81989df183df01b3e8a0aad5dffbe' },
    },
    test: {
      images: { name: 't10k-images-idx3-ubyte', gzippedMd5: 'bef4ecab320f06d8554ea6380940ec79' },
      labels: { name: 't10k-labels-idx1-ubyte', gzippedMd5: 'bb300cfdad3c16e7a12a480ee83cd310' },
    },
  },
};
