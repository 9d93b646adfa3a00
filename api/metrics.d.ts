// @dist-gan/metrics

export type Counts = ArrayLike<number>;

export interface Curve {
    readonly precision: Float64Array;
    readonly recall: Float64Array;
}

export type DensityCoverageOptions = v.InferInput<typeof densityCoverageSchema>;

export interface EvaluationProtocol {
    readonly id: string;
    readonly title: string;
    readonly source: string;
    readonly preparation: PublishedPreparation;
    readonly layer: '2048';
    readonly partialBatch: 'kept' | 'dropped';
    readonly frechetDistance: FrechetOptions;
    readonly kernelDistance?: KernelOptions;
    readonly inceptionScore?: InceptionScoreOptions;
    readonly precisionRecall?: PrecisionRecallOptions;
    readonly samples?: {
        readonly real: {
            readonly split: 'train' | 'test';
            readonly count: number;
        };
        readonly generated: number;
    };
}

export type EvaluationProtocolId = keyof typeof evaluationProtocols;

export interface FeatureMetric<Schema extends OptionsSchema = OptionsSchema, Needs extends Need = Need, Compares extends boolean = boolean> extends Omit<Definition<Schema, Needs, Compares>, 'measure' | 'compares'> {
    readonly kind: 'features';
    readonly compares: Compares;
    readonly inception?: Readonly<Record<string, string>>;
    readonly measure: (sets: RealAndGenerated<Features | FeatureStatistics>, options: unknown, run: RunOptions) => Promise<readonly MetricResult[]>;
}

export declare class FeatureMoments {
    readonly dimension: number;
    readonly protocol?: FeatureProtocol;
    private readonly sums;
    private readonly waiting;
    private waitingCount;
    private room?;
    constructor(dimension: number, protocol?: FeatureProtocol);
    static from({ count, mean, comoments }: FeatureSums, protocol?: FeatureProtocol): FeatureMoments;
    get count(): number;
    update(features: Features, run?: RunOptions): Promise<void>;
    merge(other: FeatureMoments): Promise<void>;
    seen(run?: RunOptions): Promise<FeatureSums>;
    statistics({ ddof, ...run }?: {
        ddof?: 0 | 1;
    } & RunOptions): Promise<FeatureStatistics>;
    private checkDimension;
    private sumWaiting;
}

export interface FeatureProtocol extends JsonObject {
    readonly extractor: string;
}

export interface FeatureStatistics {
    readonly dimension: number;
    readonly mean: Float64Array;
    readonly covariance: Float64Array;
    readonly count?: number;
    readonly ddof: 0 | 1;
    readonly protocol?: FeatureProtocol;
}

export interface FeatureStatisticsOptions extends RunOptions {
    readonly ddof?: 0 | 1;
    readonly split?: FeatureProtocol['split'];
    readonly cache?: StatisticsCache;
    readonly onNotice?: (message: string) => void;
}

export interface FeatureSums {
    readonly count: number;
    readonly mean: Float64Array;
    readonly comoments: Float64Array;
}

export interface Features {
    readonly data: Float32Array | Float64Array;
    readonly dimension: number;
    readonly protocol?: FeatureProtocol;
}

export type FrechetAtInfinityOptions = v.InferInput<typeof schema>;

export interface FrechetAtInfinityResult extends MetricResult {
    readonly points: readonly {
        readonly samples: number;
        readonly distance: number;
    }[];
}

export declare class FrechetMetric implements Metric {
    private readonly real;
    readonly id = "frechet-distance";
    readonly protocol: JsonObject;
    private readonly options;
    private readonly moments;
    constructor(real: FeatureStatistics, options?: FrechetOptions);
    update(samples: SampleBatch): Promise<void>;
    merge(other: FrechetMetric): Promise<void>;
    results(): Promise<readonly MetricResult[]>;
}

export type FrechetOptions = v.InferInput<typeof frechetSchema>;

export interface FrechetResult extends MetricResult {
    readonly meanTerm: number;
    readonly covarianceTerm: number;
}

export type InceptionScoreOptions = v.InferInput<typeof inceptionScoreSchema>;

export type KernelOptions = v.InferInput<typeof kernelSchema>;

export declare class LabelHistogram implements Metric<ArrayLike<number>> {
    readonly id = "label-histogram";
    readonly protocol: JsonObject;
    readonly counts: Float64Array;
    private readonly reference;
    private readonly minimumCount;
    private count;
    constructor(options: LabelHistogramOptions);
    update(labels: ArrayLike<number>): void;
    merge(other: LabelHistogram): void;
    results(): readonly MetricResult[];
}

export type LabelHistogramOptions = v.InferInput<typeof schema>;

export interface MatrixEngine {
    readonly id: string;
    product(request: ProductRequest): Promise<Float64Array>;
    roughProduct?(request: RoughProductRequest): Promise<Float32Array>;
}

export type MatrixNumbers = Float32Array | Float64Array;

export declare class MeanDensityKl implements Metric {
    readonly id = "mean-density-kl";
    readonly protocol: JsonObject;
    private readonly options;
    private readonly real;
    private readonly generated;
    constructor(options?: MeanDensityKlOptions);
    update(samples: SampleBatch): void;
    updateReal(samples: SampleBatch): void;
    merge(other: MeanDensityKl): void;
    results(): readonly MetricResult[];
}

export type MeanDensityKlOptions = v.InferInput<typeof schema>;

export interface MetricEnvironment {
    readonly onNotice?: (message: string) => void;
    readonly onDispose?: (dispose: () => Promise<void>) => void;
    readonly inception?: (options: {
        readonly preparation: EvaluationProtocol['preparation'];
        readonly weights?: string;
    }) => InceptionFeatures;
    readonly statisticsCache?: StatisticsCache;
    readonly digitClassifier?: (folder?: string) => Promise<FeatureExtractor | undefined>;
}

export type MetricId = keyof typeof metrics;

export type MetricOptions<Id extends MetricId> = OptionsOf<(typeof metrics)[Id]>;

