// @dist-gan/compiler

export interface CompileOptions<Inputs extends InputSpecs = InputSpecs> {
    readonly inputs: Inputs;
    readonly target?: TargetName;
    readonly device?: Device;
    readonly passes?: Partial<Readonly<Record<PassName, boolean>>>;
    readonly threads?: number;
    readonly checkFinite?: boolean;
    readonly onWarning?: (message: string) => void;
    readonly runtime?: OnnxRuntime;
}

export interface CompileReport {
    readonly target: TargetName;
    readonly device: Exclude<Device, 'auto'>;
    readonly engine: string;
    readonly threads?: number;
    readonly operationsRecorded: number;
    readonly operationsRun: number;
    readonly variables: readonly string[];
    readonly recordMs: number;
    readonly passMs: number;
    readonly sessionMs: number;
}

export interface Compiled<Inputs extends InputSpecs = InputSpecs, Outputs extends NamedTensors<Outputs> = Record<string, tf.Tensor>> {
    run(inputs: FeedsOf<Inputs>): Promise<OutputsOf<Outputs>>;
    readVariables(): Promise<void>;
    writeVariables(): Promise<void>;
    toOnnx(): Uint8Array;
    toSavedModel(folder: string): Promise<void>;
    readonly report: CompileReport;
    dispose(): void;
    [Symbol.dispose](): void;
}

// Device: of another package

export interface ExportLayersModelOptions {
    readonly portable?: boolean;
}

export interface ExportOptions {
    readonly inputShapes?: readonly (readonly number[])[];
    readonly batch?: number | 'dynamic';
    readonly inputNames?: readonly string[];
    readonly outputName?: string;
}

export interface ExportableModel {
    apply(inputs: tf.Tensor | tf.Tensor[], options?: {
        training?: boolean;
    }): unknown;
    readonly inputs?: readonly {
        readonly shape: readonly (number | null)[];
    }[];
}

export type FeedsOf<Inputs extends InputSpecs> = {
    readonly [Name in keyof Inputs]: DataOf<Inputs[Name]>;
};

export interface InputSpec {
    readonly shape: readonly number[];
    readonly dtype?: DType;
}

export type InputSpecs = Readonly<Record<string, InputSpec>>;

export interface LayersModelFiles {
    readonly 'model.json': string;
    readonly 'weights.bin': Uint8Array<ArrayBuffer>;
}

export interface OnnxRuntime {
    readonly InferenceSession: {
        create(model: Uint8Array, options?: object): Promise<OnnxSession>;
    };
    readonly Tensor: new (type: never, data: never, dims: readonly number[]) => OnnxTensor;
    readonly env?: {
        readonly versions?: {
            readonly node?: string;
            readonly web?: string;
        };
        readonly wasm?: {
            numThreads?: number;
        };
    };
}

export interface OnnxRuntimeInstallation {
    readonly version: string;
    readonly folder: string;
}

export interface OutputTensor<Rank extends tf.Rank = tf.Rank> {
    readonly data: Rank extends tf.Rank.R0 ? Data & {
        readonly 0: number;
    } : Data;
    readonly shape: Rank extends tf.Rank.R0 ? [
    ] : tf.ShapeMap[Rank];
}

export type OutputsOf<Outputs extends NamedTensors<Outputs>> = {
    [Name in keyof Outputs]: Outputs[Name] extends tf.Tensor<infer Rank> ? OutputTensor<Rank> : never;
};

export type PassName = keyof typeof cleaning | keyof typeof sums | keyof typeof layout | keyof typeof products | keyof typeof tiles | keyof typeof updates | FusionName;

// TargetName: of another package

export interface TensorFlowInstallation {
    readonly version: string;
    readonly folder: string;
    readonly gpu: boolean;
}

export type TensorFunction = (inputs: Record<string, tf.Tensor>) => Record<string, tf.Tensor>;

export type TensorsOf<Inputs extends InputSpecs> = {
    [Name in keyof Inputs]: tf.Tensor<RankOf<Inputs[Name]['shape']>>;
};

export declare function compile<const Inputs extends InputSpecs, Outputs extends NamedTensors<Outputs>>(fn: (inputs: TensorsOf<Inputs>) => Outputs, options: CompileOptions<Inputs>): Promise<Compiled<Inputs, Outputs>>;

export declare function defaultTarget({ convolutions }?: {
    convolutions?: boolean;
}): TargetName;

export declare function exportLayersModel(network: SavableModel, { portable }?: ExportLayersModelOptions): Promise<LayersModelFiles>;

export declare function exportOnnx(model: ExportableModel, options?: ExportOptions): Uint8Array;

export declare function exportSavedModel(model: ExportableModel, folder: string, options?: ExportOptions): void;

export declare function inspectOnnxRuntime(): OnnxRuntimeInstallation;

export declare function inspectTensorFlow(): TensorFlowInstallation;

export declare const tensorFlowFolder = "tensorflow";

// named above, and not exported

