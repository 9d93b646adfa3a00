// @dist-gan/viewer

export interface EvaluationRow {
    readonly step: number;
    readonly seconds: number;
    readonly metrics: Readonly<Record<string, number>>;
    readonly rawMetrics?: Readonly<Record<string, number>>;
    readonly measurements?: Readonly<Record<string, number>>;
    readonly modes?: readonly ModeCount[];
}

export interface EventRow {
    readonly step: number;
    readonly at?: string;
    readonly kind: string;
    readonly text: string;
}

export interface GeneratorView {
    readonly version: string;
    readonly latents: LatentOptions;
    readonly sampleShape: readonly number[];
    readonly range: readonly [
        low: number,
        high: number
    ];
}

export interface Picture {
    readonly id: string;
    readonly title: string;
    readonly step: number;
}

export interface Plane {
    readonly dimension: 1 | 2;
    readonly limits: readonly [
        low: number,
        high: number
    ];
    readonly real: string;
    readonly modes?: {
        readonly centres: readonly (readonly number[])[];
        readonly radius: number;
    };
    readonly scale: number;
    readonly offset: number;
}

export interface PresetWords {
    readonly title: string;
    readonly description: string;
    readonly source?: Source;
    readonly published: readonly PublishedNumber[];
}

export interface ReferenceLine {
    readonly label: string;
    readonly value: number;
}

export declare class RunReader {
    readonly folder: string;
    private readonly wordsOf;
    readonly name: string;
    private known;
    private summarised;
    constructor(folder: string, wordsOf?: (preset: string) => PresetWords | undefined);
    summary(): RunSummary;
    private summarise;
    view(state?: RunState): RunView;
    frame(step: number): Uint8Array | undefined;
    picture(id: string): Uint8Array | undefined;
    get generator(): GeneratorView | undefined;
    private describe;
    private read;
    private version;
    private samples;
    private pictures;
    private readGenerator;
}

export type RunState = RunStanding | 'unreadable';

export interface RunSummary {
    readonly name: string;
    readonly state: RunState;
    readonly message?: string;
    readonly preset: string;
    readonly seed: number;
    readonly step: number;
    readonly steps: number;
    readonly seconds: number;
    readonly startedAt: string;
    readonly metrics: Readonly<Record<string, number>>;
    readonly protocols: Readonly<Record<string, JsonObject>>;
    readonly version: string;
}

export interface RunView extends RunSummary {
    readonly title: string;
    readonly description: string;
    readonly source: string;
    readonly losses: StepTable;
    readonly measurements: StepTable;
    readonly evaluations: readonly EvaluationRow[];
    readonly results: readonly MetricResult[];
    readonly published: readonly PublishedNumber[];
    readonly events: readonly EventRow[];
    readonly samples: SampleFrames;
    readonly pictures: readonly Picture[];
    readonly record: JsonObject;
    readonly command: string;
    readonly generator?: GeneratorView;
}

export interface RunWatch {
    readonly address: string;
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}

export interface SampleFrames {
    readonly steps: readonly number[];
    readonly kind: 'points' | 'images';
    readonly plane?: Plane;
}

export interface StepTable {
    readonly steps: readonly number[];
    readonly seconds: readonly number[];
    readonly columns: Readonly<Record<string, string>>;
}

export interface SweepCurvesView {
    readonly metric: string;
    readonly lines: readonly ReferenceLine[];
    readonly rows: readonly {
        readonly label: string;
        readonly points: readonly {
            readonly step: number;
            readonly mean: number;
            readonly least: number;
            readonly greatest: number;
        }[];
    }[];
}

export interface SweepGroupView {
    readonly preset: string;
    readonly rows: readonly SweepRowView[];
    readonly table: SweepTableView;
    readonly protocols: readonly string[];
    readonly differences?: SweepTableView;
    readonly published: readonly {
        readonly metric: string;
        readonly text: string;
        readonly source: string;
    }[];
    readonly curves: readonly SweepCurvesView[];
}

export interface SweepRowView {
    readonly label: string;
    readonly runs: readonly SweepRunView[];
}

export interface SweepRunView {
    readonly name: string;
    readonly seed: number;
    readonly state: 'done' | 'collapsed' | 'failed' | 'unfinished';
    readonly reason?: string;
}

export interface SweepTableView {
    readonly heading: readonly string[];
    readonly rows: readonly (readonly (readonly string[])[])[];
}

export interface SweepView {
    readonly groups: readonly SweepGroupView[];
    readonly explanations: readonly string[];
    readonly workers: readonly SweepWorkerView[];
}

export interface SweepWorkerView {
    readonly worker: string;
    readonly atWork: number;
    readonly runs: number;
    readonly runsAnHour: number;
    readonly limit?: number;
}

export interface WatchOptions {
    readonly folder: string;
    readonly port?: number;
    readonly wordsOf?: (preset: string) => PresetWords | undefined;
    readonly sweep?: () => SweepView | undefined;
    readonly generatorOnnx?: (folder: string) => Promise<Uint8Array>;
    readonly workingDirectory?: string;
}

export declare function packNumbers(values: ArrayLike<number>): string;

export declare function referenceLines(metric: string, ideal: number | undefined, published: readonly PublishedNumber[]): ReferenceLine[];

export declare function renderReport(run: RunReader, state?: RunState): string;

export declare function watchRuns(options: WatchOptions): Promise<RunWatch>;
