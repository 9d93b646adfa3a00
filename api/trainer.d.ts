// @dist-gan/trainer

export interface BuildAheadOptions {
    readonly method: Method;
    readonly architecture: Architecture;
    readonly shape: NetworkShape;
    readonly seed: number;
}

export interface BuiltAhead {
    readonly networks: Networks;
    readonly architecture: Architecture;
    readonly dispose: () => void;
}

export interface Callbacks {
    readonly onStart?: (event: StartEvent) => void | Promise<void>;
    readonly onStep?: (event: StepEvent) => void | Promise<void>;
    readonly onEvaluation?: (event: EvaluationEvent) => void | Promise<void>;
    readonly onGuard?: (event: GuardEvent) => void | Promise<void>;
    readonly onFailure?: (event: FailureEvent) => void | Promise<void>;
    readonly onEnd?: (result: TrainingResult) => void | Promise<void>;
}

export interface ClassChoice {
    readonly dimension: number;
    readonly classes: number;
    readonly classOf?: (row: number) => number;
}

export type CompilerOptions = Pick<CompileOptions, 'target' | 'device' | 'threads' | 'onWarning' | 'runtime'>;

export type EngineDescription = Pick<CompileReport, 'target' | 'device' | 'engine'>;

export interface EvaluationEvent {
    readonly step: number;
    readonly samples: SampleBatch;
    readonly results: readonly MetricResult[];
    readonly measurements: Readonly<Record<string, number>>;
    readonly improved?: string;
    readonly generator: LayersModel;
    readonly raw?: Pick<EvaluationEvent, 'samples' | 'results' | 'generator'>;
    readonly reconstruct?: (samples: Float32Array) => Promise<SampleBatch>;
    readonly seconds: number;
    readonly state: ReadState;
}

export interface EvaluationFacts {
    readonly step: number;
    readonly samples: SampleBatch;
    readonly results: readonly MetricResult[];
    readonly real: () => Promise<SampleBatch>;
    readonly discriminate?: (samples: SampleBatch) => Promise<Float32Array>;
}

export interface EvaluationOptions extends Readonly<v.InferInput<typeof evaluationOptions>> {
}

export type ExecutorId = (typeof executorIds)[number];

export interface FailureEvent {
    readonly error: unknown;
    readonly step: number;
    readonly state: ReadState;
}

export interface FitOptions extends Readonly<v.InferInput<typeof schema>> {
}

export interface Guard {
    readonly id: string;
    readonly options: JsonObject;
    readonly policy: GuardPolicy;
    readonly restores?: number;
    afterStep?(facts: StepFacts): string | undefined;
    measure?(facts: EvaluationFacts): Record<string, number> | Promise<Record<string, number>>;
    afterEvaluation?(evaluations: readonly HistoryEntry[]): string | undefined;
}

export interface GuardEvent {
    readonly step: number;
    readonly guard: string;
    readonly action: 'warned' | 'restored' | 'stopped';
    readonly reason: string;
    readonly restoredStep?: number;
    readonly seconds: number;
}

export type GuardPolicy = (typeof guardPolicies)[number];

export interface HistoryEntry {
    readonly step: number;
    readonly metrics: Readonly<Record<string, number>>;
    readonly measurements: Readonly<Record<string, number>>;
}

export interface Intervention {
    readonly step: number;
    readonly guard: string;
    readonly action: 'restored' | 'stopped';
    readonly reason: string;
    readonly restoredStep?: number;
}

export type MeasurementId = (typeof measurementIds)[number];

export type Networks = Readonly<Record<RoleId, LayersModel>>;

export interface RankingMetric extends Readonly<v.InferOutput<typeof rankingMetric>> {
}

export interface RecipeCallbacks {
    readonly onStart?: (event: RecipeStart) => void | Promise<void>;
    readonly onEngine?: (engine: EngineDescription) => void | Promise<void>;
    readonly onBegin?: (stage: string) => void | Promise<void>;
    readonly onStep?: (stage: string, event: StepEvent) => void | Promise<void>;
    readonly onReport?: (stage: string, values: Readonly<Record<string, number>>) => void;
    readonly onStage?: (report: StageReport) => void | Promise<void>;
    readonly onEvaluation?: (event: RecipeEvaluation) => void | Promise<void>;
    readonly onFailure?: (error: unknown) => void | Promise<void>;
    readonly onEnd?: (result: RecipeResult) => void | Promise<void>;
}

