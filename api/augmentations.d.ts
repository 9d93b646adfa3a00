// @dist-gan/augmentations

export type AdaptiveDiffAugmentOptions = v.InferInput<typeof schema>;

export type DiffAugmentOptions = v.InferInput<typeof schema>;

export declare function adaptiveDiffAugment(options?: AdaptiveDiffAugmentOptions): Augmentation;

export declare const augmentations: {
    readonly 'diff-augment': typeof diffAugment;
    readonly 'adaptive-diff-augment': typeof adaptiveDiffAugment;
    readonly 'horizontal-flip': typeof horizontalFlip;
};

export declare function diffAugment(options?: DiffAugmentOptions): Augmentation;

export declare function horizontalFlip(options?: Readonly<Record<string, never>>): Augmentation;

// named above, and not exported

declare const schema: v.StrictObjectSchema<{
    readonly color: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly translation: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly cutout: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
}, undefined>;

declare const schema: v.StrictObjectSchema<{
    readonly target: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.MinValueAction<number, -1, "must be -1 to 1">,
        v.MaxValueAction<number, 1, "must be -1 to 1">
    ]>, 0.6>;
    readonly images: v.OptionalSchema<v.SchemaWithPipe<readonly [
        v.NumberSchema<"must be a number">,
        v.FiniteAction<number, "must be finite">,
        v.GtValueAction<number, 0, "must be above 0">
    ]>, 500000>;
    readonly color: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly translation: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
    readonly cutout: v.OptionalSchema<v.BooleanSchema<"must be true or false">, true>;
}, undefined>;
