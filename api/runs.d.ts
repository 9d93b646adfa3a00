// @dist-gan/runs

export interface Checkpoint extends RunState {
    readonly record: CheckpointRecord;
}

export interface CheckpointListing {
    readonly path: string;
    readonly name: string;
    readonly step?: number;
    readonly size: number;
}

export interface CheckpointRecord {
    readonly options: JsonObject;
    readonly seed: number;
    readonly versions: Readonly<Record<string, string>>;
    readonly engine: string;
}

export declare class CheckpointStore {
    readonly folder: string;
    private readonly keep;
    constructor(folder: string, keep?: number);
    save(checkpoint: Checkpoint): string;
    pathOf(step: number): string;
    markBest(path: string, metric: string): void;
    newest(onDamaged?: (error: CheckpointError) => void): Checkpoint;
    private wholeBest;
    find(step: number): Checkpoint | undefined;
    read(name: string): Checkpoint;
    names(): string[];
    removeAfter(step: number): void;
    private files;
    private write;
}

export interface Difference {
    readonly key: string;
    readonly before: JsonValue | undefined;
    readonly now: JsonValue | undefined;
}

export interface EvaluationLine {
    readonly event: 'evaluation';
    readonly step: number;
    readonly metrics: readonly MetricResult[];
    readonly rawMetrics?: readonly MetricResult[];
    readonly measurements?: Readonly<Record<string, number>>;
    readonly seconds: number;
    readonly memoryBytes: number;
}

export interface EvaluationReport {
    readonly line: EvaluationLine;
    readonly samples: SampleBatch;
    readonly pictures: ReadonlyMap<string, Uint8Array>;
    readonly state: RunState;
}

export interface ExportNetworkOptions {
    readonly form: NetworkForm;
    readonly folder: string;
    readonly name: string;
    readonly inputNames?: readonly string[];
    readonly outputName?: string;
}

export interface FailureLine {
    readonly event: 'failure';
    readonly step: number;
    readonly message: string;
    readonly seconds: number;
}

export interface FoundRun {
    readonly record: RunRecord;
    readonly checkpoint: Checkpoint;
}

export interface GuardLine extends GuardEvent {
    readonly event: 'guard';
}

export declare class JsonLinesReporter implements Reporter {
    private readonly output;
    readonly id = "jsonl";
    private folder;
    constructor(output?: TextOutput);
    start({ folder, record, steps, step }: RunStart): void;
    log(event: RunEvent): void;
    end(end: RunEnd): void;
    private write;
}

export interface KeepingOptions {
    readonly name?: string;
    readonly reporters?: readonly Reporter[];
    readonly workingDirectory?: string;
    readonly threads?: number | undefined;
    readonly dataFolder?: string | undefined;
}

export type NetworkForm = (typeof networkForms)[number];

export declare class ProgressReporter implements Reporter {
    private readonly output;
    readonly id = "progress";
    private steps;
    private pace;
    private shownAt;
    private lineOpen;
    private evaluated;
    constructor(output?: TextOutput);
    start({ steps }: Pick<RunStart, 'steps'>): void;
    step({ step, losses, seconds }: Pick<StepLine, 'step' | 'losses' | 'seconds'>): void;
    log({ event }: Pick<RunEvent, 'event'>): void;
    evaluation({ line: { step, metrics, rawMetrics } }: Pick<EvaluationReport, 'line'>): void;
    notice(message: string): void;
    end(): void;
    private line;
    private stepLabel;
}

export declare class RecipeRun extends KeptRun implements RecipeKeeper {
    private readonly options;
    readonly store: StageStore;
    readonly callbacks: RecipeCallbacks;
    private plan;
    private before;
    private record;
    private recordNow;
    private engineBefore;
    private events;
    private stepsDone;
    private behind;
    private reported;
    constructor(where: {
        readonly path: string;
    } | {
        readonly place: RunPlace;
    }, options: RecipeRunOptions);
    begin(plan: RunPlan): void;
    get engine(): RecipeKeeper['engine'];
    protected get startedAt(): number;
    private start;
    private nameEngine;
    private otherEngine;
    private ofOtherEngine;
    private beginStage;
    private step;
    private endStage;
    private logStage;
    private evaluation;
    private finish;
}

export interface RecipeRunOptions extends KeepingOptions {
    readonly recipe: Recipe;
    readonly engine?: Pick<RunRecord, 'target' | 'device'> & {
        readonly executor?: string;
    };
    readonly options?: JsonObject;
    readonly changed?: readonly string[];
    readonly picture?: (evaluation: RecipeEvaluation & {
        readonly step: number;
    }) => PictureOf;
}

export interface RecipeSettings extends CommonSettings {
    readonly recipe: {
        readonly id: string;
    };
    readonly latentDimension: number;
}

export interface Reporter {
    readonly id: string;
    start?(run: RunStart): void | Promise<void>;
    step?(line: StepLine): void | Promise<void>;
    log?(event: RunEvent): void | Promise<void>;
    evaluation?(event: EvaluationReport): void | Promise<void>;
    notice?(message: string): void | Promise<void>;
    end?(end: RunEnd): void | Promise<void>;
}