export interface RecipeEvaluation {
    readonly samples: SampleBatch;
    readonly results: readonly MetricResult[];
    readonly tensors: StageTensors;
}

export interface RecipeKeeper {
    begin(plan: RunPlan): void | Promise<void>;
    readonly engine?: Pick<EngineDescription, 'target' | 'device'> | undefined;
    readonly store: StageStore;
    readonly callbacks: RecipeCallbacks;
    close(): void | Promise<void>;
}

export interface RecipeOptions extends Pick<FitOptions, 'architecture' | 'dataset' | 'batchSize' | 'seed' | 'executor' | 'compiler' | 'signal'> {
    readonly recipe: Recipe;
    readonly latentDimension: number;
    readonly store?: StageStore;
    readonly evaluation?: Pick<EvaluationOptions, 'samples' | 'metrics'>;
    readonly callbacks?: RecipeCallbacks;
    readonly run?: RecipeKeeper;
}

export interface RecipeResult {
    readonly outcome: 'completed' | 'aborted';
    readonly stages: readonly StageReport[];
    readonly results: readonly MetricResult[];
    readonly tensors: StageTensors;
    readonly generate: (latents: Float32Array) => Promise<SampleBatch>;
    readonly sample: (count: number, random: RandomStream) => Promise<SampleBatch>;
}

export interface RecipeStart {
    readonly steps: number;
    readonly step: number;
    readonly seconds: number;
}

export interface RestoreNetworkOptions {
    readonly method: Method;
    readonly architecture: Architecture;
    readonly shape: NetworkShape;
    readonly role: RoleId;
    readonly averaged?: boolean;
}

export interface RunHistory {
    readonly evaluations: readonly HistoryEntry[];
    readonly protocols?: Readonly<Record<string, JsonObject>>;
    readonly interventions: readonly Intervention[];
}

export interface RunKeeper {
    begin(plan: RunPlan): RunState | undefined | Promise<RunState | undefined>;
    readonly engine?: Pick<EngineDescription, 'target' | 'device'> | undefined;
    findState?(step: number): RunState | undefined | Promise<RunState | undefined>;
    readonly callbacks: Callbacks;
    close(): void | Promise<void>;
}

export interface RunNetworksOptions extends SamplingOptions {
    readonly what?: string;
    readonly batchSize: number;
    readonly inference?: boolean;
}

export interface RunPlan {
    readonly seed: number;
    readonly steps: number;
    readonly options: JsonObject;
    readonly samples: {
        readonly shape: readonly number[];
        readonly range: readonly [
            number,
            number
        ];
    };
}

export interface RunState {
    readonly step: number;
    readonly seconds: number;
    readonly history: RunHistory;
    readonly tensors: ReadonlyMap<string, StateTensor>;
}

export interface SampleGeneratorOptions extends SamplingOptions {
    readonly latents: LatentOptions;
    readonly batchSize: number;
    readonly seed: number;
    readonly count: number;
    readonly labels?: readonly number[];
    readonly inference?: boolean;
}

export interface SamplingOptions {
    readonly onProgress?: (done: number) => void;
    readonly signal?: AbortSignal;
}

export interface StageReport {
    readonly name: string;
    readonly outcome: 'completed' | 'found' | 'aborted';
    readonly seconds: number;
}

export interface StageStore {
    read(stage: string): Promise<StoredStage | undefined>;
    write(stage: string, stored: StoredStage): Promise<void>;
}

export interface StartEvent {
    readonly executor: ExecutorId;
    readonly engine?: EngineDescription;
    readonly steps: number;
    readonly step: number;
    readonly improved?: string;
    readonly parameters: Readonly<Record<RoleId, number>>;
    readonly seconds: number;
}

export interface StepEvent {
    readonly step: number;
    readonly losses: Readonly<Record<string, number>>;
    readonly learningRates: Readonly<Record<string, number>>;
    readonly measurements: Readonly<Record<string, number>>;
    readonly timing: Timing;
    readonly samplesPerSecond: number;
    readonly seconds: number;
    readonly state: ReadState;
}

export interface StepFacts {
    readonly step: number;
    readonly losses: Readonly<Record<string, number>>;
    readonly weightSums: Readonly<Record<string, number>>;
}

export interface StoredStage {
    readonly options: JsonObject;
    readonly complete: boolean;
    readonly tensors: StageTensors;
    readonly seconds: number;
}

export interface Timing {
    readonly inputs: number;
    readonly steps: number;
    readonly evaluations: number;
    readonly callbacks: number;
}

