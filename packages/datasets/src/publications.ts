import { cifar100Publication, cifar10Publication, type CifarPublication } from './cifar/publication.js';
import { fashionMnistPublication, mnistPublication, type IdxPublication } from './mnist/idx-publication.js';
import { stl10Archive, stl10Files } from './stl10/publication.js';

/** Files as they are published on the internet, of a data set or of what measures one. */
export interface Publication {
  /** The folder that they belong into, below the data folder: its reader looks there. */
  readonly folder: string;
  readonly homepage: string;
  /** Under which licence they are handed out, where that is said. */
  readonly licence?: string;
  readonly files: readonly PublishedFile[];
}

export interface PublishedFile {
  readonly name: string;
  /** Where it can be had, in the order in which they are tried. */
  readonly addresses: readonly string[];
  /** As published, in hexadecimal: an MD5 (32 digits) or a SHA-256 (64). */
  readonly checksum: string;
  /** Of an archive (`.tar.gz`): the files in it that are needed. */
  readonly unpacked?: readonly { readonly path: string; readonly checksum?: string }[];
}

const mnist = idxFiles(mnistPublication, 'http://yann.lecun.com/exdb/mnist/', [
  // Its own page refuses programs at times; these are the copies that torchvision and TensorFlow read.
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'http://yann.lecun.com/exdb/mnist/',
]);

/**
 * Where the files of the data sets are published, by the data set's id. CelebA is not among them: its authors hand it
 * out through pages that ask for a person.
 */
export const publications: Readonly<Record<string, Publication>> = {
  mnist,
  'mnist-1k': mnist,
  'fashion-mnist': idxFiles(fashionMnistPublication, 'https://github.com/zalandoresearch/fashion-mnist', [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
  ]),
  cifar10: cifarArchive(cifar10Publication),
  cifar100: cifarArchive(cifar100Publication),
  stl10: {
    folder: 'stl10',
    homepage: 'https://cs.stanford.edu/~acoates/stl10/',
    files: [
      {
        name: stl10Archive.name,
        addresses: [`http://ai.stanford.edu/~acoates/stl10/${stl10Archive.name}`],
        checksum: stl10Archive.md5,
        unpacked: Object.values(stl10Files)
          .flatMap(({ images, labels }) => (labels === undefined ? [images] : [images, labels]))
          .map(({ name, md5 }) => ({ path: `${stl10Archive.folder}/${name}`, checksum: md5 })),
      },
    ],
  },
};

function idxFiles({ id, files }: IdxPublication, homepage: string, bases: readonly string[]): Publication {
  return {
    folder: id,
    homepage,
    files: [files.train, files.test]
      .flatMap(({ images, labels }) => [images, labels])
      .map(({ name, gzippedMd5 }) => ({
        name: `${name}.gz`,
        addresses: bases.map((base) => `${base}${name}.gz`),
        checksum: gzippedMd5,
      })),
  };
}

function cifarArchive({ id, archives }: CifarPublication): Publication {
  const { name, md5, folder, files } = archives.python;
  return {
    folder: id,
    homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    files: [
      {
        name,
        addresses: [`https://www.cs.toronto.edu/~kriz/${name}`],
        checksum: md5,
        unpacked: [...files.train, ...files.test].map(({ name: file, ...rest }) => ({
          path: `${folder}/${file}`,
          ...('md5' in rest && { checksum: rest.md5 }),
        })),
      },
    ],
  };
}
