// @dist-gan/methods

export type AaeOptions = v.InferInput<typeof schema>;

export type AdamMethodOptions = v.InferOutput<v.StrictObjectSchema<ReturnType<typeof adamEntries>, undefined>>;

export type AeOtGanOptions = v.InferInput<typeof schema>;

export type AeOtOptions = v.InferInput<typeof aeOtSchema>;

export type AliOptions = v.InferInput<typeof schema>;

export type BalancedConsistencyOptions = v.InferInput<typeof schema>;

export type BeganOptions = v.InferInput<typeof schema>;

export type Dan2SOptions = v.InferInput<typeof dan2SSchema>;

export type DanSOptions = v.InferInput<typeof danSSchema>;

export type DistGanOptions = v.InferInput<typeof distGanSchema>;

export type DiversityPenaltyOptions = v.InferInput<typeof schema>;

export type DraganOptions = v.InferInput<typeof schema>;

export type DraganPenaltyOptions = v.InferInput<typeof schema>;

export type EbganOptions = v.InferInput<typeof schema>;

export type GanOptions = v.InferInput<typeof schema>;

export type GdppOptions = v.InferInput<typeof schema>;

export type GnGanOptions = v.InferInput<typeof schema>;

export type GradientMatchingOptions = v.InferInput<typeof schema>;

export type GradientPenaltyOptions = v.InferInput<typeof schema>;

export type InfoGanOptions = v.InferInput<typeof schema>;

export type LatentDataDistanceOptions = v.InferInput<typeof schema>;

export type LeCamOptions = v.InferInput<typeof schema>;

export type LsganOptions = v.InferInput<typeof schema>;

export type MdganOptions = v.InferInput<typeof schema>;

export type NeighbourEmbeddingOptions = v.InferInput<typeof schema>;

export type R3ganOptions = v.InferInput<typeof schema>;

export type ReconstructionOptions = v.InferInput<typeof schema>;

export type RegGanOptions = v.InferInput<typeof schema>;

export type RegulariserList = readonly (Regulariser | RegulariserReference)[];

export type RpGanOptions = v.InferInput<typeof schema>;

export type SnGanOptions = v.InferInput<typeof schema>;

export type UnrolledOptions = v.InferInput<typeof schema>;

export type VaeganOptions = v.InferInput<typeof schema>;

export type VeeganOptions = v.InferInput<typeof schema>;

export type WganGpOptions = v.InferInput<typeof schema>;

export type WganOptions = v.InferInput<typeof schema>;

export type ZeroCentredPenaltyOptions = v.InferInput<typeof schema>;

export declare function aae(options?: AaeOptions): Method;

export declare function aeOt(given?: AeOtOptions): Recipe;

export declare function aeOtGan(given?: AeOtGanOptions): Recipe;

export declare function ali(options?: AliOptions): Method;

export declare function balancedConsistency(options?: BalancedConsistencyOptions): Regulariser;

export declare function began(options?: BeganOptions): Method;

export declare function bigan(options?: AliOptions): Method;

export declare function dan2S(options?: Dan2SOptions): Method;

export declare function danS(options?: DanSOptions): Method;

export declare function distGan(options?: DistGanOptions): Method;

export declare const distGan1Fake: (options?: DistGanOptions) => Method;

export declare const distGan1None: (options?: DistGanOptions) => Method;

export declare const distGan1Real: (options?: DistGanOptions) => Method;

export declare const distGan2: (options?: DistGanOptions) => Method;

export declare function diversityPenalty(options?: DiversityPenaltyOptions): Regulariser;

export declare function dragan(options?: DraganOptions): Method;

export declare function draganPenalty(options?: DraganPenaltyOptions): Regulariser;

export declare function ebgan(options?: EbganOptions): Method;

export declare function gan(options?: GanOptions): Method;

export declare const gan1: (options?: DistGanOptions) => Method;

export declare const gan2: (options?: DistGanOptions) => Method;

export declare function gdpp(options?: GdppOptions): Regulariser;

export declare function gnGan(options?: GnGanOptions): Method;

export declare function gradientMatching(options?: GradientMatchingOptions): Regulariser;

export declare function gradientPenalty(options?: GradientPenaltyOptions): Regulariser;

export declare function infoGan(options?: InfoGanOptions): Method;

export declare function latentDataDistance(options?: LatentDataDistanceOptions): Regulariser;

export declare function leCam(options?: LeCamOptions): Regulariser;

export declare function lsgan(options?: LsganOptions): Method;

