import * as v from 'valibot';
import { checksum } from './checksum.js';

/** Options of every data set that is read from published files. */
export const fileOptions = {
  /** Folder with the files, or with the folder that they are published in. Default: the data folder. */
  folder: v.optional(v.string('must be the path of a folder')),
  /** What to do when a file is not the published one. */
  checksum,
};
