import { join } from 'node:path';
import { engineFolder } from '@dist-gan/compiler';
import { statisticsCache, type StatisticsCache } from '@dist-gan/metrics';

/** Opens the folder where statistics of data sets are kept: `statistics` in the folder for caches, unless named. */
export function openStatisticsCache(folder = join(engineFolder(), 'statistics')): StatisticsCache {
  return statisticsCache(folder);
}
