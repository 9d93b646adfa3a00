// @dist-gan/architectures

export interface AeOtAutoencoderOptions {
    readonly width?: number;
}

export type AliMlpOptions = v.InferInput<typeof schema>;

export type ArchitectureId = keyof typeof architectures;

export type BeganArchitectureOptions = v.InferInput<typeof schema>;

export interface CelebaDcganOptions {
    readonly width?: number;
}

export interface CifarDcganOptions {
    readonly form?: 'head' | '2018';
    readonly width?: number;
    readonly classes?: number;
}

export interface ConditionalBatchNormOptions extends LayerArguments {
    readonly classes?: number;
    readonly momentum?: number;
    readonly epsilon?: number;
}

export interface Gaussian1dOptions {
    readonly hiddenUnits?: number;
}

export interface InfoganOptions {
    readonly width?: number;
    readonly discriminatorBatchNorm?: boolean;
}

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

export interface MimicrySnganOptions {
    readonly resolution?: 32 | 48 | 64 | 128;
    readonly width?: number;
    readonly latentDimension?: number;
}

export interface MinibatchStandardDeviationOptions extends LayerArguments {
    readonly groupSize?: number;
}

export interface MlpOptions {
    readonly hiddenUnits?: readonly number[];
    readonly activation?: 'relu' | 'leaky-relu' | 'tanh';
    readonly leakySlope?: number;
    readonly outputActivation?: 'sigmoid' | 'linear';
    readonly discriminatorSpectralNorm?: boolean;
}

export interface MnistClassifierOptions {
    readonly width?: number;
}

export interface MnistDcganOptions {
    readonly form?: 'head' | 'gaan';
    readonly width?: number;
    readonly classes?: number;
}

export interface ProjectionHeadOptions extends LayerArguments {
    readonly classes?: number;
    readonly spectralNorm?: boolean;
    readonly seed?: number;
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

export interface PytorchDcganOptions {
    readonly width?: number;
    readonly latentDimension?: number;
    readonly channels?: number;
}

export type R3ganArchitectureOptions = v.InferInput<typeof r3ganSchema>;

export interface ResnetOptions {
    readonly resolution?: 32 | 48;
    readonly form?: 'head' | 'v1';
    readonly width?: number;
    readonly classes?: number;
}

export interface SelfAttentionOptions extends LayerArguments {
    readonly reduction?: number;
    readonly spectralNorm?: boolean;
    readonly seed?: number;
}

export interface SnganCnnOptions {
    readonly resolution?: 32 | 48;
    readonly form?: 'authors' | 'sn-gan';
    readonly width?: number;
}

export interface SpectralNormOptions extends LayerArguments {
    readonly layer: Layer;
    readonly powerIterations?: number;
}

export interface StackedMnistOptions {
    readonly form?: 'authors-later' | 'unrolled-paper';
    readonly discriminatorSize?: 'quarter' | 'half';
    readonly width?: number;
}

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
    readonly layout: 'pytorch' | 'tensorflow';
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

type Layer = layers.Layer;

export type LayerArguments = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

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
    readonly outputActivation: v.OptionalSchema<v.PicklistSchema<[
        "linear",
        "sigmoid"
    ], "must be one of linear, sigmoid">, "linear">;
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
    readonly outputActivation: v.OptionalSchema<v.PicklistSchema<[
        "linear",
        "sigmoid"
    ], "must be one of linear, sigmoid">, "linear">;
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
    readonly outputActivation: v.OptionalSchema<v.PicklistSchema<[
        "linear",
        "sigmoid"
    ], "must be one of linear, sigmoid">, "linear">;
}, undefined>;
