// @dist-gan/transport

export interface BrenierPotential extends TargetPoints {
    readonly heights: Float64Array;
}

export type CompiledEngineOptions = Pick<CompileOptions, 'target' | 'threads' | 'runtime'>;

export interface DrawnPoints {
    readonly points: Float32Array;
    readonly tried: number;
}

export interface ExactTransportOptions extends v.InferInput<typeof schema> {
    readonly dimension: 1 | 2;
}

export interface ExactTransportResult {
    readonly potential: BrenierPotential;
    readonly converged: boolean;
    readonly gradientNorm: number;
    readonly steps: number;
}

export interface ExtendedMap {
    readonly dimension: number;
    map(samples: Float32Array, coefficients?: Float32Array): Promise<MappedSamples>;
    draw(count: number, stream: RandomStream): Promise<DrawnPoints>;
    dispose(): void;
    [Symbol.dispose](): void;
}

export type ExtensionOptions = v.InferInput<typeof schema>;

export type MakePlaneEngine = (planes: Planes, highest: number) => Promise<PlaneEngine>;

export interface MappedSamples {
    readonly points: Float32Array;
    readonly singular: Uint8Array;
    readonly cells: Int32Array;
}

export interface NewtonProgress {
    readonly step: number;
    readonly cells: number;
    readonly gradientNorm?: number;
}

export interface PlanarCell {
    readonly corners: readonly number[];
    readonly neighbours: readonly number[];
}

export interface PlaneEngine {
    readonly id: string;
    find(samples: Float32Array, heights: Float64Array): Promise<Int32Array>;
    dispose(): void;
}

export interface Planes {
    readonly points: Float64Array;
    readonly dimension: number;
    readonly count: number;
}

export interface TargetPoints {
    readonly points: Float64Array;
    readonly dimension: number;
    readonly count: number;
    readonly masses: Float64Array;
}

export type TransportOptions = v.InferInput<typeof schema>;

export interface TransportProgress {
    readonly step: number;
    readonly samples: number;
    readonly gradientNorm: number;
    readonly largestError: number;
    readonly emptyCells: number;
    readonly seconds: number;
}

export interface TransportResult {
    readonly potential: BrenierPotential;
    readonly outcome: 'converged' | 'stalled' | 'steps' | 'aborted';
    readonly progress?: TransportProgress;
    readonly state: TransportState;
}

export interface TransportState {
    readonly step: number;
    readonly samples: number;
    readonly learningRate: number;
    readonly heights: Float64Array;
    readonly firstMoment: Float64Array;
    readonly secondMoment: Float64Array;
    readonly leastNorm: number;
    readonly stepsSinceLeast: number;
}

export declare function areaOf({ corners }: PlanarCell): number;

export declare function compiledEngine(options?: CompiledEngineOptions): MakePlaneEngine;

export declare function dihedralAngle({ points, dimension }: TargetPoints, i: number, j: number): number;

export declare function extendTransport(potential: BrenierPotential, given: ExtensionOptions): Promise<ExtendedMap>;

export declare const largestSobolCount: number;

export declare const largestSobolDimension = 1111;

export declare function locateSamples(potential: BrenierPotential, samples: Float32Array, engine?: MakePlaneEngine): Promise<Int32Array>;

export declare const plainEngine: MakePlaneEngine;

export declare function planarCells(potential: Planes): PlanarCell[];

export declare function sobolPoints(dimension: number, count: number, { start, shift }?: {
    start?: number;
    shift?: number;
}): Float32Array;

export declare function solveTransport(given: TransportOptions): Promise<TransportResult>;

export declare function solveTransportExactly(given: ExactTransportOptions): Promise<ExactTransportResult>;

// named above, and not exported

type Planes = Pick<BrenierPotential, 'points' | 'heights' | 'count'>;

declare const schema: v.StrictObjectSchema<{
    readonly points: v.CustomSchema<ArrayLike<number>, v.ErrorMessage<v.CustomIssue> | undefined>;
    readonly dimension: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
    readonly masses: v.OptionalSchema<v.CustomSchema<ArrayLike<number>, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly learningRate: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, undefined>;
    readonly learningRateDecay: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>,
        v.MaxValueAction<number, 1, "must be at most 1">
    ]>, 0.5>;
    readonly tolerance: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 0.002>;
    readonly samples: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly maximumSamples: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.MaxValueAction<number, number, "must be at most 2^24">
    ]>, undefined>;
    readonly patience: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 30>;
    readonly maximumSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 20000>;
    readonly engine: v.OptionalSchema<v.CustomSchema<MakePlaneEngine, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly state: v.OptionalSchema<v.CustomSchema<TransportState, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly onProgress: v.OptionalSchema<v.CustomSchema<(progress: TransportProgress, state: TransportState) => void | Promise<void>, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly signal: v.OptionalSchema<v.InstanceSchema<{
        new (): AbortSignal;
        prototype: AbortSignal;
        abort(reason?: any): AbortSignal;
        any(signals: AbortSignal[]): AbortSignal;
        timeout(milliseconds: number): AbortSignal;
    }, "must be an AbortSignal">, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly threshold: v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>,
        v.MaxValueAction<number, number, "must be at most pi">
    ]>;
    readonly interpolation: v.OptionalSchema<v.PicklistSchema<readonly [
        "barycentric",
        "pair"
    ], string>, "barycentric">;
    readonly neighbours: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly meanSamples: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, undefined>;
    readonly engine: v.OptionalSchema<v.CustomSchema<MakePlaneEngine, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly points: v.CustomSchema<ArrayLike<number>, v.ErrorMessage<v.CustomIssue> | undefined>;
    readonly dimension: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
    readonly masses: v.OptionalSchema<v.CustomSchema<ArrayLike<number>, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly tolerance: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>, 1e-12>;
    readonly maximumSteps: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 100>;
    readonly onProgress: v.OptionalSchema<v.CustomSchema<(progress: NewtonProgress) => void, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly signal: v.OptionalSchema<v.InstanceSchema<{
        new (): AbortSignal;
        prototype: AbortSignal;
        abort(reason?: any): AbortSignal;
        any(signals: AbortSignal[]): AbortSignal;
        timeout(milliseconds: number): AbortSignal;
    }, "must be an AbortSignal">, undefined>;
}, undefined>;
