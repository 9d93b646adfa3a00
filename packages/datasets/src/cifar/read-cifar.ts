import { choice } from '@dist-gan/core';
import * as v from 'valibot';
import { filesNotFound, findFolder, placeOfFiles, type DatasetEnvironment } from '../environment.js';
import { compareWithPublished, md5, type Checksum } from '../files/checksum.js';
import { fileOptions } from '../files/file-options.js';
import { isFile, readBytes } from '../files/file-system.js';
import { joinBytes } from '../files/join-bytes.js';
import { parseBinaryBatch } from './binary-batch.js';
import type { CifarBatch } from './cifar-batch.js';
import {
  cifarForms,
  cifarSplits,
  type CifarArchive,
  type CifarFile,
  type CifarForm,
  type CifarLabels,
  type CifarPublication,
  type CifarSplit,
} from './publication.js';
import { parsePythonBatch } from './python-batch.js';

/** Options of both data sets. */
export const cifarOptions = {
  /** `train` 50,000 images, `test` 10,000. */
  split: v.optional(choice(cifarSplits, JSON.stringify), 'train'),
  /** Which archive's files. `auto`: those for Python when they are found, else the binary ones. */
  from: v.optional(choice(['auto', ...cifarForms], JSON.stringify), 'auto'),
  ...fileOptions,
};

interface Wanted {
  readonly split: CifarSplit;
  readonly from: 'auto' | CifarForm;
  readonly folder?: string;
  /** What is to be there, in a message about files that are not. */
  readonly files: string;
}

/** The files of a split that are there. */
export interface FoundFiles {
  readonly form: CifarForm;
  readonly archive: CifarArchive;
  readonly folder: string;
  /** Those of the split that are there, in the order of the publication. */
  readonly found: readonly CifarFile[];
}

/** @throws DataNotFoundError when there is no file of the split */
export function findCifar(
  { id, archives }: CifarPublication,
  { split, from, folder, files }: Wanted,
  environment: DatasetEnvironment,
): FoundFiles {
  const place = placeOfFiles(folder, environment);
  const forms = from === 'auto' ? cifarForms : [from];
  for (const form of forms) {
    const archive = archives[form];
    const subfolders = ['.', archive.folder, `${id}/${archive.folder}`, id];
    const names = archive.files[split].map(({ name }) => name);
    const at = findFolder(place, subfolders, names);
    if (at === undefined) continue;
    const found = archive.files[split].filter(({ name }) => isFile(`${at}/${name}`));
    return { form, archive, folder: at, found };
  }
  const { name } = archives[forms[0]];
  throw filesNotFound(
    id,
    files,
    place,
    `run dist-gan fetch ${id}, or unpack ${name} (www.cs.toronto.edu/~kriz/cifar.html) there, ` +
      'or name its folder with DIST_GAN_DATA',
  );
}

/**
 * Reads files, one after the other.
 *
 * @throws DatasetFormatError when one is damaged or is another one
 * @throws DataNotFoundError when one cannot be read
 */
export function readCifar(
  publication: CifarPublication,
  labels: CifarLabels,
  { form, folder }: FoundFiles,
  files: readonly CifarFile[],
  checksum: Checksum,
  notice: (message: string) => void,
): CifarBatch {
  const parse = form === 'python' ? parsePythonBatch : parseBinaryBatch;
  const batches = files.map(({ name, md5: published }) => {
    const path = `${folder}/${name}`;
    const content = readBytes(path, 'check that it is a file that you may read');
    const batch = parse(content, path, publication, labels);
    if (published !== undefined) {
      const description = `this is not the published ${name}`;
      compareWithPublished(
        () => md5(content),
        path,
        { description, md5: published, remedy: 'unpack it again' },
        checksum,
        notice,
      );
    }
    return batch;
  });
  return {
    images: joinBytes(batches.map(({ images }) => images)),
    labels: joinBytes(batches.map((batch) => batch.labels)),
  };
}

/** The source of both. */
export const cifarSource = {
  title: 'Krizhevsky: Learning multiple layers of features from tiny images',
  year: 2009,
  reference: 'technical report, University of Toronto',
};