export declare class ModeCoverage implements Metric {
    readonly id = "mode-coverage";
    readonly protocol: JsonObject;
    readonly counts: Float64Array;
    private readonly nearestCounts;
    private readonly options;
    private readonly dimension;
    private count;
    private withinSomeRadius;
    constructor(options: ModeCoverageOptions);
    update(samples: SampleBatch): void;
    merge(other: ModeCoverage): void;
    results(): readonly MetricResult[];
    private covers;
    private register;
}

export interface ModeCoverageOptions extends Omit<Input, 'centres'> {
    readonly centres: readonly (readonly number[])[];
}

export type MsSsimOptions = v.InferInput<typeof msSsimSchema>;

export interface PrecisionRecallCurve extends Curve {
    readonly results: MetricResult[];
}

export type PrecisionRecallCurveOptions = v.InferInput<typeof schema>;

export type PrecisionRecallOptions = v.InferInput<typeof precisionRecallSchema>;

export interface ProductRequest {
    readonly a: MatrixNumbers;
    readonly b: MatrixNumbers;
    readonly depth: number;
    readonly into?: Float64Array;
}

export interface ProtocolDifference {
    readonly path: string;
    readonly one: JsonValue | undefined;
    readonly other: JsonValue | undefined;
}

export interface RealAndGenerated<Set = Features> {
    readonly real: Set;
    readonly generated: Set;
}

export type RealismOptions = v.InferInput<typeof schema>;

export interface RealismResult extends MetricResult {
    readonly scores: Float64Array;
}

export interface ResultComparison {
    readonly difference: number;
    readonly protocolDifferences: readonly ProtocolDifference[];
}

export interface RoughProductRequest {
    readonly a: Float32Array;
    readonly b: Float32Array;
    readonly depth: number;
    readonly into?: Float32Array;
}

export interface RunOptions {
    readonly onProgress?: (done: number) => void;
    readonly signal?: AbortSignal;
    readonly engine?: MatrixEngine;
}

export interface SampleMetric<Options = unknown> {
    readonly kind: 'samples';
    readonly id: string;
    readonly title: string;
    create(options: Options | undefined, dataset: Dataset, environment: MetricEnvironment): Promise<(() => Metric) | undefined>;
}

export type SlicedWassersteinOptions = v.InferInput<typeof slicedWassersteinSchema>;

export interface StatisticsCache {
    readonly folder: string;
    check(): void;
    read(key: StatisticsKey): Promise<FeatureStatistics | undefined>;
    write(key: StatisticsKey, statistics: FeatureStatistics): Promise<void>;
}

export interface StatisticsKey extends JsonObject {
    readonly images: string;
    readonly count: number;
    readonly extractor: string;
    readonly ddof: 0 | 1;
}

export type VendiOptions = v.InferInput<typeof vendiSchema>;

export declare function authenticPercentage(sets: RealAndGenerated, options?: RunOptions): Promise<MetricResult>;

export declare function compareResults(one: MetricResult, other: MetricResult, { force }?: {
    force?: boolean;
}): ResultComparison;

export declare function createMetric(id: string, options: unknown, dataset: Dataset, environment?: MetricEnvironment): Promise<(() => Metric) | undefined>;

export declare function densityCoverage(sets: RealAndGenerated, options?: DensityCoverageOptions & RunOptions): Promise<MetricResult[]>;

export declare function differencesOf(one: MetricResult, other: MetricResult): ProtocolDifference[];

export declare function entropy(p: Counts): number;

export declare const evaluationProtocols: {
    readonly ttur: {
        readonly title: 'TTUR, the original FID';
        readonly source: 'Heusel et al. 2017; bioinf-jku/TTUR, fid.py';
        readonly preparation: 'ttur';
        readonly layer: '2048';
        readonly partialBatch: 'dropped';
        readonly frechetDistance: {
            readonly ddof: 1;
        };
        readonly inceptionScore: {
            readonly splits: 10;
            readonly seed: 2020;
        };
        readonly id: 'ttur';
    };
    readonly 'pytorch-fid': {
        readonly id: 'pytorch-fid';
        readonly title: 'pytorch-fid';
        readonly source: 'mseitzer/pytorch-fid, fid_score.py';
        readonly preparation: 'pytorch-fid';
        readonly layer: '2048';
        readonly partialBatch: 'kept';
        readonly frechetDistance: {
            readonly ddof: 1;
        };
    };
    readonly 'torch-fidelity': {
        readonly id: 'torch-fidelity';
        readonly title: 'torch-fidelity';
        readonly source: 'toshas/torch-fidelity, defaults.py';
        readonly preparation: 'torch-fidelity';
        readonly layer: '2048';
        readonly partialBatch: 'kept';
        readonly frechetDistance: {
            readonly ddof: 1;
        };
        readonly kernelDistance: {
            readonly sampling: 'subsets';
            readonly subsets: 100;
            readonly subsetSize: 1000;
            readonly seed: 2020;
        };
        readonly inceptionScore: {
            readonly splits: 10;
            readonly seed: 2020;
        };
        readonly precisionRecall: {
            readonly neighbours: 3;
            readonly boundary: 'inclusive';
        };
    };
    readonly 'clean-fid': {
        readonly id: 'clean-fid';
        readonly title: 'clean-fid, mode "clean"; its program draws the subsets of KID without a seed';
        readonly source: 'GaParmar/clean-fid, fid.py; Parmar, Zhang and Zhu 2022';
        readonly preparation: 'clean-fid';
        readonly layer: '2048';
        readonly partialBatch: 'kept';
        readonly frechetDistance: {
            readonly ddof: 1;
        };
        readonly kernelDistance: {
            readonly sampling: 'subsets';
            readonly subsets: 100;
            readonly subsetSize: 1000;
        };
    };
    readonly 'dist-gan-train': {
        readonly preparation: 'ttur';
        readonly layer: '2048';
        readonly partialBatch: 'dropped';
        readonly frechetDistance: {
            readonly ddof: 1;
        };
        readonly inceptionScore: {
            readonly splits: 10;
            readonly seed: 2020;
        };
        readonly title: 'The evaluation of the Dist-GAN paper: FID by the program of TTUR';
        readonly source: 'Tran, Bui and Cheung 2018, section 4.3';
        readonly id: 'dist-gan-train';
        readonly samples: {
            readonly real: {
                readonly split: 'train';
                readonly count: 10000;
            };
            readonly generated: 5000;
        };
    };
    readonly 'dist-gan-test': {
        readonly preparation: 'ttur';
        readonly layer: '2048';
        readonly partialBatch: 'dropped';
        readonly frechetDistance: {
            readonly ddof: 1;
        };
        readonly inceptionScore: {
            readonly splits: 10;
            readonly seed: 2020;
        };
        readonly title: 'The evaluation of the Dist-GAN paper: FID by the program of TTUR';
        readonly source: 'Tran, Bui and Cheung 2018, section 4.3';
        readonly id: 'dist-gan-test';
        readonly samples: {
            readonly real: {
                readonly split: 'test';
                readonly count: 10000;
            };
            readonly generated: 10000;
        };
    };
};

