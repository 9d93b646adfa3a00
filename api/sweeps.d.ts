// @dist-gan/sweeps

export interface ArrayJob {
    readonly name: string;
    readonly folder: string;
    readonly list: string;
    readonly storage?: string | undefined;
    readonly runs: number;
    readonly tasks: number;
    readonly atOnce?: number | undefined;
    readonly threads: number;
    readonly gpu: boolean;
    readonly dataFolder?: string | undefined;
}

export interface ArrayTaskOptions {
    readonly list: RunList;
    readonly storage: RunStorage;
    readonly index: number;
    readonly programOf: (run: PlannedRun) => TrainingProgram;
    readonly signal: AbortSignal;
    readonly events?: SweepEvents;
}

export interface Cell {
    readonly values: ReadonlyMap<number, number>;
    readonly description?: Description;
    readonly interval?: Interval;
    readonly best?: number;
    readonly difference?: Difference & {
        readonly adjustedP: number;
        readonly isLargerThanNoise: boolean;
    };
}

export type CellLines = readonly string[];

export interface CellTable {
    readonly heading: readonly string[];
    readonly rows: readonly (readonly CellLines[])[];
}

export interface Column {
    readonly metric: string;
    readonly protocol: JsonObject;
    readonly isOneOfSeveral: boolean;
    readonly cells: readonly Cell[];
}

export interface Curve {
    readonly label: string;
    readonly points: readonly {
        readonly step: number;
        readonly mean: number;
        readonly least: number;
        readonly greatest: number;
        readonly runs: number;
    }[];
}

export type CurveOf = Pick<Column, 'metric' | 'protocol'>;

export type Execute = (run: PlannedRun, options: ExecuteOptions) => Promise<unknown>;

export interface ExecuteOptions {
    readonly signal: AbortSignal;
    readonly hooks: RunHooks;
}

export type FoundRuns = ReadonlyMap<PlannedRun, StoredRun | undefined>;

export interface GroupSummary {
    readonly preset: string;
    readonly rows: readonly RowSummary[];
    readonly columns: readonly Column[];
    readonly reference?: string;
    readonly published: readonly PublishedNumber[];
}

export interface Outcome {
    readonly state: 'done' | 'collapsed' | 'failed' | 'unfinished';
    readonly reason?: string;
    readonly step: number;
    readonly seconds: number;
    readonly ranOn?: string;
}

export interface PlanOptions {
    readonly resolve: (setting: Setting, changes: Setting['set'], steps: number | undefined) => Promise<Setup>;
    readonly engine: JsonObject;
    readonly versions: Readonly<Record<string, string>>;
}

export interface PlannedRun {
    readonly identity: string;
    readonly name: string;
    readonly spec: RunSpec;
    readonly setting: Setting;
}

export interface ProgramCall {
    readonly file: string;
    readonly words: readonly string[];
    readonly workingDirectory?: string;
}

export interface ReadSweep {
    readonly plan: SweepPlan;
    readonly found: FoundRuns;
}

export interface RowSummary {
    readonly setting: Setting;
    readonly counts: Readonly<Record<Outcome['state'], number>>;
    readonly runs: readonly RunSummary[];
}

export interface RunHooks {
    readonly onBegin?: (run: PlannedRun) => void;
    readonly onLine?: (run: PlannedRun, line: Readonly<Record<string, unknown>>) => void;
    readonly onRetry?: (run: PlannedRun, reason: string) => void;
}

export interface RunList {
    readonly tasks: number;
    readonly keep: SweepDefinition['keep'];
    readonly runs: readonly PlannedRun[];
}

export interface RunSpec {
    readonly preset: string;
    readonly seed: number;
    readonly options: JsonObject;
    readonly engine: JsonObject;
    readonly versions: Readonly<Record<string, string>>;
    readonly seconds?: number;
}

export interface RunStorage {
    take(run: PlannedRun): Promise<TakenRun>;
}

export interface RunSweepOptions {
    readonly folder: string;
    readonly plan: SweepPlan;
    readonly store: SweepStore;
    readonly execute: Execute;
    readonly jobs: number;
    readonly signal: AbortSignal;
    readonly events?: SweepEvents;
}

export declare class RunTakenError extends Error {
}

export interface Setting {
    readonly label: string;
    readonly preset: string;
    readonly method?: string;
    readonly set: Readonly<Record<string, JsonValue>>;
}

