import {
  checkFolderWritable,
  makeFolder,
  OutputError,
  writeAtomically,
  type JsonObject,
} from '@dist-gan/core';
import { canonicalJson } from '../../canonical-json.js';
import type { FeatureStatistics } from '../../features/frechet/feature-moments.js';
import { readStatistics, writeStatistics } from './statistics-file.js';

/** Everything that decides the statistics of a set's features: equal keys stand for equal numbers. */
export interface StatisticsKey extends JsonObject {
  /** SHA-256 of the very images that the network is given, in their order; see `imagesDigest`. */
  readonly images: string;
  /** How many they are. */
  readonly count: number;
  /** The extractor's fingerprint: network, layer, weights, preparation, version of the code that prepares. */
  readonly extractor: string;
  readonly ddof: 0 | 1;
}

/** Statistics in a folder of `.npz` files, so that real images pass through a network once. */
export interface StatisticsCache {
  readonly folder: string;
  /** Finds out before any work whether files can be written. @throws OutputError */
  check(): void;
  /** undefined when there is no such file, or none that can be used: it is made anew then, and a notice says why. */
  read(key: StatisticsKey): Promise<FeatureStatistics | undefined>;
  /** @throws OutputError when the file cannot be written; nothing of it is left then */
  write(key: StatisticsKey, statistics: FeatureStatistics): Promise<void>;
}

/**
 * Opens a folder of cached statistics (Node). Each file is that of `writeStatistics`, which pytorch-fid and clean-fid
 * read; its name is the SHA-256 of its key, and its protocol has the key in full.
 */
export function statisticsCache(
  folder: string,
  { onNotice }: { readonly onNotice?: (message: string) => void } = {},
): StatisticsCache {
  const path = (key: StatisticsKey) => `${folder}/${sha256(canonicalJson(key))}.npz`;
  const unusable = (file: string, reason: string) => {
    onNotice?.(`${file} is no use (${reason}); the statistics are made anew`);
    return undefined;
  };
  return {
    folder,
    check: () =>
      checkFolderWritable(folder, 'name another folder with --cache, or keep none with --no-cache'),
    async read(key) {
      const { readFile } = process.getBuiltinModule('node:fs/promises');
      const file = path(key);
      let bytes: Uint8Array;
      try {
        bytes = await readFile(file);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        return code === 'ENOENT' ? undefined : unusable(file, message);
      }
      try {
        const { protocol, ...statistics } = await readStatistics(bytes, file);
        const { cacheKey, ...rest } = protocol ?? { extractor: 'not stated' };
        if (cacheKey === undefined || canonicalJson(cacheKey) !== canonicalJson(key)) {
          return unusable(file, 'it is not what its name says');
        }
        return { ...statistics, protocol: rest };
      } catch (error) {
        return unusable(file, (error as Error).message);
      }
    },
    async write(key, statistics) {
      const protocol = { ...(statistics.protocol ?? { extractor: 'not stated' }), cacheKey: key };
      try {
        const bytes = await writeStatistics({ ...statistics, protocol });
        makeFolder(folder);
        writeAtomically(path(key), bytes);
      } catch (cause) {
        throw new OutputError(
          `the statistics cannot be kept in ${folder} (${(cause as Error).message}); free space there, or name another ` +
            'folder with --cache',
          folder,
          { cause },
        );
      }
    },
  };
}

function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
}
