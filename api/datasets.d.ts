// @dist-gan/datasets

export type ArrayDescription = Omit<Dataset, 'size' | 'batch'>;

export type AuthorsLayoutOptions = DrawnPoints | PointsFromFile;

export interface BrokenPicture {
    readonly file: string;
    readonly reason: string;
}

export type CelebaOptions = v.InferInput<typeof schema>;

export type Cifar100Options = v.InferInput<typeof schema>;

export type Cifar10Options = v.InferInput<typeof schema>;

export interface DatasetEnvironment {
    readonly dataFolder?: string;
    readonly onNotice?: (message: string) => void;
}

export interface DrawnPoints extends Normalisation {
    readonly from?: 'drawn';
    readonly pointsPerMode?: number;
    readonly standardDeviation?: number;
    readonly seed?: number;
}

export type EmbeddedGaussiansOptions = v.InferInput<typeof schema>;

export interface EpochBatchesOptions {
    readonly stream: RandomStream;
    readonly size: number;
    readonly batchSize: number;
    readonly epoch: number;
    readonly lastPartial: 'keep' | 'drop';
}

export type FashionMnistOptions = v.InferInput<typeof schema>;

export type Gaussian1dOptions = v.InferInput<typeof schema>;

export type GaussianMixtureOptions = v.InferInput<typeof schema>;

export type GaussianRingOptions = v.InferInput<typeof schema>;

export type ImageFolderOptions = v.InferInput<typeof schema>;

export interface LabelledImages extends Dataset {
    readonly labels: Uint8Array;
    batch(indices: ArrayLike<number>): Uint8Array;
}

export interface Mixture {
    readonly centres: readonly (readonly number[])[];
    readonly standardDeviation: number;
    readonly registrationRadius: number;
    readonly scale?: number;
}

export interface MixtureDataset extends Dataset {
    readonly mixture: Mixture;
    batch(indices: ArrayLike<number>): Float32Array;
}

export type Mnist1kOptions = v.InferInput<typeof schema>;

export type MnistOptions = v.InferInput<typeof schema>;

export type NpzOptions = v.InferInput<typeof schema>;

export interface PictureDataset extends Dataset {
    readonly pictures: PictureFiles;
    readonly broken: readonly BrokenPicture[];
    batch(indices: ArrayLike<number>): Uint8Array | Promise<Uint8Array>;
}

export interface PictureFiles {
    readonly folder: string;
    readonly files: readonly string[];
}

export interface PointDataset extends Dataset {
    batch(indices: ArrayLike<number>): Float32Array;
}

export interface PointsFromFile extends Normalisation {
    readonly from?: 'file';
    readonly file?: string;
}

export interface Publication {
    readonly folder: string;
    readonly homepage: string;
    readonly licence?: string;
    readonly files: readonly PublishedFile[];
}

export interface PublishedFile {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly checksum: string;
    readonly unpacked?: readonly {
        readonly path: string;
        readonly checksum?: string;
    }[];
}

export interface StackedDigits extends Dataset {
    readonly labels: Uint16Array;
    batch(indices: ArrayLike<number>): Uint8Array;
}

export type Stl10Options = v.InferInput<typeof schema>;

export type SwissRollOptions = v.InferInput<typeof schema>;

export declare function arrayDataset<Data extends SampleData>(description: ArrayDescription, data: Data): Dataset & {
    batch(indices: ArrayLike<number>): Data;
};

export declare function celeba(options?: CelebaOptions, environment?: DatasetEnvironment): Promise<PictureDataset>;

export declare function cifar10(options?: Cifar10Options, environment?: DatasetEnvironment): Promise<LabelledImages>;

export declare function cifar100(options?: Cifar100Options, environment?: DatasetEnvironment): Promise<LabelledImages>;

export declare function dataFolder(): string | undefined;

