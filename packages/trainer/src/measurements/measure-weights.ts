import { trainableWeights, type Networks } from '../networks/build-networks.js';
import type { MeasurementId } from './measurement-id.js';
import { spectralNorm } from './spectral-norm.js';

/** The norms of the networks' weights that are wanted, in float64. */
export async function measureWeights(
  networks: Networks,
  wanted: readonly MeasurementId[],
): Promise<Record<string, number>> {
  const norms = wanted.includes('weight-norms');
  const spectral = wanted.includes('spectral-norms');
  const measured: Record<string, number> = {};
  if (!norms && !spectral) return measured;
  for (const [role, network] of Object.entries(networks)) {
    let squares = 0;
    for (const [index, weight] of trainableWeights(network).entries()) {
      const data = await weight.data<'float32'>();
      for (const value of data) squares += value * value;
      if (spectral && weight.rank >= 2) {
        measured[`spectral-norm/${role}/${index}`] = spectralNorm(data, weight.shape.at(-1)!);
      }
    }
    if (norms) measured[`weight-norm/${role}`] = Math.sqrt(squares);
  }
  return measured;
}
