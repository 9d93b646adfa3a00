import { DataNotFoundError, makeFolder, OptionError } from '@dist-gan/core';
import type { FeatureProtocol } from '../../features/feature-matrix.js';
import type { FeatureStatistics } from '../../features/frechet/feature-moments.js';
import { readStatistics, writeStatistics } from './statistics-file.js';

/** Statistics of data sets in a folder of `.npz` files, so that real images pass through a network once. */
export interface StatisticsCache {
  /** The file of a data set and a protocol: `<dataset>.<a digest of the protocol>.npz`. */
  path(dataset: string, protocol: FeatureProtocol): string;
  /**
   * @returns undefined when there is no such file
   * @throws DatasetFormatError when it is damaged, OptionError when it was made by another protocol
   */
  read(dataset: string, protocol: FeatureProtocol): Promise<FeatureStatistics | undefined>;
  /** Writes the file; the statistics must carry their protocol. */
  write(dataset: string, statistics: FeatureStatistics): Promise<void>;
}

/**
 * Opens a folder of cached statistics (Node). The files are those of `writeStatistics`: pytorch-fid and clean-fid
 * read them.
 */
export function statisticsCache(folder: string): StatisticsCache {
  const path = (dataset: string, protocol: FeatureProtocol) =>
    `${folder}/${fileName(dataset)}.${digest(canonical(protocol))}.npz`;
  return {
    path,
    async read(dataset, protocol) {
      const { readFile } = process.getBuiltinModule('node:fs/promises');
      const file = path(dataset, protocol);
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw new DataNotFoundError(`statistics cache: ${file} cannot be read: ${error.message}`, file, {
          cause: error,
        });
      });
      if (bytes === undefined) return undefined;
      const statistics = await readStatistics(bytes, file);
      if (canonical(statistics.protocol ?? {}) === canonical(protocol)) return statistics;
      throw new OptionError(
        `statistics cache: ${file} was made by another protocol than its name says; delete it`,
        'protocol',
        statistics.protocol,
      );
    },
    async write(dataset, statistics) {
      const { rename, writeFile } = process.getBuiltinModule('node:fs/promises');
      if (statistics.protocol === undefined) {
        throw new OptionError(
          'statistics cache: statistics without a protocol cannot be found again; make them from features that carry one',
          'protocol',
          undefined,
        );
      }
      const file = path(dataset, statistics.protocol);
      makeFolder(folder);
      // A reader never sees half a file.
      await writeFile(`${file}.partial`, await writeStatistics(statistics));
      await rename(`${file}.partial`, file);
    },
  };
}

/** A name that every file system takes. */
function fileName(dataset: string): string {
  return dataset.replaceAll(/[^a-zA-Z0-9._-]+/g, '-');
}

/** JSON with keys in alphabetical order: equal protocols have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** FNV-1a of 64 bits: a short name, not a proof; what is in the file is compared in full. */
function digest(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
}