export declare function fScores({ precision, recall }: Curve, beta: number): Float64Array;

export declare function featureMetric<Schema extends OptionsSchema, Needs extends Need, Compares extends boolean = true>({ compares, measure, ...definition }: Definition<Schema, Needs, Compares>): FeatureMetric<Schema, Needs, Compares>;

export declare function featureStatistics(extractor: FeatureExtractor, images: ImageSource, { ddof, split, cache, onNotice, ...run }?: FeatureStatisticsOptions): Promise<FeatureStatistics>;

export declare function frechetDistance(sets: RealAndGenerated<Features | FeatureStatistics>, options?: FrechetOptions & RunOptions): Promise<FrechetResult>;

export declare function frechetDistanceAtInfinity(sets: {
    readonly real: Features | FeatureStatistics;
    readonly generated: Features;
}, options?: FrechetAtInfinityOptions & RunOptions): Promise<FrechetAtInfinityResult>;

export declare function histogramCurve(generated: Counts, real: Counts, angles?: number): Curve;

export declare function inceptionScore(logits: Features, options?: InceptionScoreOptions & RunOptions): Promise<MetricResult[]>;

export declare function jensenShannonDivergence(p: Counts, q: Counts): number;

export declare function kernelDistance(sets: RealAndGenerated, options?: KernelOptions & RunOptions): Promise<MetricResult[]>;

export declare function klDivergence(p: Counts, q: Counts): number;

export declare function labelHistogram(options: LabelHistogramOptions): LabelHistogram;

export declare function largestF(curve: Curve, beta: number): number;

export declare function meanDensityKl(options?: MeanDensityKlOptions): MeanDensityKl;

