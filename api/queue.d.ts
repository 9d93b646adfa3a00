// @dist-gan/queue

export declare class QueueError extends GanError {
    readonly code = "BACKEND_UNAVAILABLE";
}

export declare class SweepQueue {
    private readonly connections;
    private readonly queue;
    private readonly events;
    private readonly awaited;
    private readonly heard;
    private readonly shares;
    private readonly opened;
    private readonly looking;
    private constructor();
    static open(address: string): Promise<SweepQueue>;
    execute(folder: string): Execute;
    get workers(): readonly WorkerShare[];
    close(): Promise<void>;
    private tell;
    private complete;
    private fail;
    private lookForEnds;
    private releaseAt;
}

export interface WorkerOptions {
    readonly address: string;
    readonly jobs: number;
    readonly programOf: (run: PlannedRun) => TrainingProgram;
    readonly folderOf?: (folder: string) => string;
    readonly takeOverAfter?: number;
    readonly onBegin?: (run: PlannedRun) => void;
    readonly onEnd?: (run: PlannedRun, failure: string | undefined) => void;
    readonly onRefuse?: (run: PlannedRun, reason: string) => void;
}

export interface WorkerShare {
    readonly worker: string;
    readonly runs: number;
    readonly until: number;
}

export declare function runWorker(options: WorkerOptions, signal: AbortSignal): Promise<void>;
