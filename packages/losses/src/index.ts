import './install-gradients.js';

export { minimaxDiscriminatorLoss, minimaxGeneratorLoss } from './adversarial/minimax.js';
export { nonSaturatingGeneratorLoss } from './adversarial/non-saturating.js';
export { leastSquaresDiscriminatorLoss, leastSquaresGeneratorLoss } from './adversarial/least-squares.js';
export { hingeDiscriminatorLoss, hingeGeneratorLoss } from './adversarial/hinge.js';
export { wassersteinDiscriminatorLoss, wassersteinGeneratorLoss } from './adversarial/wasserstein.js';
export { discriminatorScoreDistance } from './dist-gan/discriminator-score-distance.js';
export { latentDataDistance, type LatentDataDistanceOptions } from './dist-gan/latent-data-distance.js';
export {
  distGanDiscriminatorLoss,
  type DistGanDiscriminatorLoss,
  type DistGanDiscriminatorOptions,
} from './dist-gan/discriminator-loss.js';
export { squaredErrorReconstructionLoss } from './reconstruction/squared-error.js';
export { sigmoidCrossEntropyReconstructionLoss } from './reconstruction/sigmoid-cross-entropy.js';
export { gradientPenalty, type GradientPenaltyOptions } from './penalties/gradient-penalty.js';
export { interpolate } from './penalties/interpolate.js';
export { neighbourEmbedding, type NeighbourEmbeddingOptions } from './gn-gan/neighbour-embedding.js';
export {
  gradientMatching,
  type GradientMatchingLoss,
  type GradientMatchingOptions,
} from './gn-gan/gradient-matching.js';
export {
  relativisticAverageDiscriminatorLoss,
  relativisticAverageGeneratorLoss,
  relativisticPairingDiscriminatorLoss,
  relativisticPairingGeneratorLoss,
} from './adversarial/relativistic.js';
export { squaredGradient } from './penalties/squared-gradient.js';
export { leCam } from './penalties/lecam.js';
export {
  diversityPenalty,
  largestSteepness,
  type DiversityPenaltyOptions,
} from './diversity/diversity-penalty.js';
export { gdpp, type GdppOptions } from './diversity/gdpp.js';
export { pullAwayTerm } from './energy/pull-away.js';
export { unrolledWeights, type UnrolledAdam } from './unrolled/unrolled-weights.js';