export interface Setup {
    readonly preset: string;
    readonly options: JsonObject;
}

export declare class SharedFolder implements RunStorage {
    private readonly folder;
    private readonly isTakenOver;
    constructor(folder: string, isTakenOver: boolean);
    take({ name }: PlannedRun): Promise<TakenRun>;
}

export interface StoredRun {
    readonly identity: string;
    readonly name: string;
    readonly spec: RunSpec;
    readonly outcome: Outcome;
    readonly evaluations: readonly StoredEvaluation[];
}

export type SweepDefinition = v.InferOutput<typeof sweepSchema>;

export interface SweepEstimate {
    readonly workSeconds: number;
    readonly seconds: number;
    readonly bytes: number;
    readonly probed: number;
    readonly unknown: readonly Setting[];
}

export interface SweepEvents extends RunHooks {
    readonly onEnd?: (run: PlannedRun, stored: StoredRun) => void;
}

export declare class SweepFolder {
    readonly path: string;
    readonly store: SweepStore;
    private readonly lock;
    private constructor();
    static isAt(path: string): boolean;
    static isOpenedAt(path: string): boolean;
    static readDefinition(path: string): SweepDefinition;
    static open(path: string): SweepFolder;
    writePlan(plan: SweepPlan): void;
    writeResults(summary: SweepSummary): void;
    write(name: string, content: string | Uint8Array): void;
    close(): void;
}

export type SweepOptions = v.InferInput<typeof sweepSchema>;

export interface SweepPlan {
    readonly definition: SweepDefinition;
    readonly settings: readonly Setting[];
    readonly seeds: readonly number[];
    readonly runs: readonly PlannedRun[];
}

export declare class SweepReader {
    private readonly folder;
    private known;
    private last;
    constructor(folder: string);
    read(): ReadSweep | undefined;
    private stampOfRun;
    private readRun;
}

export declare class SweepStore {
    private readonly file;
    private readonly database;
    private constructor();
    static open(folder: string): SweepStore;
    put(run: StoredRun): void;
    putAll(runs: readonly StoredRun[]): void;
    all(): ReadonlyMap<string, StoredRun>;
    putProbe(identity: string, content: object): void;
    probe(identity: string): unknown;
    close(): void;
    private insert;
    private evaluations;
    private protocolId;
    private transaction;
}

export interface SweepSummary {
    readonly seeds: readonly number[];
    readonly groups: readonly GroupSummary[];
    readonly places: readonly string[];
    readonly versions: Readonly<Record<string, string>>;
}

export interface TakenRun {
    readonly folder: string;
    keepCheckpoint(): Promise<void>;
    keepAll(): Promise<void>;
    leave(): void;
}

export interface TextTable extends CellTable {
    readonly preset: string;
    readonly protocols: readonly string[];
    readonly differences?: CellTable;
    readonly published: readonly {
        readonly metric: string;
        readonly text: string;
        readonly source: string;
    }[];
}

export interface TrainTakenOptions {
    readonly stop: AbortSignal;
    readonly lost?: AbortSignal;
    readonly hooks: RunHooks;
    readonly keep?: SweepDefinition['keep'];
}

export interface TrainingProgram {
    train(run: PlannedRun, config: string, folder: string): ProgramCall;
    resume(run: PlannedRun, folder: string): ProgramCall;
}

export interface WrittenRunList extends RunList {
    readonly digest: string;
    readonly name: string;
    readonly file: string;
}

export declare function changesFor({ set }: Setting, seed: number): Setting['set'];

export declare function columnName({ metric, isOneOfSeveral }: Column, at: number): string;

export declare function curvesOf({ rows, columns }: GroupSummary, what: CurveOf): Curve[];

export declare function estimateSweep(missing: readonly PlannedRun[], { folder, store, program, jobs, keep, signal, }: {
    readonly folder: string;
    readonly store: SweepStore;
    readonly program: TrainingProgram;
    readonly jobs: number;
    readonly keep: SweepDefinition['keep'];
    readonly signal: AbortSignal;
}): Promise<SweepEstimate>;

export declare function expandSeeds({ seeds }: Pick<SweepDefinition, 'seeds'>): readonly number[];

export declare function expandSettings(definition: SweepDefinition): readonly Setting[];

