// @dist-gan/testing

export declare class Adam {
    private readonly slots;
    private readonly powers;
    constructor(variables: readonly tf.Variable[]);
    update(grads: tf.NamedTensorMap, learningRate: tf.Tensor): void;
    get variables(): tf.Variable[];
}

export interface AgainstEager<Options> {
    readonly expectLikeEager: (comparison: Comparison<Options>) => Promise<void>;
    readonly describeOnTargets: (name: string, suite: (target: TargetName) => void) => void;
    readonly tensorFlowIsHere: boolean;
}

export interface ArchitectureSubject {
    readonly architecture: Architecture;
    readonly shape: NetworkShape;
    readonly parameters: Readonly<Partial<Record<NetworkKind, number>>>;
    readonly featureDimension?: number;
    readonly unsupported?: readonly NetworkShape[];
    registerCustomObjects?(): void;
}

export interface AugmentationSubject {
    readonly augmentation: Augmentation;
    readonly sampleShape: readonly number[];
    readonly range?: readonly [
        low: number,
        high: number
    ];
}

export interface Comparison<Options> {
    readonly target: TargetName;
    readonly fn: TensorFunction;
    readonly inputs: Readonly<Record<string, InputForm>>;
    readonly feeds: (call: number) => Readonly<Record<string, Elements>>;
    readonly variables?: readonly tf.Variable[];
    readonly calls?: number;
    readonly tolerance?: number;
    readonly options?: Partial<Options>;
}

export type Compile = (fn: TensorFunction, options: {
    readonly inputs: Readonly<Record<string, InputForm>>;
    readonly target: TargetName;
    readonly threads: number;
}) => Promise<CompiledStep>;

export interface CompiledStep {
    run(feeds: Readonly<Record<string, Elements>>): Promise<Readonly<Record<string, {
        readonly data: Elements;
        readonly shape: readonly number[];
    }>>>;
    readVariables(): Promise<void>;
    dispose(): void;
}

export interface DatasetSubject {
    create(): Dataset | Promise<Dataset>;
    readonly expected: {
        readonly size: number;
        readonly sampleShape: readonly number[];
        readonly type: 'float32' | 'uint8';
        readonly classes?: number;
    };
}

export type LossInput = 'logits' | {
    readonly sampleShape: readonly number[];
    readonly range?: readonly [
        low: number,
        high: number
    ];
};

export interface LossSubject<Name extends string = string> {
    readonly inputs: Readonly<Record<Name, LossInput>>;
    loss(inputs: Readonly<Record<Name, Tensor>>): Tensor;
    reference?(inputs: Readonly<Record<Name, readonly number[]>>): number;
    readonly gradientSigns?: Readonly<Partial<Record<Name, 'negative' | 'positive' | 'zero'>>>;
    readonly batchSize?: number;
}

export interface MethodSubject {
    readonly method: Method;
}

export interface MetricSubject {
    create(): Metric<SampleBatch>;
    readonly samples: SampleBatch;
    readonly ids: readonly string[];
    readonly expected?: Readonly<Record<string, number>>;
}

export interface RecipeSubject {
    readonly recipe: Recipe;
}

export type TensorFunction = (inputs: Record<string, tf.Tensor>) => Record<string, tf.Tensor>;

export declare function againstEager<Compiler extends Compile>(compile: Compiler): Promise<AgainstEager<Parameters<Compiler>[1]>>;

export declare function architectureChecks(subject: ArchitectureSubject): Check[];

export declare function augmentationChecks(subject: AugmentationSubject): Check[];

export declare function datasetChecks(subject: DatasetSubject): Check[];

export declare function describeArchitecture(title: string, subject: ArchitectureSubject): void;

export declare function describeAugmentation(title: string, subject: AugmentationSubject): void;

export declare function describeDataset(title: string, subject: DatasetSubject): void;

export declare function describeLoss<Name extends string>(title: string, subject: LossSubject<Name>): void;

export declare function describeMethod(title: string, subject: MethodSubject): void;

export declare function describeMetric(title: string, subject: MetricSubject): void;

export declare function describeRecipe(title: string, subject: RecipeSubject): void;

export declare function lossChecks<Name extends string>(given: LossSubject<Name>): Check[];

export declare function methodChecks({ method }: MethodSubject): Check[];

export declare function metricChecks(subject: MetricSubject): Check[];

export declare function recipeChecks({ recipe }: RecipeSubject): Check[];

export declare function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number;

export declare function reload(model: LayersModel): Promise<LayersModel>;

// @dist-gan/testing/architecture

// ArchitectureSubject: as above

// architectureChecks: as above

// describeArchitecture: as above

// reload: as above

// @dist-gan/testing/augmentation

// AugmentationSubject: as above

// augmentationChecks: as above

// describeAugmentation: as above

// @dist-gan/testing/compiled

// Adam: as above

// AgainstEager: as above

// Comparison: as above

// Compile: as above

// CompiledStep: as above

// TensorFunction: as above

// againstEager: as above

// relativeDifference: as above

// @dist-gan/testing/dataset

// DatasetSubject: as above

// datasetChecks: as above

// describeDataset: as above

// @dist-gan/testing/loss

// LossInput: as above

// LossSubject: as above

// describeLoss: as above

// lossChecks: as above

// @dist-gan/testing/method

// MethodSubject: as above

// describeMethod: as above

// methodChecks: as above

// @dist-gan/testing/metric

// MetricSubject: as above

// describeMetric: as above

// metricChecks: as above

// @dist-gan/testing/recipe

// RecipeSubject: as above

// describeRecipe: as above

// recipeChecks: as above

// named above, and not exported

export interface Check {
    readonly name: string;
    readonly run: () => void | Promise<void>;
}

export type Elements = Float32Array | Int32Array | Uint8Array;

export interface InputForm {
    readonly shape: readonly number[];
    readonly dtype?: 'float32' | 'int32' | 'bool';
}
