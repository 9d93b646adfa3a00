import { DatasetFormatError, fromJson, toJson } from '@dist-gan/core';
import { readNpz, writeNpy, writeZip } from '@dist-gan/datasets/files';
import * as v from 'valibot';
import type { FeatureProtocol } from '../../features/feature-matrix.js';
import type { FeatureSums } from '../../features/frechet/feature-moments.js';
import type { Shard } from './shard.js';

/** What one shard of a set adds to the mean and covariance of the features of the whole. */
export interface MomentsPart {
  readonly shard: Shard;
  /** The whole set. */
  readonly set: {
    readonly name: string;
    /** Its images, or feature vectors. */
    readonly size: number;
    /** SHA-256 of what tells it from other sets: see `measureShard`. */
    readonly digest: string;
  };
  /** The fingerprint of the extractor. */
  readonly extractor: string;
  readonly protocol?: FeatureProtocol;
  /** Of the covariance that is made of the parts. */
  readonly ddof: 0 | 1;
  readonly sums: FeatureSums;
}

const recordName = 'part.json';

const record = v.object({
  shard: v.object({ index: v.pipe(v.number(), v.safeInteger()), of: v.pipe(v.number(), v.safeInteger()) }),
  set: v.object({ name: v.string(), size: v.pipe(v.number(), v.safeInteger()), digest: v.string() }),
  extractor: v.string(),
  protocol: v.optional(v.looseObject({ extractor: v.string() })),
  ddof: v.picklist([0, 1]),
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

/** The `.npz` file of a part: `mean` [dimension] and `comoments` [dimension, dimension] in float64, and what they are of. */
export async function writeMomentsPart({ sums, ...about }: MomentsPart): Promise<Uint8Array> {
  const { count, mean, comoments } = sums;
  return writeZip(
    new Map([
      ['mean.npy', writeNpy({ shape: [mean.length], data: mean })],
      ['comoments.npy', writeNpy({ shape: [mean.length, mean.length], data: comoments })],
      [recordName, new TextEncoder().encode(toJson({ ...about, count }))],
    ]),
  );
}

/**
 * Reads the file of `writeMomentsPart`.
 *
 * @param file what it is called in messages
 * @throws DatasetFormatError when it is no such file, or damaged
 */
export async function readMomentsPart(bytes: Uint8Array, file: string): Promise<MomentsPart> {
  const { arrays, others } = await readNpz(bytes, file);
  const [mean, comoments] = [arrays.get('mean')?.data, arrays.get('comoments')?.data];
  const text = others.get(recordName);
  const isPart = mean instanceof Float64Array && comoments instanceof Float64Array && text !== undefined;
  if (!isPart || comoments.length !== mean.length ** 2) {
    throw new DatasetFormatError(
      `${file} is no part of a set (mean, comoments and ${recordName}); make it with dist-gan evaluate --shard k/n --out`,
      file,
      0,
    );
  }
  try {
    const { count, protocol, ...about } = v.parse(record, fromJson(new TextDecoder().decode(text)));
    return {
      ...about,
      ...(protocol !== undefined && { protocol: protocol as FeatureProtocol }),
      sums: { count, mean, comoments },
    };
  } catch (cause) {
    throw new DatasetFormatError(
      `${file}: ${recordName} is damaged (${(cause as Error).message}); make the part again`,
      file,
      0,
      { cause },
    );
  }
}
