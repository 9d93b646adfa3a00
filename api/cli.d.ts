// dist-gan

export interface Ending {
    readonly cause: EndingSignal | 'closed-output' | 'error';
    readonly exitCode: number;
    readonly error?: unknown;
}

export interface GeneratedImagesOptions extends SamplingOptions {
    readonly count?: number | undefined;
    readonly outside?: OutsideFlags | undefined;
    readonly workingDirectory?: string;
}

export interface OutsideFlags {
    readonly architecture?: string;
    readonly mapping?: string;
}

export interface Terminal {
    readonly stdout: TextOutput;
    readonly stderr: TextOutput;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly workingDirectory: string;
    onEnding(handler: (ending: Ending) => void): () => void;
    end(ending: Ending): void;
}

export declare function generatedImages(path: string, { count, outside, workingDirectory, ...options }?: GeneratedImagesOptions): Promise<ImageSource>;

export declare function main(words: readonly string[], terminal: Terminal): Promise<number>;

export declare function processTerminal(end: (ending: Ending) => void): Terminal;

// named above, and not exported

export type EndingSignal = (typeof endingSignals)[number];

export declare const endingSignals: readonly [
    'SIGINT',
    'SIGTERM',
    'SIGHUP'
];