interface Arrays {
    float32: Float32Array;
    int32: Int32Array;
    bool: Uint8Array;
}

export type Attribute = string | number | boolean | readonly number[] | readonly (readonly number[])[] | Data;

export type Attributes = Readonly<Record<string, Attribute>>;

export type Content = Readonly<{
    data: Data;
}>;

export type DType = 'float32' | 'int32' | 'bool';

export type Data = Float32Array | Int32Array | Uint8Array;

type DataOf<Spec extends InputSpec> = 'dtype' extends keyof Spec ? Spec['dtype'] extends DType ? Arrays[Spec['dtype']] : Data : Float32Array;

export type FusionName = (typeof fusionNames)[number];

export interface Graph {
    readonly inputs: readonly NamedValue[];
    readonly states: readonly State[];
    readonly outputs: readonly NamedValue[];
}

export declare class GraphBuilder {
    readonly values: Value[];
    apply<Own extends Attributes>(operation: Operation<Own>, inputs: readonly Value[], attributes: Own): Value;
    reapply(value: Value, inputs: readonly Value[]): Value;
    results(value: Value): Value[];
    input(name: string, shape: Shape, dtype: DType): Value<Named>;
    state(name: string, shape: Shape, dtype: DType): Value<Named>;
    constant(data: Data, shape: Shape, dtype: DType): Value<Content>;
    fill(element: number, shape?: Shape, dtype?: DType): Value<Content>;
    private push;
}

export type Named = Readonly<{
    name: string;
}>;

export type NamedTensors<Outputs> = {
    readonly [Name in keyof Outputs]: tf.Tensor;
};

export interface NamedValue {
    readonly name: string;
    readonly value: Value;
}

export interface OnnxSession {
    run(feeds: never, fetches: never): Promise<Readonly<Record<string, OnnxTensor>>>;
    release(): Promise<void>;
}

export interface OnnxTensor {
    readonly data: unknown;
    readonly dims: readonly number[];
    readonly location?: string;
    getData?(): Promise<unknown>;
    dispose?(): void;
}

export interface Operation<Own extends Attributes = Attributes> {
    readonly name: string;
    infer(inputs: readonly Value[], attributes: Own): ValueType | readonly ValueType[];
    readonly accepts?: readonly DType[];
    readonly traits?: Traits<Own>;
    element?(attributes: Own): (...operands: number[]) => number;
    evaluate?(value: Value<Own>, operands: readonly Data[]): Data;
}

export interface Pass {
    (graph: Graph, builder: GraphBuilder): Graph;
    needs?: readonly Pass[];
}

type RankOf<Shape extends readonly number[]> = Shape['length'] extends keyof Ranks ? Ranks[Shape['length']] : tf.Rank;

interface Ranks {
    0: tf.Rank.R0;
    1: tf.Rank.R1;
    2: tf.Rank.R2;
    3: tf.Rank.R3;
    4: tf.Rank.R4;
    5: tf.Rank.R5;
    6: tf.Rank.R6;
}

export type Reduction = Readonly<{
    axes: readonly number[];
    keepDims: boolean;
}>;

interface SavableModel {
    save(handler: tf.io.IOHandler): Promise<unknown>;
}

export type Shape = readonly number[];

export interface State {
    readonly name: string;
    readonly input: Value<Named>;
    readonly output: Value;
    readonly parts: readonly StatePart[];
    readonly permutation?: readonly number[];
}

interface StatePart {
    readonly variable: number;
    readonly offset: number;
    readonly size: number;
}

export interface Traits<Own extends Attributes = Attributes> {
    readonly commutative?: true;
    readonly neutral?: {
        readonly element: number;
        readonly operand: 'either' | 'second';
    };
    readonly zeroFactor?: true;
    readonly movement?: true;
    reduction?(attributes: Own): Reduction;
    beforeTranspose?(attributes: Own, perm: readonly number[]): Own;
    multiplications?(value: Value<Own>): number;
}

export interface Value<Own extends Attributes = Attributes> extends ValueType {
    readonly id: number;
    readonly operation: Operation<Own>;
    readonly inputs: readonly Value[];
    readonly attributes: Own;
}

export interface ValueType {
    readonly shape: Shape;
    readonly dtype: DType;
}

declare const cleaning: {
    readonly simplification: Pass;
    readonly transposeSinking: Pass;
    readonly constantFolding: Pass;
    readonly commonSubexpressions: Pass;
    readonly narrowFactors: Pass;
};

export declare const fusionNames: readonly [
    'batchNorms',
    'adamUpdates',
    'rectifierGradients'
];

declare const layout: {
    readonly stateLayouts: Pass;
};

declare const products: {
    readonly rectifierMasks: Pass;
    readonly columnSums: Pass;
    readonly biasFusion: Pass;
};

declare const sums: {
    readonly zeroSums: Pass;
};

declare const tiles: {
    readonly patchTiles: Pass;
};

declare const updates: {
    readonly flatUpdates: Pass;
};
