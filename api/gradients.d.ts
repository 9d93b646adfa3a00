// @dist-gan/gradients

export declare function installSecondOrderGradients(): void;

export declare function secondOrderGradientsInstalled(): boolean;

export declare function trustedCustomGradient<T extends tf.Tensor>(f: Parameters<typeof tf.customGrad<T>>[0]): (...inputs: tf.Tensor[]) => T;

export declare function uninstallSecondOrderGradients(): void;

// @dist-gan/gradients/doctor

export interface CorrectedKernel {
    readonly kernel: string;
    readonly fault: string;
}

export interface GradientCheck {
    readonly operation: string;
    readonly value: OrderCheck;
    readonly firstOrder: OrderCheck;
    readonly secondOrder: OrderCheck;
    readonly thirdOrder: OrderCheck;
    readonly maximumError: number | null;
    readonly status: GradientStatus;
}

export type GradientStatus = 'right' | 'wrong' | 'throws';

export interface OrderCheck {
    readonly status: GradientStatus;
    readonly error: number | null;
    readonly message?: string;
}

export declare function checkSecondOrderGradients({ stock }?: {
    stock?: boolean;
}): Promise<GradientCheck[]>;

export declare function correctedKernels(): CorrectedKernel[];

export declare function formatGradientReport(checks: readonly GradientCheck[]): string;

export declare const gradientTolerances: Readonly<{
    value: 0.00001;
    firstOrder: 0.00001;
    secondOrder: 0.0001;
    thirdOrder: 0.001;
}>;
