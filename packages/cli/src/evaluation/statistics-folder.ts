import { join } from 'node:path';
import { cacheFolder, checkFolderWritable } from '@dist-gan/core';
import { statisticsCache, type StatisticsCache } from '@dist-gan/metrics';

/**
 * Opens the folder where statistics of real images are kept: `statistics` in the folder for caches, unless named. A
 * default folder that cannot be written is done without, and a notice says so.
 *
 * @throws OutputError when the folder that was named cannot be written
 */
export function openStatisticsCache(
  onNotice: (message: string) => void,
  named?: string,
): StatisticsCache | undefined {
  const cache = statisticsCache(named ?? join(cacheFolder(), 'statistics'), { onNotice });
  try {
    if (named === undefined)
      checkFolderWritable(cache.folder, 'DIST_GAN_CACHE names another folder for caches');
    else cache.check();
    return cache;
  } catch (error) {
    if (named !== undefined) throw error;
    onNotice(`no statistics are kept: ${(error as Error).message}`);
    return undefined;
  }
}