export declare const datasets: {
    readonly 'gaussian-grid': typeof gaussianGrid;
    readonly 'gaussian-plus': typeof gaussianPlus;
    readonly 'gaussian-sine': typeof gaussianSine;
    readonly 'gaussian-ring': typeof gaussianRing;
    readonly 'gaussian-1d': typeof gaussian1d;
    readonly 'gaussian-mixture': typeof gaussianMixture;
    readonly 'embedded-gaussians': typeof embeddedGaussians;
    readonly 'swiss-roll': typeof swissRoll;
    readonly mnist: typeof mnist;
    readonly 'mnist-1k': typeof mnist1k;
    readonly 'fashion-mnist': typeof fashionMnist;
    readonly cifar10: typeof cifar10;
    readonly cifar100: typeof cifar100;
    readonly stl10: typeof stl10;
    readonly celeba: typeof celeba;
    readonly 'image-folder': typeof imageFolder;
    readonly npz: typeof npz;
};

export declare function embeddedGaussians(options?: EmbeddedGaussiansOptions): MixtureDataset;

export declare function epochBatches(options: EpochBatchesOptions): Generator<Uint32Array, void, undefined>;

export declare function fashionMnist(options?: FashionMnistOptions, environment?: DatasetEnvironment): Promise<LabelledImages>;

export declare function gaussian1d(options?: Gaussian1dOptions): MixtureDataset;

export declare function gaussianGrid(options?: AuthorsLayoutOptions, environment?: DatasetEnvironment): MixtureDataset;

export declare function gaussianMixture(options: GaussianMixtureOptions): MixtureDataset;

export declare function gaussianPlus(options?: AuthorsLayoutOptions, environment?: DatasetEnvironment): MixtureDataset;

export declare function gaussianRing(options?: GaussianRingOptions): MixtureDataset;

export declare function gaussianSine(options?: AuthorsLayoutOptions, environment?: DatasetEnvironment): MixtureDataset;

export declare function imageFolder(options?: ImageFolderOptions, environment?: DatasetEnvironment): Promise<PictureDataset>;

export declare function mnist(options?: MnistOptions, environment?: DatasetEnvironment): Promise<LabelledImages>;

export declare function mnist1k(options?: Mnist1kOptions, environment?: DatasetEnvironment): Promise<StackedDigits>;

export declare function npz(options: NpzOptions, environment?: DatasetEnvironment): Promise<Dataset>;

export declare const publications: Readonly<Record<string, Publication>>;

export declare function stl10(options?: Stl10Options, environment?: DatasetEnvironment): Promise<Dataset & {
    batch(indices: ArrayLike<number>): Uint8Array;
}>;

export declare function swissRoll(options?: SwissRollOptions): PointDataset;

// @dist-gan/datasets/files

export interface IdxArray {
    readonly dimensions: readonly number[];
    readonly data: Uint8Array;
    readonly dataOffset: number;
}

export interface NpzContent {
    readonly arrays: ReadonlyMap<string, NumberArray & {
        readonly type: string;
    }>;
    readonly unreadable: ReadonlyMap<string, string>;
    readonly others: ReadonlyMap<string, Uint8Array>;
}

export interface NumberArray {
    readonly shape: readonly number[];
    readonly data: NumberData;
}

export type NumberData = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export declare function readBytes(path: string, remedy: string): Uint8Array;

export declare function readIdx(content: Uint8Array, file: string, rank: number): IdxArray;

export declare function readNpy(bytes: Uint8Array): NumberArray & {
    readonly type: string;
};

export declare function readNpz(bytes: Uint8Array, file: string): Promise<NpzContent>;

export declare function readZip(bytes: Uint8Array): Promise<Map<string, Uint8Array>>;

export declare function unpackZip(archive: string, matching: RegExp, folder: string, signal?: AbortSignal): Promise<string[]>;

export declare function writeNpy({ shape, data }: NumberArray): Uint8Array;

