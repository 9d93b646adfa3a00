import { NonFiniteError, OptionError, ShapeError, type ComputingStage } from '@dist-gan/core';
import type { ResolvedAeOtOptions } from './ae-ot-options.js';

/** Samples that are encoded at a time. */
const atATime = 1000;

/**
 * The codes of the data: `codes`, `[count, latentDimension]`, without repetitions; `masses`, how many samples have each; and
 * `members`, the number of the first sample that has it.
 */
export function embedStage({ codes }: Pick<ResolvedAeOtOptions, 'codes'>): ComputingStage {
  return {
    name: 'embed',
    options: { codes: codes ?? null },
    check({ dataSize, latentDimension }) {
      const count = Math.min(codes ?? dataSize, dataSize);
      const least = fewest(latentDimension);
      if (count >= least) return;
      throw new OptionError(
        `ae-ot.codes: codes of ${latentDimension} numbers need at least ${least} samples for a transport map, and ` +
          `${count} of the ${dataSize} of the data set would be embedded; ` +
          (dataSize >= least ? 'raise codes, or lower' : 'take a larger data set, or lower') +
          ' the latent dimension',
        'ae-ot.codes',
        codes,
      );
    },
    async compute({ dataSize, latentDimension, samples, apply, random, report, signal }) {
      const chosen = random
        .permutation(dataSize)
        .slice(0, codes ?? dataSize)
        .sort();
      const all = new Float32Array(chosen.length * latentDimension);
      for (let from = 0; from < chosen.length; from += atATime) {
        signal?.throwIfAborted();
        const rows = await samples(chosen.subarray(from, from + atATime));
        all.set(await apply('encoder', rows), from * latentDimension);
        report({ encoded: Math.min(from + atATime, chosen.length) });
      }
      assertFinite(all, latentDimension, chosen);
      const { codes: distinct, masses, firsts } = withoutRepetitions(all, latentDimension);
      const least = fewest(latentDimension);
      if (masses.length < least) {
        throw new ShapeError(
          `embed: ${chosen.length} samples have ${masses.length} different ${masses.length === 1 ? 'code' : 'codes'} of ${latentDimension} numbers, and a transport ` +
            `map needs at least ${least}; raise codes where samples repeat, and where they differ train the autoencoder longer ` +
            'or at a lower learning rate: its encoder tells them no more apart',
          'codes',
          [masses.length, latentDimension],
          `[${least} or more, ${latentDimension}]`,
        );
      }
      return {
        codes: { shape: [masses.length, latentDimension], data: distinct },
        masses: { shape: [masses.length], data: masses },
        members: { shape: [masses.length], data: Float64Array.from(firsts, (row) => chosen[row]) },
      };
    },
  };
}

/** How many different codes a transport map needs. */
const fewest = (latentDimension: number) => Math.max(2, latentDimension);

/** Equal samples have equal codes, and equal points have no transport map: each is kept once, with its mass. */
function withoutRepetitions(
  rows: Float32Array,
  dimension: number,
): { codes: Float32Array; masses: Float64Array; firsts: number[] } {
  const places = new Map<string, number>();
  const kept: number[] = [];
  const masses: number[] = [];
  const firsts: number[] = [];
  for (let from = 0; from < rows.length; from += dimension) {
    const row = rows.subarray(from, from + dimension);
    const key = row.join();
    const place = places.get(key);
    if (place !== undefined) {
      masses[place]++;
      continue;
    }
    places.set(key, masses.length);
    masses.push(1);
    firsts.push(from / dimension);
    kept.push(...row);
  }
  return { codes: Float32Array.from(kept), masses: Float64Array.from(masses), firsts };
}

/** @throws NonFiniteError naming the first sample whose code is no number */
function assertFinite(rows: Float32Array, dimension: number, chosen: ArrayLike<number>): void {
  const at = rows.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new NonFiniteError(
    `embed: the code of sample ${chosen[Math.floor(at / dimension)]} holds ${rows[at]}; lower the learning rate of the autoencoder`,
    'codes',
    0,
  );
}