export interface Resumption {
    readonly at: string;
    readonly step: number;
    readonly changed?: readonly Difference[];
}

export declare class Run extends KeptRun implements RunKeeper {
    private readonly options;
    readonly callbacks: Callbacks;
    private readonly schedule;
    private found;
    private plan;
    private record;
    constructor(where: {
        readonly path: string;
    } | {
        readonly place: RunPlace;
    }, options: RunOptions);
    find(): Promise<FoundRun | undefined>;
    begin(plan: RunPlan): Promise<RunState | undefined>;
    findState(step: number): RunState | undefined;
    protected get startedAt(): number;
    get engine(): RunKeeper['engine'];
    private start;
    private step;
    private evaluation;
    private guard;
    private failure;
    private finish;
    private save;
    private store;
    private assertSameOptions;
}

export interface RunContent {
    readonly path: string;
    readonly record: RunRecord;
    readonly events: readonly RunEvent[];
    readonly result?: RunResult;
    readonly checkpoints: readonly CheckpointListing[];
    readonly state: RunStanding;
}

export type RunEnd = {
    readonly outcome: 'completed' | 'aborted' | 'stopped';
    readonly result: RunResult;
} | {
    readonly outcome: 'failed';
    readonly message: string;
};

export type RunEvent = StepLine | EvaluationLine | GuardLine | StageLine | FailureLine;

export declare class RunFolder {
    readonly path: string;
    private readonly eventLog;
    private constructor();
    static create(place: RunPlace): RunFolder;
    static open(path: string): {
        readonly folder: RunFolder;
        readonly record: RunRecord;
    };
    get checkpoints(): string;
    rewindLog(step: number): RunEvent[];
    writeRecord(record: RunRecord): void;
    log(event: RunEvent): void;
    writePicture(kind: string, step: number, png: Uint8Array): string;
    writePlane(plane: object): void;
    writePoints(step: number, points: Float32Array): void;
    writeGenerator(generator: LayersModel): Promise<void>;
    writeResult(result: RunResult): void;
    writeReport(html: string): void;
    private write;
    private writing;
    private unwritable;
}

export interface RunHolder {
    readonly process: number;
    readonly host: string;
    readonly started: string | null;
}

export interface RunLock {
    isHeld(): boolean;
    release(): void;
    [Symbol.dispose](): void;
}

export interface RunOptions extends KeepingOptions {
    readonly options?: JsonObject;
    readonly checkpoints?: {
        readonly everySteps?: number | undefined;
        readonly everyMinutes?: number | undefined;
        readonly keep?: number | undefined;
    };
    readonly pictures?: Readonly<Record<string, (event: EvaluationEvent) => PictureOf>>;
    readonly changed?: readonly string[];
}

export interface RunPath<Settings = RunSettings | RecipeSettings> {
    readonly run: string;
    readonly record: RunRecord;
    readonly settings: Settings;
    readonly checkpoint?: string;
}

export interface RunPlace {
    readonly path: string;
    readonly numbered: boolean;
}

export interface RunRecord {
    readonly preset: string;
    readonly seed: number;
    readonly steps?: number;
    readonly options: JsonObject;
    readonly samples: {
        readonly shape: readonly number[];
        readonly range: readonly [
            low: number,
            high: number
        ];
    };
    readonly executor: string;
    readonly target?: string;
    readonly device?: string;
    readonly engine?: string;
    readonly threads?: number;
    readonly backend: string;
    readonly versions: Readonly<Record<string, string>>;
    readonly machine: {
        readonly platform: string;
        readonly processor: string;
        readonly cores: number;
        readonly memoryBytes: number;
    };
    readonly gitCommit: string | null;
    readonly dataFolder?: string;
    readonly startedAt: string;
    readonly resumed?: readonly Resumption[];
}

export interface RunResult {
    readonly preset: string;
    readonly seed: number;
    readonly steps: number;
    readonly seconds: number;
    readonly stepsPerSecond: number;
    readonly executor: string;
    readonly metrics: readonly Measured[];
    readonly rawMetrics?: readonly Measured[];
}

export interface RunSettings extends CommonSettings {
    readonly method: {
        readonly id: string;
    };
    readonly latents: LatentOptions;
    readonly movingAverage?: Required<MovingAverageOptions> | null;
}

export type RunStanding = 'running' | 'completed' | 'stopped' | 'failed' | 'crashed';

export interface RunStart {
    readonly folder: string;
    readonly record: RunRecord;
    readonly steps: number;
    readonly step: number;
    readonly events: readonly RunEvent[];
}

export type SaveNetworkOptions = ExportLayersModelOptions;

export interface StageLine {
    readonly event: 'stage';
    readonly step: number;
    readonly stage: string;
    readonly outcome: 'begun' | 'completed' | 'aborted';
    readonly values?: Readonly<Record<string, number>>;
    readonly seconds: number;
}

