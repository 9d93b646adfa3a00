import { CellTracker } from './cell-tracker.js';
import { defaultEngine } from './default-engine.js';
import type { MakePlaneEngine } from './plane-engine.js';
import { checkSamples } from '../points/check-samples.js';
import type { BrenierPotential } from '../potential/brenier-potential.js';

/**
 * The cell of each sample: the transport map as an index into the points.
 *
 * @param samples `[rows, dimension]`, row-major
 * @throws ShapeError samples are no whole rows; NonFiniteError one of them is NaN or infinite
 */
export async function locateSamples(
  potential: BrenierPotential,
  samples: Float32Array,
  engine: MakePlaneEngine = defaultEngine,
): Promise<Int32Array> {
  checkSamples('locateSamples', samples, potential.dimension);
  const tracker = new CellTracker(potential, engine);
  try {
    tracker.grow(samples);
    return await tracker.locate(potential.heights);
  } finally {
    tracker.dispose();
  }
}
