// @dist-gan/core

export interface AdamOptions extends UpdateOptions {
    readonly id: 'adam';
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon?: number;
}

export interface Architecture {
    readonly id: string;
    readonly title: string;
    readonly source: Source;
    readonly options: JsonObject;
    readonly kinds: readonly NetworkKind[];
    build(kind: NetworkKind, shape: NetworkShape, random: RandomStream): LayersModel;
}

export interface Augmentation {
    readonly id: string;
    readonly title: string;
    readonly source: Source;
    readonly options: JsonObject;
    readonly changes: 'real' | 'discriminated';
    readonly adapts?: {
        readonly target: number;
        readonly images: number;
    };
    readonly numbersPerSample: number;
    apply(samples: Tensor, numbers: Tensor2D, range: readonly [
        low: number,
        high: number
    ], probability?: Scalar | number): Tensor;
}

export interface AutoencoderOutput {
    readonly samples: Tensor;
    readonly reconstruction: Tensor;
    readonly code: Tensor2D;
}

export declare class BackendError extends GanError {
    readonly backend: string;
    readonly code = "BACKEND_UNAVAILABLE";
    constructor(message: string, backend: string, options?: {
        cause?: unknown;
    });
}

export declare class BatchWalk {
    readonly size: number;
    readonly batchSize: number;
    private readonly stream;
    private order;
    private epochOfOrder;
    constructor({ stream, size, batchSize }: {
        stream: RandomStream;
        size: number;
        batchSize: number;
    });
    indices(n: number): Uint32Array;
    private orderOf;
}

export declare class CheckpointError extends GanError {
    readonly path: string;
    readonly code = "CHECKPOINT_INVALID";
    constructor(message: string, path: string, options?: {
        cause?: unknown;
    });
}

export declare class CompileError extends GanError {
    readonly operation: string;
    readonly code = "COMPILE_FAILED";
    constructor(message: string, operation: string, options?: {
        cause?: unknown;
    });
}

export interface ComputingStage {
    readonly name: string;
    readonly options: JsonObject;
    readonly check?: (run: Pick<StageContext, 'dataSize' | 'latentDimension'>) => void;
    readonly compute: (context: StageContext) => Promise<StageTensors>;
}

export declare class DataNotFoundError extends GanError {
    readonly path: string;
    readonly code = "DATA_NOT_FOUND";
    constructor(message: string, path: string, options?: {
        cause?: unknown;
    });
}

export interface Dataset {
    readonly id: string;
    readonly title: string;
    readonly source: Source;
    readonly options: JsonObject;
    readonly size: number;
    readonly sampleShape: readonly number[];
    readonly range: readonly [
        low: number,
        high: number
    ];
    readonly labels?: Uint8Array | Uint16Array | Int32Array;
    batch(indices: ArrayLike<number>): SampleData | Promise<SampleData>;
}

export declare class DatasetFormatError extends GanError {
    readonly file: string;
    readonly byteOffset: number;
    readonly code = "DATA_FORMAT";
    constructor(message: string, file: string, byteOffset: number, options?: {
        cause?: unknown;
    });
}

export type Device = (typeof deviceNames)[number];

export interface DiscriminatorOutput {
    readonly logits: Tensor2D;
    readonly features: Tensor2D;
    readonly codes?: Tensor2D;
}

export declare class DisposedError extends GanError {
    readonly object: string;
    readonly code = "OBJECT_DISPOSED";
    constructor(object: string);
}

export type Draw = 'repeat' | 'step';

export declare class DuplicateItemError extends GanError {
    readonly kind: string;
    readonly id: string;
    readonly code = "ITEM_DUPLICATE";
    constructor(kind: string, id: string);
}

export declare class FeedError extends GanError {
    readonly input: string;
    readonly code = "FEED_INVALID";
    constructor(message: string, input: string);
}

export declare abstract class GanError extends Error {
    abstract readonly code: GanErrorCode;
    constructor(message: string, options?: {
        cause?: unknown;
    });
}

