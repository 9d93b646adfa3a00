// @dist-gan/queue

export declare class ObjectStorage implements RunStorage {
    readonly address: string;
    private readonly bucket;
    private readonly scratch;
    constructor(address: string, { environment, scratch, }?: {
        readonly environment?: Environment;
        readonly scratch?: string;
    });
    check(): Promise<void>;
    putFile(name: string, text: string): Promise<void>;
    getFile(name: string): Promise<string>;
    take(run: PlannedRun): Promise<TakenRun>;
    collect(run: PlannedRun, folder: string): Promise<string | undefined>;
    forgetFailures({ name }: PlannedRun): Promise<void>;
    private claim;
}

export declare class QueueError extends GanError {
    readonly code = "BACKEND_UNAVAILABLE";
}

export declare class StorageError extends GanError {
    readonly code = "BACKEND_UNAVAILABLE";
}

export declare class SweepQueue {
    private readonly connections;
    private readonly queue;
    private readonly events;
    private readonly awaited;
    private readonly heard;
    private readonly shares;
    private readonly holders;
    private readonly opened;
    private readonly looking;
    private constructor();
    static open(address: string): Promise<SweepQueue>;
    execute(folder: string, storage?: SweepStorage): Execute;
    get workers(): readonly WorkerShare[];
    close(): Promise<void>;
    private tell;
    private complete;
    private fail;
    private look;
    private addAgain;
    private releaseAt;
}

export interface SweepStorage {
    readonly objects: ObjectStorage;
    readonly keep: SweepDefinition['keep'];
    readonly retry?: boolean;
}

export interface WorkerOptions {
    readonly address: string;
    readonly jobs: number;
    readonly runsAnHour?: number;
    readonly programOf: (run: PlannedRun) => TrainingProgram;
    readonly folderOf?: (folder: string) => string;
    readonly scratch?: string;
    readonly environment?: Environment;
    readonly takeOverAfter?: number;
    readonly onBegin?: (run: PlannedRun) => void;
    readonly onEnd?: (run: PlannedRun, failure: string | undefined) => void;
    readonly onRefuse?: (run: PlannedRun, reason: string) => void;
}

export interface WorkerShare {
    readonly worker: string;
    readonly atWork: number;
    readonly runs: number;
    readonly until: number;
    readonly runsAnHour?: number;
}

export declare function runWorker(options: WorkerOptions, asked: AbortSignal): Promise<void>;

// named above, and not exported

export type Environment = Readonly<Record<string, string | undefined>>;