export declare function mdgan(options?: MdganOptions): Method;

export declare const methods: {
    readonly 'dist-gan': typeof distGan;
    readonly 'dist-gan-1-real': (options?: import("./dist-gan/options.js").DistGanOptions) => import("@dist-gan/core").Method;
    readonly 'dist-gan-1-fake': (options?: import("./dist-gan/options.js").DistGanOptions) => import("@dist-gan/core").Method;
    readonly 'dist-gan-1-none': (options?: import("./dist-gan/options.js").DistGanOptions) => import("@dist-gan/core").Method;
    readonly 'dist-gan-2': (options?: import("./dist-gan/options.js").DistGanOptions) => import("@dist-gan/core").Method;
    readonly 'gn-gan': typeof gnGan;
    readonly 'gan-1': (options?: import("./dist-gan/options.js").DistGanOptions) => import("@dist-gan/core").Method;
    readonly 'gan-2': (options?: import("./dist-gan/options.js").DistGanOptions) => import("@dist-gan/core").Method;
    readonly gan: typeof gan;
    readonly lsgan: typeof lsgan;
    readonly wgan: typeof wgan;
    readonly 'wgan-gp': typeof wganGp;
    readonly dragan: typeof dragan;
    readonly 'sn-gan': typeof snGan;
    readonly 'rp-gan': typeof rpGan;
    readonly r3gan: typeof r3gan;
    readonly ebgan: typeof ebgan;
    readonly began: typeof began;
    readonly ali: typeof ali;
    readonly bigan: typeof bigan;
    readonly vaegan: typeof vaegan;
    readonly mdgan: typeof mdgan;
    readonly 'reg-gan': typeof regGan;
    readonly veegan: typeof veegan;
    readonly 'dan-s': typeof danS;
    readonly 'dan-2s': typeof dan2S;
    readonly 'info-gan': typeof infoGan;
    readonly aae: typeof aae;
    readonly unrolled: typeof unrolled;
};

export declare function neighbourEmbedding(options?: NeighbourEmbeddingOptions): Regulariser;

export declare function r1(options?: ZeroCentredPenaltyOptions): Regulariser;

export declare function r2(options?: ZeroCentredPenaltyOptions): Regulariser;

export declare function r3gan(options?: R3ganOptions): Method;

export declare const recipes: {
    readonly 'ae-ot': typeof aeOt;
    readonly 'ae-ot-gan': typeof aeOtGan;
};

export declare function reconstruction(options?: ReconstructionOptions): Regulariser;

export declare function regGan(options?: RegGanOptions): Method;

export declare const regularisers: {
    readonly 'gradient-penalty': typeof gradientPenalty;
    readonly r1: typeof r1;
    readonly r2: typeof r2;
    readonly 'dragan-penalty': typeof draganPenalty;
    readonly reconstruction: typeof reconstruction;
    readonly 'latent-data-distance': typeof latentDataDistance;
    readonly 'neighbour-embedding': typeof neighbourEmbedding;
    readonly 'gradient-matching': typeof gradientMatching;
    readonly 'balanced-consistency': typeof balancedConsistency;
    readonly 'le-cam': typeof leCam;
    readonly 'diversity-penalty': typeof diversityPenalty;
    readonly gdpp: typeof gdpp;
};

export declare function rpGan(options?: RpGanOptions): Method;

export declare function snGan(options?: SnGanOptions): Method;

export declare function unrolled(options?: UnrolledOptions): Method;

export declare function vaegan(options?: VaeganOptions): Method;

export declare function veegan(options?: VeeganOptions): Method;

export declare function wgan(options?: WganOptions): Method;

export declare function wganGp(options?: WganGpOptions): Method;

// named above, and not exported

interface RegulariserReference extends ItemReference {
    readonly every?: number;
}

export declare function adamEntries(defaults: {
    learningRate: number;
    beta1: number;
    beta2: number;
}): {
    learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
};

export declare const aeOtSchema: v.StrictObjectSchema<{
    steps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 2000>;
    refineSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1000>;
    learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.001>;
    codeWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.00001>;
    codes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    tolerance: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.002>;
    transportSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 20000>;
    maximumSamples: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MaxValueAction<number, number, "must be at most 2^24">
    ]>, undefined>;
    threshold: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>,
        v.MaxValueAction<number, number, "must be at most pi">
    ]>, 0.7>;
    interpolation: v.OptionalSchema<v.PicklistSchema<readonly [
        "barycentric",
        "pair"
    ], string>, "pair">;
    neighbours: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 5>;
}, undefined>;