export declare const metrics: {
    readonly 'mode-coverage': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'modes-covered': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'registered-points': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'high-quality-share': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'total-variation': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'nearest-total-variation': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly entropy: import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'kl-divergence': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'reverse-kl-divergence': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'jensen-shannon-divergence': import("./index.js").SampleMetric<import("./distributions/mode-coverage-metric.js").TrainingModeCoverageOptions>;
    readonly 'mean-density-kl': import("./index.js").SampleMetric<{
        bins?: number | undefined;
        epsilon?: number | undefined;
    }>;
    readonly 'label-histogram': import("./index.js").SampleMetric<import("./distributions/label-histogram-metric.js").TrainingLabelHistogramOptions>;
    readonly 'ms-ssim': import("./index.js").SampleMetric<{
        pairs?: number | undefined;
        range?: [
            number,
            number
        ] | undefined;
        seed?: number | undefined;
    }>;
    readonly 'frechet-distance': import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly ddof: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            0,
            1
        ], string>, 1>;
    }, undefined>, "statistics", true>;
    readonly 'frechet-distance-at-infinity': import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly ddof: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            0,
            1
        ], string>, 1>;
        readonly points: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<"must be a whole number">,
                import("valibot").SafeIntegerAction<number, "must be a whole number">,
                import("valibot").MinValueAction<number, 1, "must be 1 or more">
            ]>,
            import("valibot").MinValueAction<number, 2, "must be 2 or more">
        ]>, 15>;
        readonly smallest: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<"must be a whole number">,
                import("valibot").SafeIntegerAction<number, "must be a whole number">,
                import("valibot").MinValueAction<number, 1, "must be 1 or more">
            ]>,
            import("valibot").MinValueAction<number, 2, "must be 2 or more">
        ]>, undefined>;
        readonly seed: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 0, "must be 0 or more">
        ]>, 0>;
    }, undefined>, "features", true>;
    readonly 'kernel-distance': import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly estimator: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "unbiased",
            "biased",
            "u-statistic"
        ], string>, "unbiased">;
        readonly subsets: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 100>;
        readonly subsetSize: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 1000>;
        readonly seed: import("valibot").OptionalSchema<import("valibot").NullableSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 0, "must be from 0 to 2^32 - 1">,
            import("valibot").MaxValueAction<number, number, "must be from 0 to 2^32 - 1">
        ]>, undefined>, 2020>;
        readonly blockSize: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 1024>;
        readonly sampling: import("valibot").OptionalSchema<import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "subsets",
            "blocks",
            "all"
        ], string>, "subsets">, "all">;
    }, undefined>, "features", true>;
    readonly precision: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 3>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "inclusive">;
    }, undefined> | import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 5>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "exclusive">;
    }, undefined>, "features", true>;
    readonly recall: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 3>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "inclusive">;
    }, undefined> | import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 5>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "exclusive">;
    }, undefined>, "features", true>;
    readonly density: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 3>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "inclusive">;
    }, undefined> | import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 5>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "exclusive">;
    }, undefined>, "features", true>;
    readonly coverage: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 3>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "inclusive">;
    }, undefined> | import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 5>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "exclusive">;
    }, undefined>, "features", true>;
    readonly realism: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 3>;
    }, undefined>, "features", true>;
    readonly 'authentic-percentage': import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{}, undefined>, "features", true>;
    readonly prd: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly clusters: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 20>;
        readonly runs: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 10>;
        readonly iterations: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 50>;
        readonly angles: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<"must be a whole number">,
                import("valibot").SafeIntegerAction<number, "must be a whole number">,
                import("valibot").MinValueAction<number, 1, "must be 1 or more">
            ]>,
            import("valibot").MinValueAction<number, 3, undefined>,
            import("valibot").MaxValueAction<number, 1000000, undefined>
        ]>, 1001>;
        readonly seed: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 0, "must be 0 or more">
        ]>, 0>;
    }, undefined>, "features", true>;
    readonly 'sliced-wasserstein': import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly directions: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 1000>;
        readonly seed: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 0, "must be 0 or more">
        ]>, 0>;
    }, undefined>, "features", true>;
    readonly 'vendi-score': import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly order: import("valibot").OptionalSchema<import("valibot").UnionSchema<[
            import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<undefined>,
                import("valibot").FiniteAction<number, "must be above 0, or \"infinity\"">,
                import("valibot").GtValueAction<number, 0, "must be above 0, or \"infinity\"">
            ]>,
            import("valibot").LiteralSchema<"infinity", undefined>
        ], "must be above 0, or \"infinity\"">, 1>;
    }, undefined>, "features", false>;
    readonly fid: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly ddof: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            0,
            1
        ], string>, 1>;
    }, undefined>, "statistics", true> & Required<Pick<import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<import("valibot").ObjectEntries, undefined>, import("./features/feature-metric.js").Need, boolean>, "inception">>;
    readonly 'fid-infinity': import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly ddof: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            0,
            1
        ], string>, 1>;
        readonly points: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<"must be a whole number">,
                import("valibot").SafeIntegerAction<number, "must be a whole number">,
                import("valibot").MinValueAction<number, 1, "must be 1 or more">
            ]>,
            import("valibot").MinValueAction<number, 2, "must be 2 or more">
        ]>, 15>;
        readonly smallest: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<"must be a whole number">,
                import("valibot").SafeIntegerAction<number, "must be a whole number">,
                import("valibot").MinValueAction<number, 1, "must be 1 or more">
            ]>,
            import("valibot").MinValueAction<number, 2, "must be 2 or more">
        ]>, undefined>;
        readonly seed: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 0, "must be 0 or more">
        ]>, 0>;
    }, undefined>, "features", true> & Required<Pick<import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<import("valibot").ObjectEntries, undefined>, import("./features/feature-metric.js").Need, boolean>, "inception">>;
    readonly kid: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly estimator: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "unbiased",
            "biased",
            "u-statistic"
        ], string>, "unbiased">;
        readonly sampling: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "subsets",
            "blocks",
            "all"
        ], string>, "subsets">;
        readonly subsets: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 100>;
        readonly subsetSize: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 1000>;
        readonly seed: import("valibot").OptionalSchema<import("valibot").NullableSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 0, "must be from 0 to 2^32 - 1">,
            import("valibot").MaxValueAction<number, number, "must be from 0 to 2^32 - 1">
        ]>, undefined>, 2020>;
        readonly blockSize: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 1024>;
    }, undefined>, "features", true> & Required<Pick<import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<import("valibot").ObjectEntries, undefined>, import("./features/feature-metric.js").Need, boolean>, "inception">>;
    readonly is: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly splits: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 10>;
        readonly seed: import("valibot").OptionalSchema<import("valibot").NullableSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 0, "must be from 0 to 2^32 - 1">,
            import("valibot").MaxValueAction<number, number, "must be from 0 to 2^32 - 1">
        ]>, undefined>, 2020>;
    }, undefined>, "logits", false> & Required<Pick<import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<import("valibot").ObjectEntries, undefined>, import("./features/feature-metric.js").Need, boolean>, "inception">>;
    readonly pr: {
        readonly id: string;
        readonly title: string;
        readonly options: import("valibot").StrictObjectSchema<{
            readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<"must be a whole number">,
                import("valibot").SafeIntegerAction<number, "must be a whole number">,
                import("valibot").MinValueAction<number, 1, "must be 1 or more">
            ]>, 3>;
            readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
                "inclusive",
                "exclusive"
            ], string>, "inclusive">;
        }, undefined> | import("valibot").StrictObjectSchema<{
            readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<"must be a whole number">,
                import("valibot").SafeIntegerAction<number, "must be a whole number">,
                import("valibot").MinValueAction<number, 1, "must be 1 or more">
            ]>, 5>;
            readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
                "inclusive",
                "exclusive"
            ], string>, "exclusive">;
        }, undefined>;
        readonly needs: "features";
        readonly kind: 'features';
        readonly compares: true;
        readonly inception?: Readonly<Record<string, string>>;
        readonly measure: (sets: import("./index.js").RealAndGenerated<import("./index.js").Features | import("./index.js").FeatureStatistics>, options: unknown, run: import("./index.js").RunOptions) => Promise<readonly import("@dist-gan/core").MetricResult[]>;
        readonly protocolOptions: 'precisionRecall';
    } & Required<Pick<import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<import("valibot").ObjectEntries, undefined>, import("./features/feature-metric.js").Need, boolean>, "inception">>;
    readonly prdc: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 3>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "inclusive">;
    }, undefined> | import("valibot").StrictObjectSchema<{
        readonly neighbours: import("valibot").OptionalSchema<import("valibot").SchemaWithPipe<readonly [
            import("valibot").NumberSchema<"must be a whole number">,
            import("valibot").SafeIntegerAction<number, "must be a whole number">,
            import("valibot").MinValueAction<number, 1, "must be 1 or more">
        ]>, 5>;
        readonly boundary: import("valibot").OptionalSchema<import("valibot").PicklistSchema<readonly [
            "inclusive",
            "exclusive"
        ], string>, "exclusive">;
    }, undefined>, "features", true> & Required<Pick<import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<import("valibot").ObjectEntries, undefined>, import("./features/feature-metric.js").Need, boolean>, "inception">>;
    readonly authpct: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{}, undefined>, "features", true> & Required<Pick<import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<import("valibot").ObjectEntries, undefined>, import("./features/feature-metric.js").Need, boolean>, "inception">>;
    readonly vendi: import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<{
        readonly order: import("valibot").OptionalSchema<import("valibot").UnionSchema<[
            import("valibot").SchemaWithPipe<readonly [
                import("valibot").NumberSchema<undefined>,
                import("valibot").FiniteAction<number, "must be above 0, or \"infinity\"">,
                import("valibot").GtValueAction<number, 0, "must be above 0, or \"infinity\"">
            ]>,
            import("valibot").LiteralSchema<"infinity", undefined>
        ], "must be above 0, or \"infinity\"">, 1>;
    }, undefined>, "features", false> & Required<Pick<import("./features/feature-metric.js").FeatureMetric<import("valibot").StrictObjectSchema<import("valibot").ObjectEntries, undefined>, import("./features/feature-metric.js").Need, boolean>, "inception">>;
};