export type GanErrorCode = 'OPTION_INVALID' | 'SHAPE_MISMATCH' | 'ITEM_UNKNOWN' | 'ITEM_DUPLICATE' | 'BACKEND_UNAVAILABLE' | 'GRADIENT_UNSUPPORTED' | 'COMPILE_FAILED' | 'FEED_INVALID' | 'VALUE_NON_FINITE' | 'DATA_NOT_FOUND' | 'DATA_FORMAT' | 'CHECKPOINT_INVALID' | 'OUTPUT_UNWRITABLE' | 'MACHINE_UNFIT' | 'OBJECT_DISPOSED';

export interface GeneratorOutput {
    readonly samples: Tensor;
    readonly logits?: Tensor;
}

export declare class GradientError extends GanError {
    readonly kernel: string;
    readonly code = "GRADIENT_UNSUPPORTED";
    constructor(message: string, kernel: string);
}

export interface ItemReference {
    readonly id: string;
    readonly options?: JsonObject;
}

export interface JsonObject {
    readonly [key: string]: JsonValue;
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface LatentDistribution {
    readonly mean: Tensor2D;
    readonly logVariance: Tensor2D;
}

export interface LatentOptions extends Readonly<v.InferOutput<typeof latentOptions>> {
}

export type LearningRateSchedule = {
    readonly id: 'staircase';
    readonly factor: number;
    readonly every: number;
    readonly counter: 'optimizer-calls' | 'steps';
} | {
    readonly id: 'linear';
    readonly ceiling: number;
} | {
    readonly id: 'cosine';
    readonly floor?: number;
} | {
    readonly id: 'milestones';
    readonly factor: number;
    readonly steps: readonly number[];
} | {
    readonly id: 'warm-up';
    readonly steps: number;
    readonly then?: LearningRateSchedule;
};

export interface LoadedOnnxRuntime<Module> {
    readonly module: Module;
    readonly folder: string;
}

export declare class MachineError extends GanError {
    readonly code = "MACHINE_UNFIT";
}

export interface Method {
    readonly id: string;
    readonly title: string;
    readonly source: Source;
    readonly options: JsonObject;
    readonly roles: readonly Role[];
    readonly phases: readonly Phase[];
    readonly variables?: Readonly<Record<string, number>>;
}

export interface Metric<Features = SampleBatch> {
    readonly id: string;
    readonly protocol: JsonObject;
    update(features: Features): void | Promise<void>;
    results(): readonly MetricResult[] | Promise<readonly MetricResult[]>;
}

export interface MetricResult {
    readonly id: string;
    readonly value: number;
    readonly protocol: JsonObject;
    readonly samples: {
        readonly generated?: number;
        readonly real?: number;
    };
    readonly ideal?: number;
    readonly modes?: readonly ModeCount[];
    readonly warnings: readonly string[];
}

export interface ModeCount {
    readonly samples: number;
    readonly covered: boolean;
}

export interface MovingAverageOptions extends Readonly<v.InferInput<typeof movingAverageOptions>> {
}

export type NetworkKind = 'generator' | 'encoder' | 'gaussian-encoder' | 'discriminator' | 'joint-discriminator' | 'latent-discriminator' | 'autoencoder' | 'recognition-discriminator' | 'set-discriminator' | 'two-set-discriminator';

export interface NetworkShape {
    readonly sampleShape: readonly number[];
    readonly latentDimension: number;
}

export declare class NonFiniteError extends GanError {
    readonly quantity: string;
    readonly step?: number | undefined;
    readonly code = "VALUE_NON_FINITE";
    constructor(message: string, quantity: string, step?: number | undefined);
}

export type OptimizerOptions = AdamOptions | RmsPropOptions | SgdOptions;

export declare class OptionError extends GanError {
    readonly path: string;
    readonly received: unknown;
    readonly code = "OPTION_INVALID";
    constructor(message: string, path: string, received: unknown, options?: {
        cause?: unknown;
    });
}

export declare class OutputError extends GanError {
    readonly path: string;
    readonly code = "OUTPUT_UNWRITABLE";
    constructor(message: string, path: string, options?: {
        cause?: unknown;
    });
}

export interface Phase {
    readonly name: string;
    readonly updates: readonly RoleId[];
    readonly repeats: number;
    readonly optimizer: OptimizerOptions;
    readonly inputs: readonly PhaseInput[];
    readonly intervals?: readonly number[];
    loss(context: PhaseContext): PhaseLoss;
    after?(context: PhaseContext, terms: PhaseLoss['terms']): void;
}

export interface PhaseBatch {
    readonly real: Tensor;
    readonly latents: Tensor2D;
    generated(): GeneratorOutput;
    encoded(): Tensor2D;
    reconstructed(): GeneratorOutput;
    discriminate(samples: Tensor): DiscriminatorOutput;
}

export interface PhaseContext {
    readonly inputs: Readonly<Record<string, Tensor>>;
    readonly variables: Readonly<Record<string, Variable>>;
    isDue(interval: number): boolean;
    generate(latents: Tensor2D, role?: RoleId): GeneratorOutput;
    encode(samples: Tensor, role?: RoleId): Tensor2D;
    encodeDistribution(samples: Tensor, role?: RoleId): LatentDistribution;
    discriminate(samples: Tensor | SamplesWithLatents, role?: RoleId): DiscriminatorOutput;
    autoencode(samples: Tensor, role?: RoleId): AutoencoderOutput;
    weights(role: RoleId): readonly Variable[];
    withWeights<Result>(role: RoleId, weights: readonly Tensor[], compute: () => Result): Result;
}

export type PhaseInput = {
    readonly name: string;
    readonly kind: 'real' | 'latents' | 'uniform';
    readonly draw: Draw;
} | {
    readonly name: string;
    readonly kind: 'normal';
    readonly draw: Draw;
    readonly of?: 'samples' | 'latents';
} | {
    readonly name: string;
    readonly kind: 'stage';
    readonly tensor: string;
    readonly of: 'samples' | 'latents';
    readonly draw: Draw;
} | {
    readonly name: string;
    readonly kind: 'schedule';
    readonly value: (progress: number) => number;
};

export interface PhaseLoss {
    readonly total: Scalar;
    readonly terms: Readonly<Record<string, Scalar>>;
}

export interface Preset {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly source: Source;
    readonly method: ItemReference;
    readonly architecture: ItemReference;
    readonly dataset: ItemReference;
    readonly augmentations?: readonly ItemReference[];
    readonly latents: LatentOptions;
    readonly batchSize: number;
    readonly steps: number;
    readonly movingAverage?: MovingAverageOptions;
    readonly guards?: readonly ItemReference[];
    readonly measure?: readonly string[];
    readonly evaluation: {
        readonly every: number;
        readonly samples: number;
        readonly metrics: readonly ItemReference[];
    };
    readonly published: readonly PublishedNumber[];
}

export interface PublishedNumber {
    readonly metric: string;
    readonly text: string;
    readonly value?: number;
    readonly source: string;
}

export declare class RandomStream {
    private readonly key0;
    private readonly key1;
    private readonly block;
    private nextCounter;
    private unread;
    private constructor();
    static fromSeed(seed: number): RandomStream;
    derive(part: string | number): RandomStream;
    nextUint32(): number;
    nextInteger(bound: number): number;
    uniform(count: number, { low, high }?: {
        low?: number;
        high?: number;
    }): Float32Array;
    normal(count: number, { mean, standardDeviation }?: {
        mean?: number;
        standardDeviation?: number;
    }): Float32Array;
    permutation(count: number): Uint32Array;
    private fold;
}

export interface Recipe {
    readonly id: string;
    readonly title: string;
    readonly source: Source;
    readonly options: JsonObject;
    readonly stages: readonly Stage[];
    readonly latents: (tensors: StageTensors, count: number, random: RandomStream) => Promise<Float32Array>;
}

export interface RecipePreset extends Pick<Preset, 'id' | 'title' | 'description' | 'source' | 'architecture' | 'dataset' | 'batchSize' | 'published'> {
    readonly recipe: ItemReference;
    readonly latentDimension: number;
    readonly evaluation: Pick<Preset['evaluation'], 'samples' | 'metrics'>;
}

export interface Regulariser {
    readonly id: string;
    readonly title: string;
    readonly source: Source;
    readonly options: JsonObject;
    readonly term: string;
    readonly phase: 'reconstruction' | 'discriminator' | 'generator';
    readonly weight: number;
    readonly every?: number;
    readonly roles?: readonly Role[];
    readonly updates?: readonly RoleId[];
    readonly reads: readonly ('real' | 'latents')[];
    readonly inputs?: readonly PhaseInput[];
    readonly variables?: Readonly<Record<string, number>>;
    readonly comparesRows?: boolean;
    loss(batch: PhaseBatch, context: PhaseContext): Scalar | PhaseLoss;
    after?(context: PhaseContext, terms: PhaseLoss['terms']): void;
}

export interface RmsPropOptions extends UpdateOptions {
    readonly id: 'rmsprop';
    readonly decay?: number;
    readonly epsilon?: number;
}

export interface Role {
    readonly id: RoleId;
    readonly kind: NetworkKind;
    readonly packing?: number;
}

export type RoleId = string;

export interface SafetensorsContent {
    readonly tensors: ReadonlyMap<string, StoredTensor>;
    readonly metadata: Readonly<Record<string, string>>;
}

export interface SampleBatch {
    readonly data: Float32Array;
    readonly count: number;
    readonly sampleShape: readonly number[];
}

export type SampleData = Float32Array | Uint8Array;

export interface SamplesWithLatents {
    readonly samples: Tensor;
    readonly latents: Tensor2D;
}

export interface SgdOptions extends UpdateOptions {
    readonly id: 'sgd';
}

export declare class ShapeError extends GanError {
    readonly argument: string;
    readonly actual: readonly (number | null)[];
    readonly expected: string;
    readonly code = "SHAPE_MISMATCH";
    constructor(message: string, argument: string, actual: readonly (number | null)[], expected: string);
}

export interface Source {
    readonly title: string;
    readonly year: number;
    readonly reference?: string;
    readonly code?: string;
}

export type Stage = TrainingStage | ComputingStage;

export interface StageContext {
    readonly tensors: StageTensors;
    readonly latentDimension: number;
    readonly dataSize: number;
    readonly samples: (indices: ArrayLike<number>) => Promise<Float32Array>;
    readonly apply: (role: RoleId, rows: Float32Array) => Promise<Float32Array>;
    readonly random: RandomStream;
    readonly partial?: StageTensors;
    readonly save: (partial: StageTensors) => Promise<void>;
    readonly report: (values: Readonly<Record<string, number>>) => void;
    readonly signal?: AbortSignal;
}

export interface StageTensor {
    readonly shape: readonly number[];
    readonly data: Float32Array | Float64Array;
}

export type StageTensors = Readonly<Record<string, StageTensor>>;

export interface StoredTensor {
    readonly type: TensorType;
    readonly shape: readonly number[];
    readonly data: TensorNumbers;
}

export type TargetName = (typeof targetNames)[number];

export type TensorNumbers = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

export type TensorType = keyof typeof elementTypesByName;

export interface TextOutput {
    write(text: string): void;
    readonly interactive: boolean;
    readonly columns?: number | undefined;
}

export interface TrainingStage {
    readonly name: string;
    readonly method: Method;
    readonly steps: number;
}

export declare class UnknownItemError extends GanError {
    readonly kind: string;
    readonly id: string;
    readonly known: readonly string[];
    readonly code = "ITEM_UNKNOWN";
    readonly nearest: readonly string[];
    constructor(kind: string, id: string, known: readonly string[]);
}

export interface WritableTensor {
    readonly shape: readonly number[];
    readonly data: TensorNumbers;
    readonly type?: 'BOOL';
}

export declare function areComparable(a: JsonValue | undefined, b: JsonValue | undefined): boolean;

export declare function cacheFolder(environment?: Readonly<Record<string, string | undefined>>, { platform, home }?: Machine): string;

export declare function changeWords({ key, before, now, }: {
    readonly key: string;
    readonly before: JsonValue | undefined;
    readonly now: JsonValue | undefined;
}): string;

export declare function checkFileWritable(path: string, remedy?: string): void;

export declare function checkFolderWritable(path: string, remedy?: string): void;

export declare function choice<const Choices extends Words>(words: Choices, written?: (word: string | number) => string): v.PicklistSchema<Choices, string>;

export declare const decay: v.SchemaWithPipe<readonly [
    v.NumberSchema<"must be a number">,
    v.MinValueAction<number, 0, "must be from 0 to below 1">,
    v.LtValueAction<number, 1, "must be from 0 to below 1">
]>;

export declare const defaultRampUp = 0.05;

export declare const deviceNames: readonly [
    'cpu',
    'webgpu',
    'cuda',
    'auto'
];

export declare function epochOrder(stream: RandomStream, size: number, epoch: number): Uint32Array;

export declare function escapeMarkup(text: string): string;

export declare function flushFolder(path: string): void;

export declare function formatCount(value: number): string;

export declare function formatDuration(seconds: number): string;

export declare function formatNumber(value: number): string;

export declare function formatSpeed(stepsPerSecond: number): string;

export declare function fromJson(text: string): unknown;

export declare function howMeasured({ protocol, samples }: Pick<MetricResult, 'protocol' | 'samples'>): JsonObject;

export declare function interpolateLatents(from: Float32Array, to: Float32Array, steps: number, distribution: LatentOptions['distribution']): Float32Array;

export declare function isGanError(value: unknown, code?: GanErrorCode): value is GanError;

export declare const latentOptions: v.StrictObjectSchema<{
    readonly dimension: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
    readonly distribution: v.PicklistSchema<readonly [
        "uniform",
        "normal"
    ], string>;
}, undefined>;

export declare function loadOnnxRuntimeNode<Module>(caller: string, from: string): LoadedOnnxRuntime<Module>;

export declare function machineRemedy(error: unknown): string | undefined;

export declare function makeFolder(path: string, remedy?: string): void;

export declare function meanOf(values: ArrayLike<number>): number;

export declare const movingAverageOptions: v.StrictObjectSchema<{
    readonly halfLife: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>;
    readonly rampUp: v.OptionalSchema<v.NullableSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>, 0.05>;
}, undefined>;

export declare const nonNegative: v.SchemaWithPipe<readonly [
    v.NumberSchema<"must be a number">,
    v.FiniteAction<number, "must be finite">,
    v.MinValueAction<number, 0, "must be 0 or more">
]>;

export declare function oneOf<const Choices extends Words>(words: Choices): v.PicklistSchema<Choices, string>;

export declare const onnxRuntimeFolder = "onnxruntime";

export declare const positive: v.SchemaWithPipe<readonly [
    v.NumberSchema<"must be a number">,
    v.FiniteAction<number, "must be finite">,
    v.GtValueAction<number, 0, "must be above 0">
]>;

export declare const positiveInteger: v.SchemaWithPipe<readonly [
    v.NumberSchema<"must be a whole number">,
    v.SafeIntegerAction<number, "must be a whole number">,
    v.MinValueAction<number, 1, "must be 1 or more">
]>;

export declare function processOutput(stream?: NodeJS.WriteStream): TextOutput;

export declare function protocolWords(protocol: JsonObject): string;

export declare function readAs<Schema extends v.GenericSchema>(schema: Schema, written: unknown): v.InferOutput<Schema>;

export declare function readSafetensors(bytes: Uint8Array, file: string): SafetensorsContent;

export declare function removeUnfinished(folder: string): void;

export declare function resolveOptions<Schema extends ObjectSchema>(schema: Schema, given: unknown, where: string): v.InferOutput<Schema>;

export declare function resultsByName<Result extends Pick<MetricResult, 'id'>>(results: readonly Result[]): ReadonlyMap<string, Result>;

export declare const seed: v.SchemaWithPipe<readonly [
    v.NumberSchema<"must be a whole number">,
    v.SafeIntegerAction<number, "must be a whole number">,
    v.MinValueAction<number, 0, "must be 0 or more">
]>;

export declare const seedOf32Bits: v.SchemaWithPipe<readonly [
    v.NumberSchema<"must be a whole number">,
    v.SafeIntegerAction<number, "must be a whole number">,
    v.MinValueAction<number, 0, "must be from 0 to 2^32 - 1">,
    v.MaxValueAction<number, number, "must be from 0 to 2^32 - 1">
]>;

export declare function shellWord(word: string): string;

export declare function standardDeviationOf(values: readonly number[], ddof: 0 | 1): number;

export declare function statIfAny(path: string): Stats | undefined;

export declare function switchOffTelemetry(): void;

export declare const targetNames: readonly [
    'onnx',
    'tensorflow'
];

export declare function toJson(value: unknown, indent?: number): string;

export declare function writeAtomically(path: string, content: string | Uint8Array): void;

export declare function writeSafetensors(tensors: ReadonlyMap<string, WritableTensor>, metadata?: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer>;

// named above, and not exported

interface Machine {
    readonly platform: string;
    readonly home: () => string;
}

type ObjectSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

interface UpdateOptions {
    readonly learningRate: number;
    readonly schedule?: LearningRateSchedule;
    readonly gradientNormLimit?: number;
}

type Words = readonly (string | number)[];

declare const elementTypesByName: {
    readonly U64: {
        readonly bytes: 8;
        readonly read: (buffer: ArrayBuffer) => BigUint64Array<ArrayBuffer>;
    };
    readonly I64: {
        readonly bytes: 8;
        readonly read: (buffer: ArrayBuffer) => BigInt64Array<ArrayBuffer>;
    };
    readonly F64: {
        readonly bytes: 8;
        readonly read: (buffer: ArrayBuffer) => Float64Array<ArrayBuffer>;
    };
    readonly F32: {
        readonly bytes: 4;
        readonly read: (buffer: ArrayBuffer) => Float32Array<ArrayBuffer>;
    };
    readonly U32: {
        readonly bytes: 4;
        readonly read: (buffer: ArrayBuffer) => Uint32Array<ArrayBuffer>;
    };
    readonly I32: {
        readonly bytes: 4;
        readonly read: (buffer: ArrayBuffer) => Int32Array<ArrayBuffer>;
    };
    readonly BF16: {
        readonly bytes: 2;
        readonly read: (buffer: ArrayBuffer) => Float32Array<ArrayBufferLike>;
    };
    readonly F16: {
        readonly bytes: 2;
        readonly read: (buffer: ArrayBuffer) => Float32Array<ArrayBuffer>;
    };
    readonly U16: {
        readonly bytes: 2;
        readonly read: (buffer: ArrayBuffer) => Uint16Array<ArrayBuffer>;
    };
    readonly I16: {
        readonly bytes: 2;
        readonly read: (buffer: ArrayBuffer) => Int16Array<ArrayBuffer>;
    };
    readonly I8: {
        readonly bytes: 1;
        readonly read: (buffer: ArrayBuffer) => Int8Array<ArrayBuffer>;
    };
    readonly U8: {
        readonly bytes: 1;
        readonly read: (buffer: ArrayBuffer) => Uint8Array<ArrayBuffer>;
    };
    readonly BOOL: {
        readonly bytes: 1;
        readonly read: (buffer: ArrayBuffer) => Uint8Array<ArrayBuffer>;
    };
};