declare const dan2SSchema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly setWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly singleSamples: v.OptionalSchema<v.BooleanSchema<"must be true or false">, false>;
    readonly setSize: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 32>;
    readonly generatorPairs: v.OptionalSchema<v.PicklistSchema<readonly [
        "alike",
        "as-released"
    ], string>, "alike">;
}, undefined>;

declare const danSSchema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly setWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly singleSamples: v.OptionalSchema<v.BooleanSchema<"must be true or false">, false>;
    readonly setSize: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
}, undefined>;

export declare const distGanSchema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly generatorLoss: v.OptionalSchema<v.PicklistSchema<readonly [
        "score-distance",
        "non-saturating",
        "minimax"
    ], string>, "score-distance">;
    readonly autoencoder: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly autoencoderUpdates: v.OptionalSchema<v.PicklistSchema<readonly [
        "encoder-and-generator",
        "encoder"
    ], string>, "encoder-and-generator">;
    readonly reconstructionLoss: v.OptionalSchema<v.PicklistSchema<readonly [
        "feature-squared-error",
        "squared-error",
        "sigmoid-cross-entropy"
    ], string>, "feature-squared-error">;
    readonly latentDataWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly latentDataSpace: v.OptionalSchema<v.PicklistSchema<readonly [
        "features",
        "samples"
    ], string>, "features">;
    readonly latentDataSource: v.OptionalSchema<v.PicklistSchema<readonly [
        "reconstructed",
        "real"
    ], string>, "reconstructed">;
    readonly latentWeight: v.OptionalSchema<v.UnionSchema<[
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>,
        v.LiteralSchema<"from-dimensions", undefined>
    ], "must be a number of 0 or more, or from-dimensions">, "from-dimensions">;
    readonly discriminatorLoss: v.OptionalSchema<v.PicklistSchema<readonly [
        "log",
        "hinge"
    ], string>, "log">;
    readonly hingeOn: v.OptionalSchema<v.PicklistSchema<readonly [
        "logits",
        "sigmoid"
    ], string>, "logits">;
    readonly reconstructedLabel: v.OptionalSchema<v.PicklistSchema<readonly [
        "real",
        "fake",
        "none"
    ], string>, "real">;
    readonly realWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.95>;
    readonly reconstructedWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.05>;
    readonly fakeWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly reconstructedFade: v.OptionalSchema<v.PicklistSchema<readonly [
        "second-half",
        "none"
    ], string>, "second-half">;
    readonly gradientPenaltyWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly gradientPenaltyNorm: v.OptionalSchema<v.PicklistSchema<readonly [
        "rms",
        "l2",
        "squared"
    ], string>, "rms">;
    readonly gradientPenaltySign: v.OptionalSchema<v.PicklistSchema<readonly [
        "plus",
        "minus"
    ], string>, "plus">;
    readonly batches: v.OptionalSchema<v.PicklistSchema<readonly [
        "fresh",
        "shared",
        "shared-outside-discriminator"
    ], string>, "fresh">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly gamma: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 10>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.00005>;
    readonly weightLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.01>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly gradientPenaltyWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 10>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly reconstructionWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly reconstructionSpace: v.OptionalSchema<v.PicklistSchema<readonly [
        "samples",
        "features"
    ], string>, "samples">;
    readonly reconstructionWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.000001>;
    readonly divergenceWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.001>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly unrolledSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 5>;
    readonly generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.001>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly loss: v.OptionalSchema<v.PicklistSchema<readonly [
        "hinge",
        "log"
    ], string>, "hinge">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly against: v.OptionalSchema<v.PicklistSchema<readonly [
        "pair",
        "average"
    ], string>, "pair">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly reconstructionWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.01>;
    readonly scoreWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.01>;
    readonly score: v.OptionalSchema<v.PicklistSchema<readonly [
        "log-score",
        "as-released"
    ], string>, "log-score">;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly loss: v.OptionalSchema<v.PicklistSchema<readonly [
        "feature-squared-error",
        "squared-error",
        "sigmoid-cross-entropy"
    ], string>, "feature-squared-error">;
    readonly updates: v.OptionalSchema<v.PicklistSchema<readonly [
        "encoder-and-generator",
        "encoder"
    ], string>, "encoder-and-generator">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly gamma: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly rows: v.OptionalSchema<v.PicklistSchema<readonly [
        "encoded-and-drawn",
        "encoded",
        "drawn"
    ], string>, "encoded-and-drawn">;
    readonly space: v.OptionalSchema<v.PicklistSchema<readonly [
        "features",
        "samples"
    ], string>, "features">;
    readonly bandwidth: v.OptionalSchema<v.UnionSchema<[
        v.PicklistSchema<readonly [
            "variance-of-distances",
            "squared-variance-of-distances",
            "variance-of-squared-distances",
            "squared-variance-of-squared-distances"
        ], string>,
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>
    ], "must be a number above 0 or a variance of distances">, "variance-of-distances">;
    readonly distances: v.OptionalSchema<v.PicklistSchema<readonly [
        "squared",
        "plain"
    ], string>, "squared">;
    readonly bandwidthOf: v.OptionalSchema<v.PicklistSchema<readonly [
        "compared",
        "real"
    ], string>, "compared">;
    readonly latentGradient: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly updates: v.OptionalSchema<v.PicklistSchema<readonly [
        "encoder-and-generator",
        "encoder"
    ], string>, "encoder-and-generator">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly scoreWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.01>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.3>;
    readonly decay: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, 0.99>;
    readonly form: v.OptionalSchema<v.PicklistSchema<readonly [
        "two-sided",
        "one-sided"
    ], string>, "two-sided">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly space: v.OptionalSchema<v.PicklistSchema<readonly [
        "features",
        "samples"
    ], string>, "features">;
    readonly source: v.OptionalSchema<v.PicklistSchema<readonly [
        "reconstructed",
        "real"
    ], string>, "reconstructed">;
    readonly latentWeight: v.OptionalSchema<v.UnionSchema<[
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>,
        v.LiteralSchema<"from-dimensions", undefined>
    ], "must be a number of 0 or more, or from-dimensions">, "from-dimensions">;
    readonly updates: v.OptionalSchema<v.PicklistSchema<readonly [
        "encoder-and-generator",
        "encoder"
    ], string>, "encoder-and-generator">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly categories: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>,
        v.CheckAction<number, "must be a whole number of 0 or more">
    ]>, 10>;
    readonly continuous: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>,
        v.CheckAction<number, "must be a whole number of 0 or more">
    ]>, 2>;
    readonly informationWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.001>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 10>;
    readonly norm: v.OptionalSchema<v.PicklistSchema<readonly [
        "rms",
        "l2",
        "squared"
    ], string>, "l2">;
    readonly target: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly sign: v.OptionalSchema<v.PicklistSchema<readonly [
        "plus",
        "minus"
    ], string>, "plus">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    gradientWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    productWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    of: v.OptionalSchema<v.PicklistSchema<readonly [
        "sigmoid",
        "logit"
    ], string>, "sigmoid">;
    compare: v.OptionalSchema<v.PicklistSchema<readonly [
        "gradients",
        "norms"
    ], string>, "gradients">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly discriminatorLoss: v.OptionalSchema<v.PicklistSchema<readonly [
        "log",
        "hinge"
    ], string>, "log">;
    readonly alpha: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>,
        v.MaxValueAction<number, 1, "must be from 0 to 1">
    ]>, 0.05>;
    readonly gradientPenaltyWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly gradientPenaltyNorm: v.OptionalSchema<v.PicklistSchema<readonly [
        "rms",
        "l2",
        "squared"
    ], string>, "rms">;
    readonly reconstructionLoss: v.OptionalSchema<v.PicklistSchema<readonly [
        "feature-squared-error",
        "squared-error",
        "sigmoid-cross-entropy"
    ], string>, "feature-squared-error">;
    readonly autoencoderUpdates: v.OptionalSchema<v.PicklistSchema<readonly [
        "encoder-and-generator",
        "encoder"
    ], string>, "encoder-and-generator">;
    readonly neighbourEmbedding: v.OptionalSchema<v.StrictObjectSchema<{
        weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>, 1>;
        rows: v.OptionalSchema<v.PicklistSchema<readonly [
            "encoded-and-drawn",
            "encoded",
            "drawn"
        ], string>, "encoded-and-drawn">;
        space: v.OptionalSchema<v.PicklistSchema<readonly [
            "features",
            "samples"
        ], string>, "features">;
        bandwidth: v.OptionalSchema<v.UnionSchema<[
            v.PicklistSchema<readonly [
                "variance-of-distances",
                "squared-variance-of-distances",
                "variance-of-squared-distances",
                "squared-variance-of-squared-distances"
            ], string>,
            v.SchemaWithPipe<readonly [
                v.NumberSchema<"must be a number">,
                v.FiniteAction<number, "must be finite">,
                v.GtValueAction<number, 0, "must be above 0">
            ]>
        ], "must be a number above 0 or a variance of distances">, "variance-of-distances">;
        distances: v.OptionalSchema<v.PicklistSchema<readonly [
            "squared",
            "plain"
        ], string>, "squared">;
        bandwidthOf: v.OptionalSchema<v.PicklistSchema<readonly [
            "compared",
            "real"
        ], string>, "compared">;
        latentGradient: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    }, undefined>, {}>;
    readonly score: v.OptionalSchema<v.PicklistSchema<readonly [
        "sigmoid",
        "logit"
    ], string>, "sigmoid">;
    readonly gradientMatching: v.OptionalSchema<v.StrictObjectSchema<{
        readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>, 1>;
        readonly gradientWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>, 1>;
        readonly productWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>, 1>;
        readonly compare: v.OptionalSchema<v.PicklistSchema<readonly [
            "gradients",
            "norms"
        ], string>, "gradients">;
    }, undefined>, {}>;
    readonly batches: v.OptionalSchema<v.PicklistSchema<readonly [
        "fresh",
        "shared",
        "shared-outside-discriminator"
    ], string>, "fresh">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly magnitudeWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.0001>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly generatorLoss: v.OptionalSchema<v.PicklistSchema<readonly [
        "non-saturating",
        "minimax"
    ], string>, "non-saturating">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly margin: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly pullAwayWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.1>;
    readonly pullAwayOf: v.OptionalSchema<v.PicklistSchema<readonly [
        "squared-cosine",
        "cosine"
    ], string>, "squared-cosine">;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 10>;
    readonly perturbation: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.5>;
    readonly interpolation: v.OptionalSchema<v.PicklistSchema<readonly [
        "sample",
        "none"
    ], string>, "sample">;
    readonly norm: v.OptionalSchema<v.PicklistSchema<readonly [
        "l2",
        "rms",
        "squared"
    ], string>, "l2">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, number>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly penalties: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly regularisers: v.OptionalSchema<v.CustomSchema<import("../index.js").RegulariserList, v.ErrorMessage<v.CustomIssue> | undefined>, readonly [
    ]>;
    readonly generatorLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly penaltyWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 10>;
    readonly perturbation: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.5>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly weight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly steepness: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>,
        v.MaxValueAction<number, 80, "must be 80 at most">
    ]>, 5>;
    readonly space: v.OptionalSchema<v.PicklistSchema<readonly [
        "features",
        "samples"
    ], string>, "features">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly gamma: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.MinValueAction<number, 0, "must be 0 or more">
        ]>,
        v.MaxValueAction<number, 1, "must be from 0 to 1">
    ]>, 0.75>;
    readonly balanceRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.001>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly realWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 10>;
    readonly fakeWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 10>;
    readonly flip: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly translation: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly noise: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly discriminatorSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly steps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 2000>;
    readonly refineSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1000>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.001>;
    readonly codeWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.00001>;
    readonly codes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly tolerance: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.002>;
    readonly transportSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 20000>;
    readonly maximumSamples: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MaxValueAction<number, number, "must be at most 2^24">
    ]>, undefined>;
    readonly threshold: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>,
        v.MaxValueAction<number, number, "must be at most pi">
    ]>, 0.7>;
    readonly interpolation: v.OptionalSchema<v.PicklistSchema<readonly [
        "barycentric",
        "pair"
    ], string>, "pair">;
    readonly neighbours: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 5>;
    readonly ganSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 5000>;
    readonly draws: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 20000>;
    readonly discriminatorLoss: v.OptionalSchema<v.PicklistSchema<readonly [
        "hinge",
        "log"
    ], string>, "hinge">;
    readonly adversarialPairs: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly contentWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 10>;
    readonly featureWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1>;
    readonly ganLearningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.0002>;
    readonly ganBeta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, 0.5>;
    readonly ganBeta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, 0.9>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly learningRateSchedule: v.OptionalSchema<v.GenericSchema<import("@dist-gan/core").LearningRateSchedule>, undefined>;
    readonly gradientNormLimit: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, number>;
    readonly beta1: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly beta2: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, number>;
    readonly reconstructionError: v.OptionalSchema<v.PicklistSchema<readonly [
        "absolute",
        "squares"
    ], string>, "absolute">;
    readonly reconstructionWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.999>;
    readonly adversarialWeight: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.001>;
    readonly packing: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;