export declare function modeCoverage(options: ModeCoverageOptions): ModeCoverage;

export declare function msSsimDiversity(images: SampleBatch, options?: MsSsimOptions & RunOptions): Promise<MetricResult>;

export declare function multiscaleSimilarity(x: ArrayLike<number>, y: ArrayLike<number>, [height, width, channels]: readonly number[], largest: number): number;

export declare function ofInception<Defined extends FeatureMetric>(metric: Defined, id: string, names?: Readonly<Record<string, string>>): Defined & Required<Pick<FeatureMetric, 'inception'>>;

export declare function onnxEngine(runtime?: unknown): Promise<MatrixEngine>;

export declare function ownEngine(): MatrixEngine;

export declare function precisionRecall(sets: RealAndGenerated, options?: PrecisionRecallOptions & RunOptions): Promise<MetricResult[]>;

export declare function precisionRecallCurve(sets: RealAndGenerated, options?: PrecisionRecallCurveOptions & RunOptions): Promise<PrecisionRecallCurve>;

export declare function precisionRecallDensityCoverage(sets: RealAndGenerated, options?: DensityCoverageOptions & RunOptions): Promise<MetricResult[]>;

export declare function readFeatures(bytes: Uint8Array, file?: string): Promise<Features>;

export declare function readStatistics(bytes: Uint8Array, file?: string): Promise<FeatureStatistics>;

export declare function realism(sets: RealAndGenerated, options?: RealismOptions & RunOptions): Promise<RealismResult>;

export declare function slicedWasserstein(sets: RealAndGenerated, options?: SlicedWassersteinOptions & RunOptions): Promise<MetricResult[]>;

export declare function statisticsCache(folder: string, { onNotice }?: {
    readonly onNotice?: (message: string) => void;
}): StatisticsCache;

export declare function totalVariation(p: Counts, q: Counts): number;

export declare function vendiScore(features: Features, options?: VendiOptions & RunOptions): Promise<MetricResult>;

export declare function writeStatistics(statistics: FeatureStatistics): Promise<Uint8Array>;

// @dist-gan/metrics/extractors

export interface ExtractOptions {
    readonly onProgress?: (done: number) => void;
    readonly signal?: AbortSignal;
}