export interface Training extends Promise<TrainingResult>, AsyncIterable<TrainingEvent> {
}

export type TrainingEvent = ({
    readonly event: 'start';
} & StartEvent) | ({
    readonly event: 'step';
} & StepEvent) | ({
    readonly event: 'evaluation';
} & EvaluationEvent) | ({
    readonly event: 'guard';
} & GuardEvent) | ({
    readonly event: 'failure';
} & FailureEvent) | {
    readonly event: 'end';
    readonly result: TrainingResult;
};

export interface TrainingResult {
    readonly step: number;
    readonly outcome: 'completed' | 'aborted' | 'stopped';
    readonly seconds: number;
    readonly stepsPerSecond: number;
    readonly executor: ExecutorId;
    readonly engine?: EngineDescription;
    readonly results: readonly MetricResult[];
    readonly history: RunHistory;
    readonly rawResults?: readonly MetricResult[];
    readonly networks: Networks;
    readonly generator: LayersModel;
    generate(latents: Float32Array | number): Promise<SampleBatch>;
    state(): Promise<RunState>;
    dispose(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}

export interface UpdateRule {
    readonly slots: Readonly<Record<string, number>>;
    rate(learningRate: number, call: number): number;
    update(weight: WeightUpdate): void;
}

export declare function buildAhead({ method, architecture, shape, seed }: BuildAheadOptions): BuiltAhead;

export declare function classInTurn(labels: readonly number[], classes: number): (row: number) => number;

export declare function classesOf(network: LayersModel): number;

export declare function deadDiscriminator(options?: v.InferInput<typeof schema>): Guard;

export declare function discriminatorSaturation(options?: v.InferInput<typeof schema>): Guard;

export declare function earlyStop(options: v.InferInput<typeof schema>): Guard;

export declare const emptyHistory: RunHistory;

export declare const executorIds: readonly [
    'eager',
    'compiled'
];

export declare function fit(given: FitOptions): Training;

export declare const guards: {
    readonly 'non-finite': typeof nonFinite;
    readonly 'sample-variance': typeof sampleVariance;
    readonly 'metric-fall': typeof metricFall;
    readonly 'early-stop': typeof earlyStop;
    readonly 'discriminator-saturation': typeof discriminatorSaturation;
    readonly 'dead-discriminator': typeof deadDiscriminator;
};

export declare function hasAverage({ tensors }: Pick<RunState, 'tensors'>, role: RoleId): boolean;

export declare function makeGuard(id: string, options?: JsonObject): Guard;

export declare const measurementIds: readonly [
    'gradient-norms',
    'weight-norms',
    'spectral-norms'
];

export declare function metricFall(options: v.InferInput<typeof schema>): Guard;

export declare function nonFinite(options?: v.InferInput<typeof schema>): Guard;

export declare function restoreNetwork({ step, tensors }: Pick<RunState, 'step' | 'tensors'>, { method, architecture, shape, role: id, averaged }: RestoreNetworkOptions): LayersModel;

export declare function restoreStageNetwork(tensors: StageTensors, { architecture, shape, role }: {
    architecture: Architecture;
    shape: NetworkShape;
    role: RoleId;
}): LayersModel;

export declare function runNetworks(networks: readonly [
    LayersModel,
    ...LayersModel[]
], rows: Float32Array, { what, batchSize, inference, ...options }: RunNetworksOptions): Promise<SampleBatch>;

export declare function runRecipe(options: RecipeOptions): Promise<RecipeResult>;

export declare function sampleGenerator(generator: LayersModel, { latents, seed, count, labels, ...options }: SampleGeneratorOptions): Promise<SampleBatch>;

export declare function sampleVariance(options?: v.InferInput<typeof schema>): Guard;

export declare function updateRule(options: OptimizerOptions): UpdateRule;

export declare function withClasses(rows: Float32Array, { dimension, classes, classOf }: ClassChoice): Float32Array;

// named above, and not exported

type ReadState = () => Promise<RunState>;

interface StateTensor {
    readonly shape: readonly number[];
    readonly data: TensorNumbers;
}

interface WeightUpdate {
    readonly weight: Variable;
    readonly gradient: Tensor;
    readonly slots: Readonly<Record<string, Variable>>;
    readonly rate: Scalar;
}

declare const evaluationOptions: v.StrictObjectSchema<{
    readonly every: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
    readonly samples: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
    readonly metrics: v.CustomSchema<() => readonly Metric[], v.ErrorMessage<v.CustomIssue> | undefined>;
}, undefined>;

export declare const guardPolicies: readonly [
    'warn',
    'restore',
    'stop'
];

export declare const rankingMetric: v.StrictObjectSchema<{
    readonly metric: v.StringSchema<"must be the id of a metric">;
    readonly better: v.PicklistSchema<readonly [
        "higher",
        "lower"
    ], string>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly policy: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "restore",
        "stop"
    ], string>, "warn">;
    readonly restores: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
    readonly below: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.GtValueAction<number, 0, "must be above 0">,
        v.LtValueAction<number, 1, "must be from 0 to below 1">
    ]>, 0.1>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly policy: v.OptionalSchema<v.PicklistSchema<readonly [
        "stop",
        "restore"
    ], string>, "stop">;
    readonly restores: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly policy: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "restore",
        "stop"
    ], string>, "warn">;
    readonly restores: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
    readonly metric: v.StringSchema<"must be the id of a metric">;
    readonly better: v.OptionalSchema<v.PicklistSchema<readonly [
        "higher",
        "lower"
    ], string>, undefined>;
    readonly share: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>,
        v.LtValueAction<number, 1, "must be below 1">
    ]>, 0.5>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly metric: v.StringSchema<"must be the id of a metric">;
    readonly better: v.OptionalSchema<v.PicklistSchema<readonly [
        "higher",
        "lower"
    ], string>, undefined>;
    readonly patience: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly policy: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "restore",
        "stop"
    ], string>, "warn">;
    readonly restores: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
    readonly above: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.SchemaWithPipe<readonly [
            v.NumberSchema<"must be a number">,
            v.FiniteAction<number, "must be finite">,
            v.GtValueAction<number, 0, "must be above 0">
        ]>,
        v.MaxValueAction<number, 1, "must be 1 at most">
    ]>, 0.99>;
    readonly evaluations: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly policy: v.OptionalSchema<v.PicklistSchema<readonly [
        "warn",
        "restore",
        "stop"
    ], string>, "warn">;
    readonly restores: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>, 3>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly method: v.CustomSchema<Method, v.ErrorMessage<v.CustomIssue> | undefined>;
    readonly architecture: v.CustomSchema<Architecture, v.ErrorMessage<v.CustomIssue> | undefined>;
    readonly dataset: v.CustomSchema<Dataset, v.ErrorMessage<v.CustomIssue> | undefined>;
    readonly augmentations: v.OptionalSchema<v.GenericSchema<readonly Augmentation[]>, undefined>;
    readonly latents: v.GenericSchema<LatentOptions, LatentOptions>;
    readonly batchSize: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
    readonly steps: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 1, "must be 1 or more">
    ]>;
    readonly seed: v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a whole number">,
        v.SafeIntegerAction<number, "must be a whole number">,
        v.MinValueAction<number, 0, "must be 0 or more">
    ]>;
    readonly movingAverage: v.OptionalSchema<v.GenericSchema<MovingAverageOptions, Required<MovingAverageOptions>>, undefined>;
    readonly evaluation: v.OptionalSchema<v.GenericSchema<EvaluationOptions, EvaluationOptions>, undefined>;
    readonly guards: v.OptionalSchema<v.GenericSchema<readonly Guard[]>, readonly [
    ]>;
    readonly best: v.OptionalSchema<v.GenericSchema<RankingMetric, RankingMetric>, undefined>;
    readonly findState: v.OptionalSchema<v.CustomSchema<(step: number) => RunState | undefined | Promise<RunState | undefined>, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly measure: v.OptionalSchema<v.GenericSchema<readonly ("gradient-norms" | "spectral-norms" | "weight-norms")[]>, readonly [
    ]>;
    readonly executor: v.OptionalSchema<v.PicklistSchema<readonly [
        "eager",
        "compiled"
    ], string>, "compiled">;
    readonly compiler: v.OptionalSchema<v.GenericSchema<CompilerOptions>, undefined>;
    readonly callbacks: v.OptionalSchema<v.GenericSchema<Callbacks>, undefined>;
    readonly stageTensors: v.OptionalSchema<v.CustomSchema<Readonly<Record<string, import("@dist-gan/core").StageTensor>>, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly run: v.OptionalSchema<v.CustomSchema<RunKeeper, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly resume: v.OptionalSchema<v.CustomSchema<RunState, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
    readonly signal: v.OptionalSchema<v.CustomSchema<AbortSignal, v.ErrorMessage<v.CustomIssue> | undefined>, undefined>;
}, undefined>;