export declare function explanations({ seeds, groups, places, versions }: SweepSummary, shown?: 'all' | 'means'): string[];

export declare function findRuns(folder: string, { runs }: SweepPlan, store: SweepStore): FoundRuns;

export declare function idealOf(group: GroupSummary, what: CurveOf): number | undefined;

export declare function infiniteMetrics(group: GroupSummary): string[];

export declare function isOver(stored: StoredRun | undefined): boolean;

export declare function jobName(sweep: string, digest: string): string;

export declare function judge(outcome: Outcome, evaluations: readonly StoredEvaluation[], collapsedBelow: number): Outcome;

export declare const kubernetesTasks = 100000;

export declare function missingRuns(found: FoundRuns): PlannedRun[];

export declare function parseRunList(text: string, name: string): RunList;

export declare function planSweep(definition: SweepDefinition, { resolve, engine, versions }: PlanOptions): Promise<SweepPlan>;

export declare function printKubernetes(job: ArrayJob): string;

export declare function printSlurm(job: ArrayJob, { file, words, workingDirectory }: ProgramCall): string;

export declare function readAxis(text: string): JsonValue;

export declare function readRunList(file: string): RunList;

export declare function resolveSweep(given: unknown): SweepDefinition;

export declare function retryFailed(folder: string, { runs }: SweepPlan): void;

export declare function runArrayTask(options: ArrayTaskOptions): Promise<void>;

export declare function runIdentity(spec: RunSpec): string;

export declare function runPool<Task>(tasks: readonly Task[], jobs: number, signal: AbortSignal, work: (task: Task) => Promise<void>): Promise<void>;

export declare function runSweep(options: RunSweepOptions): Promise<void>;

export declare const slurmTasks = 1000;

export declare function splitList(text: string): string[];

export declare function summarise({ definition, settings, seeds, runs }: SweepPlan, found: FoundRuns, publishedOf: (preset: string) => readonly PublishedNumber[]): SweepSummary;