export interface FeatureExtractor {
    readonly id: string;
    readonly layer: string;
    readonly dimension: number;
    readonly protocol: FeatureProtocol;
    readonly fingerprint?: string;
    extract(images: ImageBatch, options?: ExtractOptions): Promise<Features>;
    dispose(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}

// FeatureProtocol: as above

// Features: as above

export interface FunctionExtractorOptions {
    readonly id: string;
    readonly layer?: string;
    readonly dimension: number;
    readonly features: (images: ImageBatch) => Float32Array | Promise<Float32Array>;
    readonly batchSize?: number;
    readonly protocol?: JsonObject;
    readonly fingerprint?: string;
}

export interface ImageMetricOptions {
    readonly extractor: FeatureExtractor;
    readonly metric: Metric;
    readonly range?: readonly [
        low: number,
        high: number
    ];
}

export interface ImageSource {
    readonly size: number;
    readonly batches: () => AsyncIterable<ImageBatch>;
}

export interface LabelMetricOptions extends Pick<LabelHistogramOptions, 'minimumCount'> {
    readonly classifier: FeatureExtractor;
    readonly channels?: number;
    readonly range?: readonly [
        low: number,
        high: number
    ];
    readonly reference?: {
        readonly counts: readonly number[];
        readonly name: string;
    };
}

export interface OnnxExtractorOptions {
    readonly id: string;
    readonly layer?: string;
    readonly model: string | Uint8Array;
    readonly output?: string;
    readonly preparation: Preparation;
    readonly layout?: 'channels-last' | 'channels-first';
    readonly batchSize?: number;
    readonly threads?: number;
    readonly protocol?: JsonObject;
    readonly fingerprint?: string;
}

export declare function classifyChannels(classifier: FeatureExtractor, images: ImageBatch, options?: ExtractOptions): Promise<Uint32Array>;

export declare function extractAll(extractor: FeatureExtractor, source: ImageSource, options?: ExtractOptions): Promise<Features>;

export declare function extractDataset(extractor: FeatureExtractor, dataset: Dataset, { indices, ...options }?: ExtractOptions & DatasetImagesOptions): Promise<Features>;

export declare function featureBatches(extractor: FeatureExtractor, { size, batches }: ImageSource, { onProgress, signal }?: ExtractOptions): AsyncGenerator<Features>;

export declare function functionExtractor(options: FunctionExtractorOptions): FeatureExtractor;

export declare function imageMetric({ extractor, metric, range }: ImageMetricOptions): Metric;

export declare function labelMetric({ classifier, channels, range, reference, minimumCount, }: LabelMetricOptions): Metric;

export declare function onnxExtractor(options: OnnxExtractorOptions): Promise<FeatureExtractor>;

// @dist-gan/metrics/evaluate

export interface EvaluateOptions {
    readonly generated: EvaluationSet;
    readonly real?: EvaluationSet;
    readonly metrics?: readonly RequestedMetric[];
    readonly protocol?: EvaluationProtocolId;
    readonly samples?: {
        readonly generated?: number;
        readonly real?: number;
    };
    readonly layer?: (typeof featureLayers)[number];
    readonly weights?: string;
    readonly batchSize?: number;
    readonly threads?: number;
    readonly extractor?: FeatureExtractor;
    readonly network?: Pick<InceptionNetwork, 'extractor' | 'logits'>;
    readonly activateBackend?: () => Promise<unknown>;
    readonly skipCorrupt?: boolean;
    readonly background?: PixelRules['background'];
    readonly cache?: StatisticsCache;
    readonly environment?: DatasetEnvironment;
    readonly workingDirectory?: string;
    readonly onStage?: (title: string, count?: number) => (done: number) => void;
    readonly onNotice?: (message: string) => void;
    readonly signal?: AbortSignal;
    readonly engine?: MatrixEngine;
}

export type EvaluationSet = string | NpzFile | Dataset | ImageBatch | SampleArray | (ImageSource & {
    readonly name?: string;
    readonly notices?: readonly string[];
}) | Features | FeatureStatistics;

export type FeatureMetricId = {
    [Id in MetricId]: (typeof allMetrics)[Id] extends FeatureMetric ? Id : never;
}[MetricId];

export declare class InceptionNetwork {
    private readonly options;
    private weights;
    private readonly extractors;
    constructor(options: InceptionNetworkOptions);
    extractor(layer: InceptionLayer): Promise<FeatureExtractor>;
    logits(features: Features, run: RunOptions): Promise<Features>;
    dispose(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
    private build;
    private readWeights;
}

export interface InceptionNetworkOptions {
    readonly preparation: EvaluationProtocol['preparation'];
    readonly weights?: string;
    readonly dataFolder?: string;
    readonly workingDirectory?: string;
    readonly batchSize?: number;
    readonly threads?: number;
    readonly activateBackend?: () => Promise<unknown>;
}

export interface MeasureShardOptions extends Pick<EvaluateOptions, 'protocol' | 'layer' | 'weights' | 'batchSize' | 'threads' | 'extractor' | 'network' | 'activateBackend' | 'background' | 'environment' | 'workingDirectory' | 'onStage' | 'onNotice' | 'signal' | 'engine'> {
    readonly set: EvaluationSet;
    readonly shard: Shard;
    readonly metric?: 'fid' | 'frechet-distance';
    readonly samples?: number;
}

export interface MomentsPart {
    readonly shard: Shard;
    readonly set: {
        readonly name: string;
        readonly size: number;
        readonly digest: string;
    };
    readonly extractor: string;
    readonly protocol?: FeatureProtocol;
    readonly ddof: 0 | 1;
    readonly sums: FeatureSums;
}

export interface NpzFile extends NpzSetOptions {
    readonly path: string;
}

export type NpzKind = (typeof npzKinds)[number];

export interface NpzSetOptions {
    readonly as?: NpzKind;
    readonly arrays?: readonly string[];
}

export type RequestedMetric = FeatureMetricId | (ItemReference & {
    readonly id: FeatureMetricId;
});

export interface SampleArray extends SampleBatch {
    readonly range?: readonly [
        low: number,
        high: number
    ];
}

export interface Shard {
    readonly index: number;
    readonly of: number;
}

export declare function evaluate(options: EvaluateOptions): Promise<MetricResult[]>;

export declare function featureMetricOf(id: string): FeatureMetric;

export declare function imagesDigest({ batches }: ImageSource, signal?: AbortSignal): Promise<string>;

export declare function measureShard(options: MeasureShardOptions): Promise<MomentsPart>;

export declare function mergeMomentsParts(parts: readonly MomentsPart[], run?: RunOptions): Promise<FeatureStatistics>;

export declare const npzKinds: readonly [
    'statistics',
    'features',
    'images'
];

export declare function readMomentsPart(bytes: Uint8Array, file: string): Promise<MomentsPart>;

export declare function writeMomentsPart({ sums, ...about }: MomentsPart): Promise<Uint8Array>;

// @dist-gan/metrics/images

export interface DatasetImagesOptions {
    readonly indices?: ArrayLike<number>;
}

export interface ImageBatch {
    readonly data: Uint8Array;
    readonly count: number;
    readonly sampleShape: readonly number[];
}

export interface PictureFolder {
    readonly size: number;
    readonly skipped: readonly string[];
    readonly notices: readonly string[];
    readonly batches: () => AsyncGenerator<ImageBatch>;
}

export interface PictureFolderOptions extends Pick<PixelRules, 'background'> {
    readonly first?: number;
    readonly count?: number;
    readonly corrupt?: 'refuse' | 'skip';
    readonly onProgress?: (done: number) => void;
    readonly signal?: AbortSignal;
}

// PixelRules: of another package

// Pixels: of another package

export interface Preparation {
    readonly protocol: JsonObject;
    prepare(images: ImageBatch): {
        readonly data: Float32Array;
        readonly shape: readonly number[];
    };
}

export type PublishedPreparation = keyof typeof publishedPreparations;

export type ResizeMethod = (typeof resizeMethods)[number];

export interface ResizedImagesOptions {
    readonly resize: ResizeMethod;
    readonly scaling: Scaling;
    readonly side?: number;
}

export type Resizer = (image: ArrayLike<number>, result: Float32Array) => void;

export type Scaling = 'tensorflow' | 'pytorch' | 'unit';

export declare function createResizer(method: ResizeMethod, sampleShape: readonly number[], side: number): Resizer;

export declare function datasetImages(dataset: Dataset, { indices }?: DatasetImagesOptions): {
    readonly size: number;
    batches(): AsyncGenerator<ImageBatch>;
};

// decodePicture: of another package

export declare function imagesAsTheyAre({ scaling }: Pick<ResizedImagesOptions, 'scaling'>): Preparation;

export declare function openPictureFolder(folder: string, { first, count, corrupt, background, onProgress, signal }?: PictureFolderOptions): Promise<PictureFolder>;

export declare const publishedPreparations: {
    readonly ttur: {
        readonly resize: 'tensorflow-1';
        readonly scaling: 'tensorflow';
    };
    readonly 'torch-fidelity': {
        readonly resize: 'tensorflow-1';
        readonly scaling: 'tensorflow';
    };
    readonly 'pytorch-fid': {
        readonly resize: 'pytorch';
        readonly scaling: 'pytorch';
    };
    readonly 'clean-fid': {
        readonly resize: 'pil-bicubic';
        readonly scaling: 'tensorflow';
    };
};

export declare function quantizeImages({ data, count, sampleShape }: SampleBatch, range?: readonly [
    low: number,
    high: number
]): ImageBatch;

export declare const resizeMethods: readonly [
    'tensorflow-1',
    'pytorch',
    'pil-bicubic',
    'pil-bilinear',
    'pil-lanczos',
    'pil-box',
    'pil-bicubic-bytes',
    'pil-bilinear-bytes',
    'pil-lanczos-bytes',
    'pil-box-bytes',
    'pil-13-bicubic-bytes',
    'pil-13-bilinear-bytes',
    'pil-13-lanczos-bytes',
    'pil-13-box-bytes'
];

export declare function resizedImages({ resize, scaling, side }: ResizedImagesOptions): Preparation;

// @dist-gan/metrics/inception

export interface ConvolutionWeights {
    readonly filter: Float32Array;
    readonly bias: Float32Array;
}

export interface InceptionExtractorOptions {
    readonly layer?: InceptionLayer;
    readonly weights?: InceptionWeights | string;
    readonly preparation?: PublishedPreparation | Omit<ResizedImagesOptions, 'side'>;
    readonly batchSize?: number;
    readonly threads?: number;
}

export type InceptionLayer = (typeof inceptionLayers)[number];

export interface InceptionWeights {
    readonly source: string;
    readonly verifiedBy: 'sha256' | 'values' | 'nothing';
    readonly convolutions: ReadonlyMap<string, ConvolutionWeights>;
    readonly classifier?: {
        readonly matrix: Float32Array;
        readonly bias: Float32Array;
    };
}

export interface ReadWeightsOptions {
    readonly verify?: boolean;
}

export interface ShapedConvolution extends Convolution {
    readonly filterShape: readonly [
        height: number,
        width: number,
        inputs: number,
        outputs: number
    ];
}

export declare const featureLayers: readonly [
    '64',
    '192',
    '768',
    '2048'
];

export declare function findInceptionWeights(layer: InceptionLayer, folder?: string | undefined): string;

export declare function inceptionConvolutions(layer: InceptionLayer): ShapedConvolution[];

export declare function inceptionExtractor(options?: InceptionExtractorOptions): Promise<FeatureExtractor>;

export declare const inceptionLayers: readonly [
    "64",
    "192",
    "768",
    "2048",
    "logits_unbiased",
    "logits"
];

export declare function inceptionLogits(features: Features, { classifier, source }: Pick<InceptionWeights, 'classifier' | 'source'>, options?: RunOptions): Promise<Features>;

export declare const inceptionPublication: Publication;

export declare function inceptionV3(weights: InceptionWeights, layer: InceptionLayer): LayersModel;

export declare function readInceptionWeights(path: string, { verify }?: ReadWeightsOptions): Promise<InceptionWeights>;

// @dist-gan/metrics/layers-model

export interface LayersModelExtractorOptions extends Omit<OnnxExtractorOptions, 'model' | 'layout' | 'output'> {
    readonly model: ExportableModel;
}

export declare function layersModelExtractor({ model, ...options }: LayersModelExtractorOptions): Promise<FeatureExtractor>;

// named above, and not exported

interface Convolution {
    readonly kind: 'convolution';
    readonly name: string;
    readonly torchName: string;
    readonly outputs: number;
    readonly kernel: readonly [
        height: number,
        width: number
    ];
    readonly stride: 1 | 2;
    readonly padding: Padding;
}

interface Definition<Schema extends OptionsSchema, Needs extends Need, Compares extends boolean> {
    readonly id: string;
    readonly title: string;
    readonly options: Schema;
    readonly needs: Needs;
    readonly compares?: Compares;
    readonly protocolOptions?: 'frechetDistance' | 'kernelDistance' | 'inceptionScore' | 'precisionRecall';
    readonly measure: (sets: SetsFor<Needs>, options: v.InferOutput<Schema>, run: RunOptions) => Promise<readonly MetricResult[]>;
}

interface InceptionFeatures {
    extractor(layer: InceptionLayer): Promise<FeatureExtractor>;
    logits(features: Features, run: RunOptions): Promise<Features>;
    dispose(): Promise<void>;
}

type Input = v.InferInput<typeof schema>;

type Inputs<Entries extends v.ObjectEntries> = v.InferInput<v.StrictObjectSchema<Entries, undefined>>;

export type Need = 'statistics' | 'features' | 'logits';

type OptionsOf<Defined> = Defined extends SampleMetric<infer Options> ? Options : Defined extends FeatureMetric<infer Schema, infer Needs, infer Compares> ? v.InferInput<Schema> & (Defined extends {
    readonly inception: object;
} ? Inputs<typeof inceptionOptions> : Needs extends 'statistics' ? unknown : Compares extends true ? Inputs<typeof realSampleOptions> : unknown) : never;

type OptionsSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

type Padding = 'same' | 'valid';

type SetsFor<Needs extends Need> = RealAndGenerated<Needs extends 'statistics' ? Features | FeatureStatistics : Features>;

export interface TrainingLabelHistogramOptions extends v.InferInput<typeof schema> {
}

export interface TrainingModeCoverageOptions extends v.InferInput<typeof schema> {
}

declare const densityCoverageSchema: v.StrictObjectSchema<{
    readonly neighbours: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 5>;
    readonly boundary: v.OptionalSchema<v.PicklistSchema<readonly [
        "inclusive",
        "exclusive"
    ], string>, "exclusive">;
}, undefined>;

export declare const frechetSchema: v.StrictObjectSchema<{
    readonly ddof: v.OptionalSchema<v.PicklistSchema<readonly [
        0,
        1
    ], string>, 1>;
}, undefined>;

declare const inceptionOptions: {
    protocol: v.OptionalSchema<v.PicklistSchema<("clean-fid" | "dist-gan-test" | "dist-gan-train" | "pytorch-fid" | "torch-fidelity" | "ttur")[], undefined>, "clean-fid">;
    layer: v.OptionalSchema<v.PicklistSchema<readonly [
        "64",
        "192",
        "768",
        "2048"
    ], undefined>, "2048">;
    realSamples: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    weights: v.OptionalSchema<v.StringSchema<undefined>, undefined>;
};

export declare const inceptionScoreSchema: v.StrictObjectSchema<{
    readonly splits: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 10>;
    readonly seed: v.OptionalSchema<v.NullableSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be from 0 to 2^32 - 1">,
        v.MaxValueAction<number, number, "must be from 0 to 2^32 - 1">
    ]>, undefined>, 2020>;
}, undefined>;

export declare const kernelSchema: v.StrictObjectSchema<{
    readonly estimator: v.OptionalSchema<v.PicklistSchema<readonly [
        "unbiased",
        "biased",
        "u-statistic"
    ], string>, "unbiased">;
    readonly sampling: v.OptionalSchema<v.PicklistSchema<readonly [
        "subsets",
        "blocks",
        "all"
    ], string>, "subsets">;
    readonly subsets: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 100>;
    readonly subsetSize: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1000>;
    readonly seed: v.OptionalSchema<v.NullableSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be from 0 to 2^32 - 1">,
        v.MaxValueAction<number, number, "must be from 0 to 2^32 - 1">
    ]>, undefined>, 2020>;
    readonly blockSize: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1024>;
}, undefined>;

