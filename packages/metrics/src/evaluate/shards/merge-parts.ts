import { OptionError, toJson } from '@dist-gan/core';
import { canonicalJson } from '../../canonical-json.js';
import { FeatureMoments, type FeatureStatistics } from '../../features/frechet/feature-moments.js';
import type { RunOptions } from '../../linear-algebra/index.js';
import type { MomentsPart } from './moments-part.js';
import { rowsOf } from './shard.js';

/**
 * Mean and covariance of a whole set from all its parts. They are added in the order of the shards, in whatever order they are given:
 * the same parts have the same bits, and other numbers of shards differ by the rounding of float64 alone.
 *
 * @throws OptionError when a part is missing or given twice, or when parts are of different sets, networks, protocols or numbers of shards
 */
export async function mergeMomentsParts(
  parts: readonly MomentsPart[],
  run: RunOptions = {},
): Promise<FeatureStatistics> {
  const ordered = [...parts].sort((a, b) => a.shard.index - b.shard.index);
  checkParts(ordered);
  const [{ sums, protocol, ddof }] = ordered;
  const moments = new FeatureMoments(sums.mean.length, protocol);
  for (const part of ordered) await moments.merge(FeatureMoments.from(part.sums));
  return moments.statistics({ ...run, ddof });
}

function checkParts(parts: readonly MomentsPart[]): void {
  if (parts.length === 0)
    throw refusal('there are no parts; give all that dist-gan evaluate --shard k/n has written');
  const [first] = parts;
  for (const part of parts) {
    for (const [what, of] of Object.entries(sameness)) {
      const [one, other] = [of(first), of(part)];
      if (canonicalJson(one) === canonicalJson(other)) continue;
      throw refusal(
        `parts ${first.shard.index} and ${part.shard.index} differ in ${what}: ${toJson(one)} and ${toJson(other)}; measure all in one way`,
      );
    }
  }
  const { of } = first.shard;
  const counts = new Map<number, number>();
  for (const { shard } of parts) counts.set(shard.index, (counts.get(shard.index) ?? 0) + 1);
  const twice = [...counts].filter(([, count]) => count > 1).map(([index]) => index);
  if (twice.length > 0)
    throw refusal(`part ${twice.join(', ')} of ${of} is given more than once; give each once`);
  const missing = Array.from({ length: of }, (_, i) => i).filter((i) => !counts.has(i));
  if (missing.length > 0) {
    const some = `${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ` and ${missing.length - 10} more` : ''}`;
    throw refusal(`of ${of} parts ${some} ${missing.length === 1 ? 'is' : 'are'} missing; measure them, too`);
  }
  for (const { shard, set, sums } of parts) {
    const { count } = rowsOf(shard, set.size);
    if (count === sums.count) continue;
    throw refusal(`part ${shard.index} has ${sums.count} rows and was to have ${count}; measure it again`);
  }
}

/** What all parts of a set have in common. */
const sameness: Readonly<Record<string, (part: MomentsPart) => unknown>> = {
  'the number of shards': ({ shard }) => shard.of,
  'the set': ({ set }) => ({ size: set.size, digest: set.digest }),
  'the network': ({ extractor }) => extractor,
  'the protocol': ({ protocol, ddof }) => ({ ...protocol, ddof }),
  'the number of features': ({ sums }) => sums.mean.length,
};

const refusal = (message: string) => new OptionError(`shards: ${message}`, 'parts', undefined);
