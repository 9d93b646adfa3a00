import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { fromJson, statIfAny, type LatentOptions } from '@dist-gan/core';
import { readRun, runHolder, type RunRecord } from '@dist-gan/runs';
import {
  describeRun,
  summariseRun,
  type DescribedRun,
  type GeneratorView,
  type Picture,
  type Plane,
  type PresetWords,
  type RunState,
  type RunSummary,
  type RunView,
  type SampleFrames,
} from '../view/index.js';

/** Titles of pictures whose folder does not say all; they come first, in this order. */
const pictureTitles: Readonly<Record<string, string>> = {
  reconstructions: 'Reconstructions',
  interpolation: 'Between latents, at the end',
  'latent-labels': 'Digits of latents',
  'discriminator-field': 'What the discriminator says of the plane, at the end',
};

/** A run's folder, read again whenever it is asked for; nothing in it is ever changed. */
export class RunReader {
  /** Of its folder. */
  readonly name: string;
  /** With its log: of a run that somebody has looked at alone, for a list of runs may be long. */
  private known: { readonly version: string; readonly run: DescribedRun } | undefined;
  private summarised: RunSummary | undefined;

  /** @param wordsOf what is known of a preset; default nothing but its id */
  constructor(
    readonly folder: string,
    private readonly wordsOf: (preset: string) => PresetWords | undefined = () => undefined,
  ) {
    this.name = basename(folder);
  }

  summary(): RunSummary {
    const version = this.version();
    if (this.summarised?.version !== version) this.summarised = this.summarise(version);
    return this.summarised;
  }

  private summarise(version: string): RunSummary {
    try {
      return summariseRun(this.known === undefined ? this.read(version) : this.describe());
    } catch (error) {
      return {
        name: this.name,
        state: 'unreadable',
        message: (error as Error).message,
        preset: '',
        seed: 0,
        step: 0,
        steps: 0,
        seconds: 0,
        startedAt: '',
        metrics: {},
        protocols: {},
        version,
      };
    }
  }

  /**
   * @param state what became of it, for whoever holds its lock and knows better
   * @throws DatasetFormatError when its record is damaged
   */
  view(state?: RunState): RunView {
    const run = this.describe();
    return describeRun(state === undefined ? run : { ...run, state });
  }

  /** The file of the samples of a step, or nothing. */
  frame(step: number): Uint8Array | undefined {
    const { samples } = this.describe();
    if (!samples.steps.includes(step)) return undefined;
    return readFileSync(join(this.folder, 'samples', frameName(step, samples.kind)));
  }

  /** The PNG file of a picture, or nothing. */
  picture(id: string): Uint8Array | undefined {
    const picture = this.describe().pictures.find((candidate) => candidate.id === id);
    if (picture === undefined) return undefined;
    return readFileSync(join(this.folder, picture.id, frameName(picture.step, 'images')));
  }

  get generator(): GeneratorView | undefined {
    return this.describe().generator;
  }

  private describe(): DescribedRun {
    const version = this.version();
    if (this.known?.version !== version) this.known = { version, run: this.read(version) };
    return this.known.run;
  }

  private read(version: string): DescribedRun {
    const { record, events, state } = readRun(this.folder);
    const generator = this.readGenerator(record);
    // A run that goes on from an earlier step leaves pictures of later ones until it makes them again.
    const step = events.at(-1)?.step ?? 0;
    return {
      name: this.name,
      record,
      preset: this.wordsOf(record.preset) ?? { title: record.preset, description: '', published: [] },
      events,
      state,
      samples: this.samples(step),
      pictures: this.pictures(step),
      ...(generator !== undefined && { generator }),
      version,
    };
  }

  /** Sizes and times of the files that a run writes, and whether it does. */
  private version(): string {
    const files = [
      'run.json',
      'metrics.jsonl',
      'result.json',
      'samples',
      'generator/weights.bin',
      ...pictureFolders(this.folder),
    ];
    const stamps = files.map((file) => {
      const found = statIfAny(join(this.folder, file));
      return found === undefined ? '' : `${found.size}.${found.mtimeMs}`;
    });
    return [runHolder(this.folder)?.process, ...stamps].join(' ');
  }

  private samples(upTo: number): SampleFrames {
    const points = stepsIn(join(this.folder, 'samples'), 'points', upTo);
    const plane = points.length === 0 ? undefined : readPlane(join(this.folder, 'samples', 'plane.json'));
    if (plane !== undefined) return { kind: 'points', steps: points, plane };
    return { kind: 'images', steps: stepsIn(join(this.folder, 'samples'), 'images', upTo) };
  }

  private pictures(upTo: number): Picture[] {
    return pictureFolders(this.folder).flatMap((id) => {
      const step = stepsIn(join(this.folder, id), 'images', upTo).at(-1);
      return step === undefined ? [] : [{ id, title: pictureTitles[id] ?? asTitle(id), step }];
    });
  }

  private readGenerator({ samples, options }: RunRecord): GeneratorView | undefined {
    const weights = statIfAny(join(this.folder, 'generator', 'weights.bin'));
    if (weights === undefined || options.latents === undefined) return undefined;
    return {
      version: `${weights.mtimeMs}`,
      latents: options.latents as unknown as LatentOptions,
      sampleShape: samples.shape,
      range: samples.range,
    };
  }
}

function readPlane(file: string): Plane | undefined {
  try {
    return fromJson(readFileSync(file, 'utf8')) as Plane;
  } catch {
    return undefined;
  }
}

const extensions = { points: 'f32', images: 'png' } as const;

/** The file of the samples of a step. */
function frameName(step: number, kind: SampleFrames['kind']): string {
  return `step-${String(step).padStart(7, '0')}.${extensions[kind]}`;
}

/** Folders of a run that may have pictures, those of samples left out. */
function pictureFolders(folder: string): string[] {
  const known = Object.keys(pictureTitles);
  const others = entriesOf(folder).filter((entry) => !entry.isFile() && entry.name !== 'samples');
  const names = others.map(({ name }) => name).filter((name) => !known.includes(name));
  return [...known, ...names.sort()];
}

/** What is in a folder; nothing where none was written. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** `latent-square` as one would write it above a picture. */
function asTitle(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function stepsIn(folder: string, kind: SampleFrames['kind'], upTo: number): number[] {
  const names = entriesOf(folder).map(({ name }) => name);
  const pattern = new RegExp(`^step-(\\d+)\\.${extensions[kind]}$`);
  return names
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((step) => step <= upTo)
    .sort((a, b) => a - b);
}