declare const msSsimSchema: v.StrictObjectSchema<{
    readonly pairs: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1000>;
    readonly range: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.TupleSchema<[
            v.NumberSchema<undefined>,
            v.NumberSchema<undefined>
        ], "must be [lowest, highest]">,
        v.CheckAction<[
            number,
            number
        ], "must rise">
    ]>, readonly [
        0,
        1
    ]>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

export declare const precisionRecallSchema: v.StrictObjectSchema<{
    readonly neighbours: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
    readonly boundary: v.OptionalSchema<v.PicklistSchema<readonly [
        "inclusive",
        "exclusive"
    ], string>, "inclusive">;
}, undefined>;

declare const realSampleOptions: {
    realSamples: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 10000>;
    realSeed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
};

declare const schema: v.StrictObjectSchema<{
    readonly reference: v.OptionalSchema<v.PicklistSchema<readonly [
        "uniform",
        "data"
    ], string>, "uniform">;
    readonly minimumCount: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
    readonly classifier: v.OptionalSchema<v.StringSchema<"must be the path of a folder">, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly rule: v.OptionalSchema<v.PicklistSchema<readonly [
        "radius",
        "nearest"
    ], string>, "radius">;
    readonly boundary: v.OptionalSchema<v.PicklistSchema<readonly [
        "inclusive",
        "exclusive"
    ], string>, "inclusive">;
    readonly minimumShare: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>,
        v.MaxValueAction<number, 1, "must be at most 1">
    ]>, undefined>;
    readonly minimumCount: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly standardDeviations: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly neighbours: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly clusters: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 20>;
    readonly runs: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 10>;
    readonly iterations: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 50>;
    readonly angles: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MinValueAction<number, 3, undefined>,
        v.MaxValueAction<number, 1000000, undefined>
    ]>, 1001>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly rule: v.OptionalSchema<v.PicklistSchema<readonly [
        "radius",
        "nearest"
    ], string>, "radius">;
    readonly boundary: v.OptionalSchema<v.PicklistSchema<readonly [
        "inclusive",
        "exclusive"
    ], string>, "inclusive">;
    readonly minimumShare: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>,
        v.MaxValueAction<number, 1, "must be at most 1">
    ]>, undefined>;
    readonly minimumCount: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly centres: v.SchemaWithPipe<readonly [
        v.ArraySchema<v.SchemaWithPipe<readonly [
            v.ArraySchema<v.SchemaWithPipe<readonly [
                v.NumberSchema<"must be a number">,
                v.FiniteAction<number, "must be finite">
            ]>, "must be a list of numbers">,
            v.MinLengthAction<number[], 1, "must have a coordinate">
        ]>, "must be a list of points">,
        v.MinLengthAction<number[][], 1, "must have at least one centre">
    ]>;
    readonly radius: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>;
    readonly standardDeviation: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly bins: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 100>;
    readonly epsilon: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 1e-8>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly classes: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
    readonly reference: v.OptionalSchema<v.ArraySchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, "must be a list of counts">, undefined>;
    readonly minimumCount: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly ddof: v.OptionalSchema<v.PicklistSchema<readonly [
        0,
        1
    ], string>, 1>;
    readonly points: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MinValueAction<number, 2, "must be 2 or more">
    ]>, 15>;
    readonly smallest: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MinValueAction<number, 2, "must be 2 or more">
    ]>, undefined>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const slicedWassersteinSchema: v.StrictObjectSchema<{
    readonly directions: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1000>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const vendiSchema: v.StrictObjectSchema<{
    readonly order: v.OptionalSchema<v.UnionSchema<[
        v.SchemaWithPipe<readonly [
            v.NumberSchema<undefined>,
            v.FiniteAction<number, "must be above 0, or \"infinity\"">,
            v.GtValueAction<number, 0, "must be above 0, or \"infinity\"">
        ]>,
        v.LiteralSchema<"infinity", undefined>
    ], "must be above 0, or \"infinity\"">, 1>;
}, undefined>;
