import { balancedConsistency } from './balanced-consistency.js';
import { diversityPenalty } from './diversity-penalty.js';
import { leCam } from './lecam.js';
import { draganPenalty } from './dragan-penalty.js';
import { gdpp } from './gdpp.js';
import { gradientMatching } from './gradient-matching.js';
import { gradientPenalty } from './gradient-penalty.js';
import { latentDataDistance } from './latent-data-distance.js';
import { neighbourEmbedding } from './neighbour-embedding.js';
import { reconstruction } from './reconstruction.js';
import { r1, r2 } from './zero-centred-penalties.js';

export { gradientMatching, type GradientMatchingOptions } from './gradient-matching.js';
export { gradientPenalty, type GradientPenaltyOptions } from './gradient-penalty.js';
export { latentDataDistance, type LatentDataDistanceOptions } from './latent-data-distance.js';
export { neighbourEmbedding, type NeighbourEmbeddingOptions } from './neighbour-embedding.js';
export { reconstruction, type ReconstructionOptions } from './reconstruction.js';
export { draganPenalty, type DraganPenaltyOptions } from './dragan-penalty.js';
export { r1, r2, type ZeroCentredPenaltyOptions } from './zero-centred-penalties.js';
export { balancedConsistency, type BalancedConsistencyOptions } from './balanced-consistency.js';
export { diversityPenalty, type DiversityPenaltyOptions } from './diversity-penalty.js';
export { gdpp, type GdppOptions } from './gdpp.js';
export { leCam, type LeCamOptions } from './lecam.js';

/** Every regulariser of this package by its id, for config files and command lines. */
export const regularisers = {
  'gradient-penalty': gradientPenalty,
  r1,
  r2,
  'dragan-penalty': draganPenalty,
  reconstruction,
  'latent-data-distance': latentDataDistance,
  'neighbour-embedding': neighbourEmbedding,
  'gradient-matching': gradientMatching,
  'balanced-consistency': balancedConsistency,
  'le-cam': leCam,
  'diversity-penalty': diversityPenalty,
  gdpp,
} as const;