export declare const sweepSchema: v.StrictObjectSchema<{
    readonly $schema: v.OptionalSchema<v.StringSchema<undefined>, undefined>;
    readonly presets: v.SchemaWithPipe<readonly [
        v.ArraySchema<v.SchemaWithPipe<readonly [
            v.StringSchema<"must be a text">,
            v.MinLengthAction<string, 1, "must not be empty">
        ]>, `must be a list of ${string}`>,
        v.MinLengthAction<string[], 1, `must name at least one of ${string}`>
    ]>;
    readonly methods: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.ArraySchema<v.UnionSchema<[
            v.SchemaWithPipe<readonly [
                v.StringSchema<"must be a text">,
                v.MinLengthAction<string, 1, "must not be empty">
            ]>,
            v.StrictObjectSchema<{
                readonly label: v.SchemaWithPipe<readonly [
                    v.StringSchema<"must be a text">,
                    v.MinLengthAction<string, 1, "must not be empty">
                ]>;
                readonly id: v.OptionalSchema<v.SchemaWithPipe<readonly [
                    v.StringSchema<"must be a text">,
                    v.MinLengthAction<string, 1, "must not be empty">
                ]>, undefined>;
                readonly set: v.OptionalSchema<v.RecordSchema<v.StringSchema<undefined>, v.AnySchema, "must be an object, as {\"batchSize\": 64}">, {}>;
            }, "must be an object">
        ], "must be the id of a method, or {\"label\": ..., \"id\": ..., \"set\": {...}}">, `must be a list of ${string}`>,
        v.MinLengthAction<(string | {
            label: string;
            id?: string | undefined;
            set: {
                [x: string]: any;
            };
        })[], 1, `must name at least one of ${string}`>
    ]>, undefined>;
    readonly set: v.OptionalSchema<v.RecordSchema<v.StringSchema<undefined>, v.AnySchema, "must be an object, as {\"batchSize\": 64}">, {}>;
    readonly seeds: v.OptionalSchema<v.UnionSchema<[
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>,
        v.SchemaWithPipe<readonly [
            v.ArraySchema<v.SchemaWithPipe<readonly [
                v.NumberSchema<"must be a whole number">,
                v.SafeIntegerAction<number, "must be a whole number">,
                v.MinValueAction<number, 0, "must be 0 or more">
            ]>, `must be a list of ${string}`>,
            v.MinLengthAction<number[], 1, `must name at least one of ${string}`>
        ]>
    ], "must be how many, or a list">, 3>;
    readonly budget: v.OptionalSchema<v.UnionSchema<[
        v.StrictObjectSchema<{
            readonly steps: v.SchemaWithPipe<readonly [
                v.NumberSchema<"must be a whole number">,
                v.SafeIntegerAction<number, "must be a whole number">,
                v.MinValueAction<number, 1, "must be 1 or more">
            ]>;
        }, undefined>,
        v.StrictObjectSchema<{
            readonly seconds: v.SchemaWithPipe<readonly [
                v.NumberSchema<"must be a number">,
                v.FiniteAction<number, "must be finite">,
                v.GtValueAction<number, 0, "must be above 0">
            ]>;
        }, undefined>
    ], "must be {\"steps\": n} or {\"seconds\": n}">, undefined>;
    readonly metrics: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.ArraySchema<v.SchemaWithPipe<readonly [
            v.StringSchema<"must be a text">,
            v.MinLengthAction<string, 1, "must not be empty">
        ]>, `must be a list of ${string}`>,
        v.MinLengthAction<string[], 1, `must name at least one of ${string}`>
    ]>, undefined>;
    readonly reference: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.StringSchema<"must be a text">,
        v.MinLengthAction<string, 1, "must not be empty">
    ]>, undefined>;
    readonly collapsedBelow: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, 0, "must be 0 or more">,
        v.MaxValueAction<number, 1, "must be 1 or less">
    ]>, 0.5>;
    readonly keep: v.OptionalSchema<v.PicklistSchema<readonly [
        "all",
        "generators",
        "numbers"
    ], string>, "all">;
    readonly engine: v.OptionalSchema<v.StrictObjectSchema<{
        readonly executor: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.StringSchema<"must be a text">,
            v.MinLengthAction<string, 1, "must not be empty">
        ]>, undefined>;
        readonly target: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.StringSchema<"must be a text">,
            v.MinLengthAction<string, 1, "must not be empty">
        ]>, undefined>;
        readonly device: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.StringSchema<"must be a text">,
            v.MinLengthAction<string, 1, "must not be empty">
        ]>, undefined>;
        readonly backend: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.StringSchema<"must be a text">,
            v.MinLengthAction<string, 1, "must not be empty">
        ]>, undefined>;
        readonly threads: v.OptionalSchema<v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a whole number">,
            v.SafeIntegerAction<number, "must be a whole number">,
            v.MinValueAction<number, 1, "must be 1 or more">
        ]>, undefined>;
    }, undefined>, {}>;
}, undefined>;

export declare function textTable(group: GroupSummary): TextTable;

export declare function toMarkdown(summary: SweepSummary): string;

export declare function trainHere(folder: string, program: TrainingProgram): (run: PlannedRun, options: ExecuteOptions) => Promise<string | undefined>;

export declare function trainTakenRun(place: TakenRun, run: PlannedRun, program: TrainingProgram, { stop, lost, hooks, keep }: TrainTakenOptions): Promise<string | undefined>;

export declare function whyRunStays(run: PlannedRun, { folder, kept }: {
    readonly folder: string;
    readonly kept: string;
}): string | undefined;

export declare function writeRunList(folder: string, list: RunList): WrittenRunList;

// named above, and not exported

export interface Description {
    readonly count: number;
    readonly mean: number;
    readonly standardDeviation?: number;
    readonly median: number;
    readonly least: number;
    readonly greatest: number;
}

export interface Difference {
    readonly mean: number;
    readonly interval?: Interval;
    readonly pairs: number;
    readonly test: PermutationTest;
}

export interface Interval {
    readonly low: number;
    readonly high: number;
}

export interface PermutationTest {
    readonly p: number;
    readonly exact: boolean;
    readonly leastP: number;
}

interface RunSummary {
    readonly run: PlannedRun;
    readonly outcome: Outcome;
    readonly evaluations: StoredRun['evaluations'];
}

export interface StoredEvaluation {
    readonly step: number;
    readonly seconds: number;
    readonly numbers: readonly StoredNumber[];
}

export interface StoredNumber {
    readonly metric: string;
    readonly value: number;
    readonly protocol: JsonObject;
    readonly ideal?: number;
}