export interface StepLine {
    readonly event: 'step';
    readonly step: number;
    readonly losses: Readonly<Record<string, number>>;
    readonly learningRates: Readonly<Record<string, number>>;
    readonly measurements?: Readonly<Record<string, number>>;
    readonly timing?: Timing;
    readonly samplesPerSecond?: number;
    readonly seconds: number;
    readonly memoryBytes: number;
}

export interface TensorBoardOptions {
    readonly folder?: string;
}

export declare class TensorBoardReporter implements Reporter {
    private readonly options;
    readonly id = "tensorboard";
    private file;
    constructor(options?: TensorBoardOptions);
    start({ folder, step }: Pick<RunStart, 'folder' | 'step'>): void;
    log(event: RunEvent): void;
    evaluation({ line: { step }, pictures, state }: EvaluationReport): void;
    private add;
    private write;
}

export declare function checkRunPlace(place: RunPlace): void;

export declare function decodeCheckpoint(bytes: Uint8Array, path: string): Checkpoint;

export declare const defaultCheckpointMinutes = 10;

export declare const defaultCheckpointsKept = 2;

export declare function describeMachine(): RunRecord['machine'];

export declare function differingOptions(before: JsonObject, now: JsonObject, path?: string): Difference[];

export declare function encodeCheckpoint({ step, seconds, history, tensors, record }: Checkpoint): Uint8Array;

export declare function exportNetwork(network: LayersModel, options: ExportNetworkOptions): Promise<string>;

export declare function freeRun(folder: string): void;

export declare function generatorFolder(run: string): string;

export declare function gitCommit(folder: string): string | null;

export declare function installedVersions(): Record<string, string>;

export declare function isRunPath(path: string): boolean;

export declare function loadNetwork(folder: string): Promise<LayersModel>;

export declare function lockRun(folder: string): RunLock;

export declare function machineWords({ machine }: Pick<RunRecord, 'machine'>): string;

export declare const networkForms: readonly [
    'onnx',
    'saved-model',
    'layers-model',
    'safetensors'
];

export declare function newRecipeRun(place: RunPlace, options: RecipeRunOptions): RecipeRun;

export declare function newRun(place: RunPlace, options?: RunOptions): Run;

export declare function openRecipeRun(path: string, options: RecipeRunOptions): RecipeRun;

export declare function openRun(path: string, options?: RunOptions): Run;

export declare function openRunPath(path: string): RunPath;

export declare function readEvents(path: string): RunEvent[];

export declare function readRecord(path: string): RunRecord;

export declare function readRun(path: string): RunContent;

export declare function resumeCommand(path: string): string;

export declare function runHolder(folder: string): RunHolder | undefined;

export declare function saveNetwork(folder: string, network: LayersModel, options?: SaveNetworkOptions): Promise<void>;

export declare function stageFolder(path: string): StageStore;

export declare function stepsOf({ steps, options }: Pick<RunRecord, 'steps' | 'options'>): number;

export declare function takenPaths(path: string): string[];

export declare const weightLayouts: string;

// named above, and not exported

interface CommonSettings {
    readonly architecture: {
        readonly id: string;
    };
    readonly dataset: {
        readonly id: string;
    };
    readonly batchSize: number;
    readonly evaluation: {
        readonly samples: number;
    };
}

export declare abstract class KeptRun {
    protected readonly where: {
        readonly path: string;
    } | {
        readonly place: RunPlace;
    };
    private readonly reporters;
    private lock;
    private folder;
    private latest;
    private evaluated;
    private loggedStep;
    private failed;
    private told;
    constructor(where: {
        readonly path: string;
    } | {
        readonly place: RunPlace;
    }, reporters?: readonly Reporter[]);
    get path(): string;
    get hasFiles(): boolean;
    get files(): RunFolder;
    notice(message: string): Promise<void>;
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
    fail(message: string): Promise<void>;
    protected failBy(error: unknown): Promise<void>;
    private get isTaken();
    protected abstract get startedAt(): number;
    protected take(path: string): void;
    protected makeFolder(): RunFolder;
    protected begun(record: RunRecord, start: Pick<RunStart, 'steps' | 'step' | 'events'>): Promise<void>;
    protected tellStep(line: StepLine, steps: number): Promise<void>;
    protected tellEvaluation(report: Parameters<NonNullable<Reporter['evaluation']>>[0]): Promise<void>;
    protected logEvaluation(line: EvaluationLine): Promise<void>;
    protected log(event: RunEvent): Promise<void>;
    protected logLatest(): Promise<void>;
    protected end(end: RunEnd): Promise<void>;
    private unlogged;
}

type Measured = Pick<MetricResult, 'id' | 'value' | 'protocol' | 'samples'>;

type PictureOf = Uint8Array | undefined | Promise<Uint8Array | undefined>;

type PictureOf = Uint8Array | undefined | Promise<Uint8Array | undefined>;
