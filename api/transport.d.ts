// @dist-gan/transport

export interface BrenierPotential extends TargetPoints {
    readonly heights: Float64Array;
}

export type CompiledEngineOptions = Pick<CompileOptions, 'target' | 'threads' | 'runtime'>;

export interface DrawnPoints {
    readonly points: Float32Array;
    readonly tried: number;
}

export interface ExactTransportOptions {
    readonly points: ArrayLike<number>;
    readonly dimension: 1 | 2;
    readonly masses?: ArrayLike<number>;
    readonly tolerance?: number;
    readonly maximumSteps?: number;
    readonly onProgress?: (progress: NewtonProgress) => void;
    readonly signal?: AbortSignal;
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

export interface ExtensionOptions {
    readonly threshold: number;
    readonly interpolation?: 'barycentric' | 'pair';
    readonly neighbours?: number;
    readonly meanSamples?: number;
    readonly engine?: MakePlaneEngine;
}

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

export interface TransportOptions {
    readonly points: ArrayLike<number>;
    readonly dimension: number;
    readonly masses?: ArrayLike<number>;
    readonly learningRate?: number;
    readonly learningRateDecay?: number;
    readonly tolerance?: number;
    readonly samples?: number;
    readonly maximumSamples?: number;
    readonly patience?: number;
    readonly maximumSteps?: number;
    readonly engine?: MakePlaneEngine;
    readonly state?: TransportState;
    readonly onProgress?: (progress: TransportProgress, state: TransportState) => void | Promise<void>;
    readonly signal?: AbortSignal;
}

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
