// @dist-gan/architectures

export type AeOtAutoencoderOptions = v.InferInput<typeof schema>;

export type AliMlpOptions = v.InferInput<typeof schema>;

export type ArchitectureId = keyof typeof architectures;

export type BeganArchitectureOptions = v.InferInput<typeof schema>;

export type CelebaDcganOptions = v.InferInput<typeof schema>;

export type CifarDcganOptions = v.InferInput<typeof schema>;

export interface ConditionalBatchNormOptions extends LayerArguments, v.InferInput<typeof schema> {
}

export interface Gaussian1dOptions {
    readonly hiddenUnits?: number;
}

export type InfoganOptions = v.InferInput<typeof schema>;

export interface LayerSource {
    readonly from: string;
    readonly outputs?: readonly [
        channels: number,
        height: number,
        width: number
    ];
    readonly inputs?: readonly [
        channels: number,
        height: number,
        width: number
    ];
    readonly precedingBias?: string;
}

export type MimicrySnganOptions = v.InferInput<typeof schema>;

export interface MinibatchStandardDeviationOptions extends LayerArguments, v.InferInput<typeof schema> {
}

export interface MlpOptions extends Omit<v.InferInput<typeof schema>, 'hiddenUnits'> {
    readonly hiddenUnits?: readonly number[];
}

export type MnistClassifierOptions = v.InferInput<typeof schema>;

export type MnistDcganOptions = v.InferInput<typeof schema>;

export interface ProjectionHeadOptions extends LayerArguments, v.InferInput<typeof schema> {
}

export interface PublishedGenerator {
    readonly architecture: Architecture;
    readonly shape: NetworkShape;
    readonly latents: LatentOptions;
    readonly range: readonly [
        low: number,
        high: number
    ];
    readonly mapping: WeightMapping;
}

export type PytorchDcganOptions = v.InferInput<typeof schema>;

export type R3ganArchitectureOptions = v.InferInput<typeof r3ganSchema>;

export type ResnetOptions = v.InferInput<typeof schema>;

export interface SelfAttentionOptions extends LayerArguments, v.InferInput<typeof schema> {
}

export type SnganCnnOptions = v.InferInput<typeof schema>;

export interface SpectralNormOptions extends LayerArguments, v.InferInput<typeof schema> {
}

export type StackedMnistOptions = v.InferInput<typeof schema>;

export interface TinyArchitecture {
    readonly architecture: Architecture;
    readonly shape: NetworkShape;
}

export type WeightDistribution = {
    readonly id: 'he-normal';
} | {
    readonly id: 'xavier-uniform';
} | {
    readonly id: 'tflib-uniform';
    readonly stride: number;
} | {
    readonly id: 'fan-in-uniform';
} | {
    readonly id: 'orthogonal';
    readonly gain: number;
} | {
    readonly id: 'normal';
    readonly standardDeviation: number;
} | {
    readonly id: 'truncated-normal';
    readonly standardDeviation: number;
};

export interface WeightMapping {
    readonly layout: (typeof layouts)[number];
    readonly epsilon?: number;
    readonly layers?: Readonly<Record<string, string | LayerSource>>;
    readonly ignore?: readonly string[];
}

export declare function aeOtAutoencoder(options?: AeOtAutoencoderOptions): Architecture;

export declare function aliMlp(options?: AliMlpOptions): Architecture;

export declare const architectures: {
    readonly mlp: typeof mlp;
    readonly 'gaussian-1d': typeof gaussian1d;
    readonly 'mnist-dcgan': typeof mnistDcgan;
    readonly 'cifar-dcgan': typeof cifarDcgan;
    readonly 'celeba-dcgan': typeof celebaDcgan;
    readonly 'sngan-cnn': typeof snganCnn;
    readonly 'stacked-mnist': typeof stackedMnist;
    readonly infogan: typeof infogan;
    readonly resnet: typeof resnet;
    readonly 'ae-ot-autoencoder': typeof aeOtAutoencoder;
    readonly r3gan: typeof r3ganResnet;
    readonly 'ali-mlp': typeof aliMlp;
    readonly began: typeof beganNetworks;
};

export declare function beganNetworks(options?: BeganArchitectureOptions): Architecture;

export declare function celebaDcgan(options?: CelebaDcganOptions): Architecture;

export declare function cifarDcgan(options?: CifarDcganOptions): Architecture;

export declare function conditionalBatchNorm(options?: ConditionalBatchNormOptions): layers.Layer;

export declare function gaussian1d(options?: Gaussian1dOptions): Architecture;

export declare function infogan(options?: InfoganOptions): Architecture;

export declare function loadWeights(network: LayersModel, tensors: ReadonlyMap<string, StoredTensor>, mapping: WeightMapping, file?: string): void;

export declare function mimicrySngan(options?: MimicrySnganOptions): PublishedGenerator;

export declare function minibatchStandardDeviation(options?: MinibatchStandardDeviationOptions): layers.Layer;

export declare function mlp(options?: MlpOptions): Architecture;

export declare function mnistClassifier(random: RandomStream, options?: MnistClassifierOptions): LayersModel;

export declare function mnistDcgan(options?: MnistDcganOptions): Architecture;

export declare function pixelNorm(options?: LayerArguments): layers.Layer;

export declare function projectionHead(options?: ProjectionHeadOptions): layers.Layer;

export declare const publishedGenerators: {
    readonly 'mimicry-sngan': typeof mimicrySngan;
    readonly 'pytorch-dcgan': typeof pytorchDcgan;
};