export declare function writeZip(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array>;

// @dist-gan/datasets/pictures

export interface PictureList {
    readonly files: readonly string[];
    readonly notices: readonly string[];
}

export interface PixelRules {
    readonly upright?: boolean;
    readonly background?: readonly [
        red: number,
        green: number,
        blue: number
    ] | undefined;
}

export interface Pixels {
    readonly data: Uint8Array;
    readonly height: number;
    readonly width: number;
}

export declare function decodePicture(file: string, rules?: PixelRules): Promise<Pixels>;

export declare function listPictures(folder: string): Promise<PictureList>;

// @dist-gan/datasets/resampling

export type ResamplingFilter = 'bilinear' | 'bicubic' | 'box' | 'lanczos';

export interface ResamplingWeights<Weights extends Float64Array | Int32Array = Float64Array> {
    readonly first: Int32Array;
    readonly count: Int32Array;
    readonly weights: Weights;
    readonly stride: number;
}

export function inFixedPoint(weights: ResamplingWeights): ResamplingWeights<Int32Array>;

export const precisionBits: number;

export function resamplingWeights(filter: ResamplingFilter, pixels: number, places: number, part?: readonly [
    start: number,
    end: number
]): ResamplingWeights;

// named above, and not exported

interface Normalisation {
    readonly margin?: number;
}

declare const schema: v.StrictObjectSchema<{
    readonly points: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 50000>;
    readonly noise: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0.25>;
    readonly normalise: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly margin: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly folder: v.OptionalSchema<v.StringSchema<"must be the path of a folder">, undefined>;
    readonly checksum: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "require",
        "ignore"
    ], string>, "warn">;
    readonly split: v.OptionalSchema<v.PicklistSchema<readonly [
        "train",
        "test",
        "unlabeled"
    ], string>, "unlabeled">;
    readonly side: v.OptionalSchema<v.PicklistSchema<readonly [
        48,
        96
    ], string>, 48>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly file: v.StringSchema<"must be the path of an .npz file">;
    readonly array: v.OptionalSchema<v.StringSchema<"must be the name of an array">, undefined>;
    readonly labels: v.OptionalSchema<v.StringSchema<"must be the name of an array">, undefined>;
    readonly channels: v.OptionalSchema<v.PicklistSchema<readonly [
        "last",
        "first"
    ], string>, "last">;
    readonly valueRange: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.TupleSchema<[
            v.SchemaWithPipe<readonly [
                v.NumberSchema<"must be a number">,
                v.FiniteAction<number, "must be finite">
            ]>,
            v.SchemaWithPipe<readonly [
                v.NumberSchema<"must be a number">,
                v.FiniteAction<number, "must be finite">
            ]>
        ], "must be [lowest, highest]">,
        v.CheckAction<[
            number,
            number
        ], "must rise">,
        v.ReadonlyAction<[
            number,
            number
        ]>
    ]>, readonly [
        0,
        1
    ]>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    folder: v.OptionalSchema<v.StringSchema<"must be the path of a folder">, undefined>;
    checksum: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "require",
        "ignore"
    ], string>, "warn">;
    split: v.OptionalSchema<v.PicklistSchema<readonly [
        "train",
        "test",
        "tutorial-train",
        "tutorial-validation"
    ], string>, "train">;
    from: v.OptionalSchema<v.PicklistSchema<readonly [
        "auto",
        "files",
        "package"
    ], string>, "auto">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly folder: v.OptionalSchema<v.StringSchema<"must be the path of a folder">, undefined>;
    readonly checksum: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "require",
        "ignore"
    ], string>, "warn">;
    readonly split: v.OptionalSchema<v.PicklistSchema<readonly [
        "train",
        "test",
        "tutorial-train",
        "tutorial-validation"
    ], string>, "train">;
    readonly from: v.OptionalSchema<v.PicklistSchema<readonly [
        "auto",
        "files",
        "package"
    ], string>, "auto">;
    readonly samples: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MaxValueAction<number, number, "must be at most 2^32">
    ]>, 1000000>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly memoryMegabytes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1024>;
    readonly workers: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly folder: v.OptionalSchema<v.StringSchema<"must be the path of a folder with pictures">, undefined>;
    readonly size: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
    readonly channels: v.OptionalSchema<v.PicklistSchema<readonly [
        1,
        3
    ], string>, 3>;
    readonly background: v.OptionalSchema<v.TupleSchema<[
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.IntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 0, "must be from 0 to 255">,
            v.MaxValueAction<number, 255, "must be from 0 to 255">
        ]>,
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.IntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 0, "must be from 0 to 255">,
            v.MaxValueAction<number, 255, "must be from 0 to 255">
        ]>,
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.IntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 0, "must be from 0 to 255">,
            v.MaxValueAction<number, 255, "must be from 0 to 255">
        ]>
    ], "must be [red, green, blue], each from 0 to 255">, undefined>;
    readonly crop: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly resize: v.OptionalSchema<v.PicklistSchema<readonly [
        "cover",
        "contain",
        "stretch",
        "none"
    ], string>, "cover">;
    readonly resampling: v.OptionalSchema<v.PicklistSchema<readonly [
        "lanczos",
        "bicubic",
        "bilinear",
        "nearest"
    ], string>, "lanczos">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly modes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MaxValueAction<number, 65536, "must be at most 65,536">
    ]>, 8>;
    readonly radius: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 2>;
    readonly standardDeviation: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.02>;
    readonly pointsPerMode: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 5000>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly centres: v.SchemaWithPipe<readonly [
        v.ArraySchema<v.SchemaWithPipe<readonly [
            v.ArraySchema<v.SchemaWithPipe<readonly [
                v.NumberSchema<"must be a number">,
                v.FiniteAction<number, "must be finite">
            ]>, "must be a list of numbers">,
            v.MinLengthAction<number[], 1, "must have at least one coordinate">
        ]>, "must be a list of points">,
        v.MinLengthAction<number[][], 1, "must have at least one centre">,
        v.MaxLengthAction<number[][], 65536, "must have at most 65,536 centres">
    ]>;
    readonly standardDeviation: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.05>;
    readonly pointsPerMode: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 2000>;
    readonly normalise: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly mean: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">
    ]>, 4>;
    readonly standardDeviation: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 1>;
    readonly points: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 100000>;
    readonly seed: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 0>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly folder: v.OptionalSchema<v.StringSchema<"must be the path of a folder">, undefined>;
    readonly checksum: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "require",
        "ignore"
    ], string>, "warn">;
    readonly split: v.OptionalSchema<v.PicklistSchema<readonly [
        "train",
        "test"
    ], string>, "train">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly modes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MaxValueAction<number, 65536, "must be at most 65,536">
    ]>, 10>;
    readonly dimension: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 1200>;
    readonly intrinsicDimension: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 700>;
    readonly standardDeviation: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.1>;
    readonly pointsPerMode: v.OptionalSchema<v.SchemaWithPipe<readonly [
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

declare const schema: v.StrictObjectSchema<{
    readonly folder: v.OptionalSchema<v.StringSchema<"must be the path of a folder">, undefined>;
    readonly checksum: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "require",
        "ignore"
    ], string>, "warn">;
    readonly split: v.OptionalSchema<v.PicklistSchema<readonly [
        "train",
        "test"
    ], string>, "train">;
    readonly from: v.OptionalSchema<v.PicklistSchema<readonly [
        "auto",
        "python",
        "binary"
    ], string>, "auto">;
    readonly batches: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.ArraySchema<v.PicklistSchema<[
            1,
            2,
            3,
            4,
            5
        ], "must be 1 to 5">, undefined>,
        v.MinLengthAction<(1 | 2 | 3 | 4 | 5)[], 1, "must name a batch">,
        v.ReadonlyAction<(1 | 2 | 3 | 4 | 5)[]>
    ]>, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly folder: v.OptionalSchema<v.StringSchema<"must be the path of a folder">, undefined>;
    readonly checksum: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "require",
        "ignore"
    ], string>, "warn">;
    readonly split: v.OptionalSchema<v.PicklistSchema<readonly [
        "train",
        "test"
    ], string>, "train">;
    readonly from: v.OptionalSchema<v.PicklistSchema<readonly [
        "auto",
        "python",
        "binary"
    ], string>, "auto">;
    readonly labels: v.OptionalSchema<v.PicklistSchema<readonly [
        "fine",
        "coarse"
    ], string>, "fine">;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly memoryMegabytes: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1024>;
    readonly workers: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly split: v.OptionalSchema<v.PicklistSchema<readonly [
        "all",
        "train",
        "validation",
        "test"
    ], string>, "all">;
    readonly size: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 64>;
    readonly folder: v.OptionalSchema<v.StringSchema<"must be the path of a folder">, undefined>;
}, undefined>;
