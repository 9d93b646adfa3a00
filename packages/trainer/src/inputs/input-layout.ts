import type { Draw, Method, Phase, PhaseInput } from '@dist-gan/core';
import type { Augmenters } from '../augmentation/augmenter.js';

/**
 * What a training step is fed. All draws of a kind travel in one array, one row a draw: a compiled step
 * is faster with a few large inputs than with many small ones.
 *
 * - `real`, `latents`, `uniform`, `normal`, `latentNormal`: `[draws, ...shape of one draw]`
 * - `stage/<tensor>/<of>`: `[draws, ...shape of one draw]` of what an earlier stage left
 * - `labels`: the one-hot class of every row, one batch for each optimiser call, `[calls, batch, classes]`
 * - `schedule`: one number for each schedule input of a phase
 * - `rate`: one number for each optimiser call of the step
 * - `average`: how far the moving average goes towards the generator's weights, one number
 * - `augmentReal`: the numbers by which each row of `real` is changed, `[draws, batch, numbers of a sample]`
 * - `augmentDiscriminated`: those by which the discriminator's samples are, one row for each optimiser call
 */
type FeedName =
  | DrawKind
  | StageFeed
  | 'labels'
  | 'schedule'
  | 'rate'
  | 'average'
  | 'augmentReal'
  | 'augmentDiscriminated';

export type DrawKind = 'real' | 'latents' | 'uniform' | 'normal' | 'latentNormal';

/** Named by what it is drawn from. */
type StageFeed = `stage/${string}/${'samples' | 'latents'}`;

/** Draws of what an earlier stage left. */
export interface StageDraws {
  readonly feed: StageFeed;
  readonly tensor: string;
  readonly of: 'samples' | 'latents';
  readonly rows: readonly DrawRow[];
}

/** One row of a feed: a draw made for one repeat of a phase, or the draw that the whole step shares. */
export type DrawRow =
  | { readonly draw: Extract<Draw, 'step'> }
  | {
      readonly draw: Extract<Draw, 'repeat'>;
      readonly phase: string;
      readonly input: string;
      readonly repeat: number;
    };

/** Where a phase finds an input: that row of that feed. */
export interface InputPlace {
  readonly feed: FeedName;
  readonly row: number;
}

export interface InputLayout {
  readonly batchSize: number;
  /** The shape of every feed that the method needs. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** What each row of the drawn feeds is. */
  readonly rows: Readonly<Record<DrawKind, readonly DrawRow[]>>;
  /** The same of what earlier stages left. */
  readonly stages: readonly StageDraws[];
  /** The schedules, row by row. */
  readonly schedules: readonly ((progress: number) => number)[];
  /** How many classes the networks are conditioned on; 0: there is no feed of labels. */
  readonly classes: number;
  /** Optimiser calls of one step. */
  readonly calls: number;
  /** Where the inputs of a repeat of a phase are, by input name. */
  places(phase: Phase, repeat: number): Readonly<Record<string, InputPlace>>;
  /** A repeat's place among the optimiser calls of the step: the row of what there is one of for each of them. */
  call(phase: Phase, repeat: number): number;
}

/** Lays out the inputs of one training step of a method. */
export function inputLayout(
  method: Method,
  {
    batchSize,
    sampleShape,
    latentDimension,
    augmenters = {},
    averaged = false,
    classes = 0,
  }: {
    batchSize: number;
    sampleShape: readonly number[];
    latentDimension: number;
    augmenters?: Augmenters;
    /** Whether a moving average of the generator is kept. */
    averaged?: boolean;
    /** How many classes the networks are conditioned on; default 0. */
    classes?: number;
  },
): InputLayout {
  const rows: Record<DrawKind, DrawRow[]> = {
    real: [],
    latents: [],
    uniform: [],
    normal: [],
    latentNormal: [],
  };
  const stages: (StageDraws & { readonly rows: DrawRow[] })[] = [];
  const rowsOf = (input: Exclude<PhaseInput, { kind: 'schedule' }>): [FeedName, DrawRow[]] => {
    if (input.kind === 'stage') {
      const feed: StageFeed = `stage/${input.tensor}/${input.of}`;
      let draws = stages.find((each) => each.feed === feed);
      if (draws === undefined) stages.push((draws = { feed, tensor: input.tensor, of: input.of, rows: [] }));
      return [feed, draws.rows];
    }
    const feed = input.kind === 'normal' && input.of === 'latents' ? 'latentNormal' : input.kind;
    return [feed, rows[feed]];
  };
  const schedules: ((progress: number) => number)[] = [];
  const places = new Map<Phase, Record<string, InputPlace>[]>();
  const firstCalls = new Map<Phase, number>();
  let calls = 0;

  for (const phase of method.phases) {
    const ofSchedules: Record<string, InputPlace> = {};
    for (const input of phase.inputs) {
      if (input.kind !== 'schedule') continue;
      ofSchedules[input.name] = { feed: 'schedule', row: schedules.push(input.value) - 1 };
    }
    const ofPhase = Array.from({ length: phase.repeats }, (_, repeat) => {
      const ofRepeat = { ...ofSchedules };
      for (const input of phase.inputs) {
        if (input.kind === 'schedule') continue;
        const [feed, drawn] = rowsOf(input);
        const row =
          input.draw === 'step'
            ? rowOfStep(drawn)
            : drawn.push({ draw: 'repeat', phase: phase.name, input: input.name, repeat }) - 1;
        ofRepeat[input.name] = { feed, row };
      }
      return ofRepeat;
    });
    places.set(phase, ofPhase);
    firstCalls.set(phase, calls);
    calls += phase.repeats;
  }

  const drawShapes: Record<DrawKind, readonly number[]> = {
    real: [batchSize, ...sampleShape],
    latents: [batchSize, latentDimension],
    uniform: [batchSize, 1],
    normal: [batchSize, ...sampleShape],
    latentNormal: [batchSize, latentDimension],
  };
  const shapes: Record<string, readonly number[]> = { rate: [calls] };
  if (averaged) shapes.average = [1];
  if (classes > 0) shapes.labels = [calls, batchSize, classes];
  if (schedules.length > 0) shapes.schedule = [schedules.length];
  for (const kind of Object.keys(rows) as DrawKind[]) {
    if (rows[kind].length > 0) shapes[kind] = [rows[kind].length, ...drawShapes[kind]];
  }
  for (const { feed, of, rows: drawn } of stages) {
    shapes[feed] = [drawn.length, ...drawShapes[of === 'samples' ? 'real' : 'latents']];
  }

  const { real, discriminated } = augmenters;
  if (real !== undefined && rows.real.length > 0) {
    shapes.augmentReal = [rows.real.length, batchSize, real.numbersPerSample];
  }
  if (discriminated !== undefined) {
    shapes.augmentDiscriminated = [calls, batchSize, discriminated.numbersPerSample];
  }

  return {
    batchSize,
    shapes,
    rows,
    stages,
    schedules,
    classes,
    calls,
    places: (phase, repeat) => places.get(phase)![repeat],
    call: (phase, repeat) => firstCalls.get(phase)! + repeat,
  };
}

/** The row that all inputs drawn once a step share; made when first needed. */
function rowOfStep(rows: DrawRow[]): number {
  const row = rows.findIndex(({ draw }) => draw === 'step');
  return row >= 0 ? row : rows.push({ draw: 'step' }) - 1;
}