export declare function pytorchDcgan(options?: PytorchDcganOptions): PublishedGenerator;

export declare function r3ganResnet(options?: R3ganArchitectureOptions): Architecture;

export declare function registerCustomObjects(): void;

export declare function resnet(options?: ResnetOptions): Architecture;

export declare function seededInitializer(distribution: WeightDistribution, random: RandomStream): KernelInitializer;

export declare function selfAttention(options?: SelfAttentionOptions): layers.Layer;

export declare function snganCnn(options?: SnganCnnOptions): Architecture;

export declare function spectralNorm(options: SpectralNormOptions): layers.Layer;

export declare function stackedMnist(options?: StackedMnistOptions): Architecture;

export declare function tinyArchitecture(id: ArchitectureId): TinyArchitecture;

// named above, and not exported

type KernelInitializer = Parameters<typeof layers.dense>[0]['kernelInitializer'];

interface KernelLayer extends Layer {
    kernel: Pick<LayerVariable, 'read'>;
}

type Layer = layers.Layer;

export type LayerArguments = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

declare const layouts: readonly [
    'pytorch',
    'tensorflow'
];

export declare const r3ganSchema: v.StrictObjectSchema<{
    readonly widths: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.ArraySchema<v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>, "must be a list of whole numbers">,
        v.MinLengthAction<number[], 1, "must list at least one stage">
    ]>, readonly [
        768,
        768,
        768,
        768
    ]>;
    readonly cardinalities: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.ArraySchema<v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>, "must be a list of whole numbers">,
        v.MinLengthAction<number[], 1, "must list at least one stage">
    ]>, readonly [
        96,
        96,
        96,
        96
    ]>;
    readonly blocks: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 2>;
    readonly expansion: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 2>;
    readonly outputActivation: v.OptionalSchema<v.PicklistSchema<readonly [
        "linear",
        "sigmoid"
    ], string>, "linear">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly form: v.OptionalSchema<v.PicklistSchema<readonly [
        "authors-later",
        "unrolled-paper"
    ], string>, "authors-later">;
    readonly discriminatorSize: v.OptionalSchema<v.PicklistSchema<readonly [
        "quarter",
        "half"
    ], string>, "quarter">;
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 8>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly layer: v.SchemaWithPipe<readonly [
        v.CustomSchema<layers.Layer, v.ErrorMessage<v.CustomIssue> | undefined>,
        v.TransformAction<layers.Layer, KernelLayer>
    ]>;
    readonly powerIterations: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly resolution: v.OptionalSchema<v.PicklistSchema<readonly [
        32,
        48
    ], string>, 32>;
    readonly form: v.OptionalSchema<v.PicklistSchema<readonly [
        "authors",
        "sn-gan"
    ], string>, "authors">;
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly reduction: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 8>;
    readonly spectralNorm: v.OptionalSchema<v.BooleanSchema<"must be true or false">, false>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly resolution: v.OptionalSchema<v.PicklistSchema<readonly [
        32,
        48
    ], string>, 32>;
    readonly form: v.OptionalSchema<v.PicklistSchema<readonly [
        "head",
        "v1"
    ], string>, "head">;
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly classes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MinValueAction<number, 2, "must be 2 or more">
    ]>, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
    readonly latentDimension: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 100>;
    readonly channels: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly classes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly spectralNorm: v.OptionalSchema<v.BooleanSchema<"must be true or false">, false>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly form: v.OptionalSchema<v.PicklistSchema<readonly [
        "head",
        "gaan"
    ], string>, "head">;
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
    readonly classes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MinValueAction<number, 2, "must be 2 or more">
    ]>, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 16>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly hiddenUnits: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.ArraySchema<v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>, "must be a list of whole numbers">,
        v.MinLengthAction<number[], 1, "must list at least one layer">
    ]>, readonly [
        128,
        128,
        128
    ]>;
    readonly activation: v.OptionalSchema<v.PicklistSchema<readonly [
        "relu",
        "leaky-relu",
        "tanh"
    ], string>, "relu">;
    readonly leakySlope: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.2>;
    readonly outputActivation: v.OptionalSchema<v.PicklistSchema<readonly [
        "sigmoid",
        "linear"
    ], string>, "sigmoid">;
    readonly discriminatorSpectralNorm: v.OptionalSchema<v.BooleanSchema<"must be true or false">, false>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly groupSize: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 4>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly resolution: v.OptionalSchema<v.PicklistSchema<readonly [
        32,
        48,
        64,
        128
    ], string>, 32>;
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly latentDimension: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 128>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
    readonly discriminatorBatchNorm: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly classes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly momentum: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be from 0 to below 1">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, 0.999>;
    readonly epsilon: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.00001>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly form: v.OptionalSchema<v.PicklistSchema<readonly [
        "head",
        "2018"
    ], string>, "head">;
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly classes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MinValueAction<number, 2, "must be 2 or more">
    ]>, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 128>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
    readonly codeDimension: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
    readonly halvings: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 2>;
    readonly outputActivation: v.OptionalSchema<v.PicklistSchema<readonly [
        "linear",
        "sigmoid"
    ], string>, "linear">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly units: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 400>;
    readonly discriminatorUnits: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 200>;
    readonly pieces: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 5>;
    readonly outputActivation: v.OptionalSchema<v.PicklistSchema<readonly [
        "linear",
        "sigmoid"
    ], string>, "linear">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly width: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 80>;
}, undefined>;
