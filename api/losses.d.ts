// @dist-gan/losses

export interface DistGanDiscriminatorLoss {
    readonly total: tf.Scalar;
    readonly terms: {
        readonly real: tf.Scalar;
        readonly reconstructed?: tf.Scalar;
        readonly fake: tf.Scalar;
    };
}

export interface DistGanDiscriminatorOptions {
    readonly form?: 'log' | 'hinge';
    readonly hingeOn?: 'logits' | 'sigmoid';
    readonly reconstructedLabel?: 'real' | 'fake' | 'none';
    readonly realWeight?: number | tf.Scalar;
    readonly reconstructedWeight?: number | tf.Scalar;
    readonly fakeWeight?: number | tf.Scalar;
}

export interface DiversityPenaltyOptions {
    readonly steepness?: number;
}

export interface GdppOptions {
    readonly magnitudeWeight?: number;
}

export interface GradientMatchingLoss {
    readonly total: tf.Scalar;
    readonly terms: {
        readonly gradientDifference: tf.Scalar;
        readonly productDifference: tf.Scalar;
    };
}

export interface GradientMatchingOptions {
    readonly gradientWeight?: number;
    readonly productWeight?: number;
    readonly of?: 'sigmoid' | 'logit';
    readonly compare?: 'gradients' | 'norms';
}

export interface GradientPenaltyOptions {
    readonly norm: 'rms' | 'l2' | 'squared';
    readonly target?: number;
}

export interface LatentDataDistanceOptions {
    readonly latentWeight?: number | 'from-dimensions';
}

export interface NeighbourEmbeddingOptions {
    readonly bandwidth?: (typeof bandwidths)[number] | number;
    readonly distances?: 'squared' | 'plain';
    readonly latentGradient?: boolean;
}

export interface UnrolledAdam {
    readonly steps: number;
    readonly learningRate: number;
    readonly beta1: number;
    readonly beta2: number;
}

export declare function discriminatorScoreDistance(tensors: {
    readonly realLogits: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
}, { of }?: {
    readonly of?: 'sigmoid' | 'logit';
}): tf.Scalar;

export declare function distGanDiscriminatorLoss(tensors: {
    readonly realLogits: tf.Tensor;
    readonly reconstructedLogits?: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
}, { form, hingeOn, reconstructedLabel, realWeight, reconstructedWeight, fakeWeight, }?: DistGanDiscriminatorOptions): DistGanDiscriminatorLoss;

export declare function diversityPenalty(tensors: {
    readonly latents: tf.Tensor;
    readonly features: tf.Tensor;
}, { steepness }?: DiversityPenaltyOptions): tf.Scalar;

export declare function gdpp(tensors: {
    readonly realFeatures: tf.Tensor;
    readonly fakeFeatures: tf.Tensor;
}, { magnitudeWeight }?: GdppOptions): tf.Scalar;

export declare function gradientMatching(arguments_: {
    readonly discriminate: (samples: tf.Tensor) => tf.Tensor;
    readonly realSamples: tf.Tensor;
    readonly fakeSamples: tf.Tensor;
}, { gradientWeight, productWeight, of, compare, }?: GradientMatchingOptions): GradientMatchingLoss;

export declare function gradientPenalty(arguments_: {
    readonly discriminate: (samples: tf.Tensor) => tf.Tensor;
    readonly samples: tf.Tensor;
}, options: GradientPenaltyOptions): tf.Scalar;

export declare function hingeDiscriminatorLoss(tensors: {
    readonly realLogits: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

export declare function hingeGeneratorLoss(tensors: {
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

export declare function interpolate<Samples extends tf.Tensor>(tensors: {
    readonly realSamples: Samples;
    readonly fakeSamples: Samples;
    readonly coefficients: tf.Tensor;
}): Samples;

export declare const largestSteepness = 80;

export declare function latentDataDistance(tensors: {
    readonly reconstructed: tf.Tensor;
    readonly generated: tf.Tensor;
    readonly encoded: tf.Tensor;
    readonly latents: tf.Tensor;
}, { latentWeight }?: LatentDataDistanceOptions): tf.Scalar;

export declare function leCam(tensors: {
    readonly realLogits: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
    readonly realAverage: tf.Scalar;
    readonly fakeAverage: tf.Scalar;
}, { form }?: {
    readonly form?: 'two-sided' | 'one-sided';
}): tf.Scalar;

export declare function leastSquaresDiscriminatorLoss(tensors: {
    readonly realLogits: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

export declare function leastSquaresGeneratorLoss(tensors: {
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

export declare function minimaxDiscriminatorLoss(tensors: {
    readonly realLogits: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

export declare function minimaxGeneratorLoss(tensors: {
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

export declare function neighbourEmbedding(tensors: {
    readonly latents: tf.Tensor;
    readonly samples: tf.Tensor;
    readonly reference?: tf.Tensor;
}, { bandwidth, distances, latentGradient, }?: NeighbourEmbeddingOptions): tf.Scalar;

export declare function nonSaturatingGeneratorLoss(tensors: {
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

export declare function pullAwayTerm(tensors: {
    readonly codes: tf.Tensor2D;
}, { of }?: {
    readonly of?: 'squared-cosine' | 'cosine';
}): tf.Scalar;

export declare function relativisticAverageDiscriminatorLoss(tensors: Logits): tf.Scalar;

export declare function relativisticAverageGeneratorLoss(tensors: Logits): tf.Scalar;

export declare function relativisticPairingDiscriminatorLoss(tensors: Logits): tf.Scalar;

export declare function relativisticPairingGeneratorLoss(tensors: Logits): tf.Scalar;

export declare function sigmoidCrossEntropyReconstructionLoss(tensors: {
    readonly target: tf.Tensor;
    readonly reconstructionLogits: tf.Tensor;
}): tf.Scalar;

export declare function squaredErrorReconstructionLoss(tensors: {
    readonly target: tf.Tensor;
    readonly reconstruction: tf.Tensor;
}): tf.Scalar;

export declare function squaredGradient(arguments_: {
    readonly discriminate: (samples: tf.Tensor) => tf.Tensor;
    readonly samples: tf.Tensor;
}): tf.Scalar;

export declare function unrolledWeights(arguments_: {
    readonly loss: (weights: readonly tf.Tensor[]) => tf.Scalar;
    readonly weights: readonly tf.Tensor[];
}, { steps, learningRate, beta1, beta2 }: UnrolledAdam): tf.Tensor[];

export declare function wassersteinDiscriminatorLoss(tensors: {
    readonly realLogits: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

export declare function wassersteinGeneratorLoss(tensors: {
    readonly fakeLogits: tf.Tensor;
}): tf.Scalar;

// named above, and not exported

interface Logits {
    readonly realLogits: tf.Tensor;
    readonly fakeLogits: tf.Tensor;
}

declare const bandwidths: readonly [
    'variance-of-distances',
    'squared-variance-of-distances',
    'variance-of-squared-distances',
    'squared-variance-of-squared-distances'
];
