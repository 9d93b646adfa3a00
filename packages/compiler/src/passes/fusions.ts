import { adamUpdates } from './adam-updates/adam-updates.js';
import { batchNorms } from './batch-norm/batch-norms.js';
import type { FusionName } from './fusion-names.js';
import type { Pass } from './pass.js';
import { rectifierGradients } from './rectifier-gradients.js';

/** Passes that make several operations one of TensorFlow's. Apart from the others, for pages need not load them. */
export const fusions = { batchNorms, adamUpdates, rectifierGradients } as const satisfies Record<
  FusionName,
  Pass
>;
