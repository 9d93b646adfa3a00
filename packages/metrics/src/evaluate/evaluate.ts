import {
  OptionError,
  resolveOptions,
  UnknownItemError,
  type ItemReference,
  type MetricResult,
} from '@dist-gan/core';
import type { DatasetEnvironment } from '@dist-gan/datasets';
import type { PixelRules } from '@dist-gan/datasets/pictures';
import type { FeatureExtractor } from '../extractors/feature-extractor.js';
import { extractAll } from '../extractors/extract-dataset.js';
import type { featureLayers, InceptionLayer } from '../extractors/inception/index.js';
import type { Features, RealAndGenerated } from '../features/feature-matrix.js';
import type { FeatureMetric } from '../features/feature-metric.js';
import type { FrechetOptions } from '../features/frechet/frechet-distance.js';
import type { FeatureStatistics } from '../features/frechet/feature-moments.js';
import type { MatrixEngine } from '../linear-algebra/index.js';
import { metrics as allMetrics, type MetricId } from '../metrics.js';
import { InceptionNetwork } from './inception-network.js';
import { namedResults } from './name-results.js';
import {
  evaluationProtocols,
  type EvaluationProtocol,
  type EvaluationProtocolId,
} from './protocol/evaluation-protocols.js';
import { firstShape, imageNumbers } from './sets/image-numbers.js';
import { openSet, type EvaluationSet, type OpenedSet } from './sets/open-set.js';
import { imagesLookedAt } from './sets/whole-batches.js';
import { featureStatistics } from './statistics/feature-statistics.js';
import type { StatisticsCache } from './statistics/statistics-cache.js';

/** A metric that compares sets, by its id, or with options that differ from the protocol's. */
export type RequestedMetric = FeatureMetricId | (ItemReference & { readonly id: FeatureMetricId });

/** The ids of metrics of features. */
export type FeatureMetricId = {
  [Id in MetricId]: (typeof allMetrics)[Id] extends FeatureMetric ? Id : never;
}[MetricId];

export interface EvaluateOptions {
  readonly generated: EvaluationSet;
  /** What it is compared with; not needed where every metric is of generated samples alone. */
  readonly real?: EvaluationSet;
  /** Default `['fid']`. */
  readonly metrics?: readonly RequestedMetric[];
  /** Whose way of preparing images, of drawing subsets, ... Default `clean-fid`. */
  readonly protocol?: EvaluationProtocolId;
  /** The first so many samples. Default: what the protocol says, else all. */
  readonly samples?: { readonly generated?: number; readonly real?: number };
  /** A layer of Inception in place of the protocol's 2048. */
  readonly layer?: (typeof featureLayers)[number];
  /** File or folder of Inception's weights. Default: looked for in the data folder. */
  readonly weights?: string;
  /** Images in one call of a network, and its threads. */
  readonly batchSize?: number;
  readonly threads?: number;
  /** What gives the features of metrics of any features (`frechet-distance`, ...). Default: the numbers of an image. */
  readonly extractor?: FeatureExtractor;
  /** In place of an Inception of its own; stays the caller's. */
  readonly network?: Pick<InceptionNetwork, 'extractor' | 'logits'>;
  /** Makes a backend of TensorFlow.js active before Inception is built, where none is. */
  readonly activateBackend?: () => Promise<unknown>;
  /** Leave out pictures that cannot be decoded, with a notice. Default false: they are refused. */
  readonly skipCorrupt?: boolean;
  /**
   * What lies behind pixels of picture files that are not opaque, on both sides: red, green and blue, 0 to 255. Default:
   * nothing; opacity is dropped, and the colours that are stored count.
   */
  readonly background?: PixelRules['background'];
  /** Keeps the statistics of real images and of data sets. Default: none are kept. */
  readonly cache?: StatisticsCache;
  /** Folder with data files, and more that data sets need. */
  readonly environment?: DatasetEnvironment;
  /** What relative paths begin at. Default: where the process is. */
  readonly workingDirectory?: string;
  /** Called when a stage of the work begins; what it returns is told how much of the stage is done, from 0 to 1. */
  readonly onStage?: (title: string, count?: number) => (done: number) => void;
  /** Hears what a reader of the numbers must know: what was left out, what could not be kept. */
  readonly onNotice?: (message: string) => void;
  readonly signal?: AbortSignal;
  readonly engine?: MatrixEngine;
}

/**
 * Measures generated samples, as `calculate_metrics` of torch-fidelity does: opens the sets, extracts features, measures.
 *
 * Every image passes a network once, whatever is asked for. `fid`, `kid`, `is` and the other short ids are of Inception's
 * features, and a result is called `fid` only where the features are known to be those of its layer 2048; of other
 * features, or of a file that does not say, it is a `frechet-distance`. Long ids are of any features.
 *
 * Node alone: it reads files.
 *
 * @example
 * const [fid, kid] = await evaluate({ generated: 'samples', real: 'cifar10-train', metrics: ['fid', 'kid'] });
 *
 * @throws DataNotFoundError, DatasetFormatError, OptionError, ShapeError, NonFiniteError; the reason of `signal` when it
 * is aborted
 */
export async function evaluate(options: EvaluateOptions): Promise<MetricResult[]> {
  const protocol: EvaluationProtocol = protocolOf(options.protocol);
  const asked = (options.metrics ?? ['fid']).map((metric) => requested(metric, protocol));
  checkAsked(asked, options);
  const own = options.network === undefined ? networkOf(options, protocol) : undefined;
  try {
    const metrics = asked.map(({ metric }) => metric);
    const work = new Evaluation(options, protocol, options.network ?? own!, metrics);
    await work.open();
    const results: MetricResult[] = [];
    for (const one of asked) results.push(...(await work.measure(one)));
    return results;
  } finally {
    await own?.dispose();
  }
}

interface AskedMetric {
  readonly metric: FeatureMetric;
  readonly options: unknown;
}

/** @throws UnknownItemError naming the nearest */
export function protocolOf(id: EvaluationProtocolId = 'clean-fid'): EvaluationProtocol {
  if (Object.hasOwn(evaluationProtocols, id)) return evaluationProtocols[id];
  throw new UnknownItemError('protocol', id, Object.keys(evaluationProtocols));
}

/** A metric, with the options of the protocol and those that were given. */
function requested(given: RequestedMetric, protocol: EvaluationProtocol): AskedMetric {
  const { id, options = {} } = typeof given === 'string' ? { id: given } : given;
  const metric = featureMetricOf(id);
  const ofProtocol = metric.inception && metric.protocolOptions ? protocol[metric.protocolOptions] : {};
  return { metric, options: resolveOptions(metric.options, { ...ofProtocol, ...options }, id) };
}

/** @throws UnknownItemError naming the nearest, OptionError for a metric that is not of features */
export function featureMetricOf(id: string): FeatureMetric {
  const features = Object.entries(allMetrics).filter(([, metric]) => metric.kind === 'features');
  const found = features.find(([name]) => name === id)?.[1] as FeatureMetric | undefined;
  if (found !== undefined) return found;
  if (Object.hasOwn(allMetrics, id)) {
    throw new OptionError(
      `metric ${id} measures samples while a GAN trains; of sets: ${features.map(([name]) => name).join(', ')}`,
      'metrics',
      id,
    );
  }
  throw new UnknownItemError(
    'metric',
    id,
    features.map(([name]) => name),
  );
}

function checkAsked(asked: readonly AskedMetric[], { real }: EvaluateOptions): void {
  const ids = asked.map(({ metric }) => metric.id);
  if (ids.length === 0)
    throw new OptionError('evaluate needs at least one metric, for instance fid', 'metrics', ids);
  if (real !== undefined || asked.every(({ metric }) => !metric.compares)) return;
  throw new OptionError(
    `${ids.join(',')} compares with real samples; name them (real, or --against)`,
    'real',
    undefined,
  );
}

/** What of the options decides FID's network. */
type NetworkChoice = Pick<
  EvaluateOptions,
  'weights' | 'batchSize' | 'threads' | 'activateBackend' | 'workingDirectory' | 'environment'
>;

/** FID's network as options ask for it; whoever makes it disposes it. */
export function networkOf(options: NetworkChoice, { preparation }: EvaluationProtocol): InceptionNetwork {
  const { weights, batchSize, threads, activateBackend, workingDirectory, environment } = options;
  return new InceptionNetwork({
    preparation,
    ...(weights !== undefined && { weights }),
    ...(environment?.dataFolder !== undefined && { dataFolder: environment.dataFolder }),
    ...(batchSize !== undefined && { batchSize }),
    ...(threads !== undefined && { threads }),
    ...(activateBackend !== undefined && { activateBackend }),
    ...(workingDirectory !== undefined && { workingDirectory }),
  });
}

type Side = 'generated' | 'real';
type Measured = Features | FeatureStatistics;

/** Where features come from: Inception, or the extractor that was given, or the numbers of images. */
type FeatureKind = 'inception' | 'given';

const kindOf = ({ inception }: FeatureMetric): FeatureKind =>
  inception === undefined ? 'given' : 'inception';

/** The sets of one evaluation, and what was measured of them so far. */
class Evaluation {
  private readonly sets: Partial<Record<Side, OpenedSet>> = {};
  /** All features of a side, by where they come from; statistics of them also by what covariances are divided by. */
  private readonly features = new Map<string, Features>();
  private readonly statistics = new Map<string, Measured>();

  constructor(
    private readonly options: EvaluateOptions,
    private readonly protocol: EvaluationProtocol,
    private readonly network: Pick<InceptionNetwork, 'extractor' | 'logits'>,
    private readonly metrics: readonly FeatureMetric[],
  ) {}

  async open(): Promise<void> {
    const {
      samples,
      workingDirectory = '.',
      skipCorrupt = false,
      background,
      environment = {},
      signal,
      onNotice,
    } = this.options;
    const counts = {
      generated: samples?.generated ?? this.protocol.samples?.generated,
      real: samples?.real ?? this.protocol.samples?.real.count,
    };
    for (const side of ['generated', 'real'] as const) {
      const set = this.options[side];
      if (set === undefined && side === 'real') continue;
      const count = counts[side];
      const opened = await openSet(side, set!, {
        workingDirectory,
        skipCorrupt,
        background,
        environment,
        signal,
        ...(count !== undefined && { count }),
        onProgress: this.stage(`${typeof set === 'string' ? set : side}: looking at the pictures`),
      });
      for (const notice of opened.notices) onNotice?.(notice);
      this.sets[side] = opened;
    }
    this.checkEnough();
  }

  /** Finds out before any work is done whether files hold what every metric needs. */
  private checkEnough(): void {
    for (const { needs, compares, inception } of this.metrics) {
      for (const side of compares ? (['generated', 'real'] as const) : (['generated'] as const)) {
        const { name, features, statistics } = this.sets[side]!;
        if (statistics !== undefined && needs !== 'statistics')
          throw tooLittle(name, 'a mean and a covariance');
        if (features === undefined || needs !== 'logits' || inception === undefined) continue;
        if (features.dimension !== 2048) throw tooLittle(name, `features of ${features.dimension} numbers`);
      }
    }
  }

  async measure({ metric, options }: AskedMetric): Promise<MetricResult[]> {
    const { signal, engine } = this.options;
    const sets = await this.setsFor(metric, (options as FrechetOptions).ddof);
    const run = { signal, engine, onProgress: this.stage(metric.title) };
    const results = await metric.measure(sets, options, run);
    const names = { generated: this.sets.generated!.name, real: this.sets.real?.name };
    return namedResults(results, { metric, sets, names, protocol: this.protocol });
  }

  /** @param ddof of covariances, where the metric is of them */
  private async setsFor(
    metric: FeatureMetric,
    ddof: FrechetOptions['ddof'],
  ): Promise<RealAndGenerated<Measured>> {
    const kind = kindOf(metric);
    const of = (side: Side) => this.measured(side, kind, metric.needs, ddof);
    const generated = await of('generated');
    // A metric of the generated samples alone never looks at the real ones.
    return { generated, real: metric.compares ? await of('real') : generated };
  }

  private async measured(
    side: Side,
    kind: FeatureKind,
    needs: FeatureMetric['needs'],
    ddof: FrechetOptions['ddof'],
  ): Promise<Measured> {
    if (needs === 'logits') return this.logits(side, kind);
    const all = needs === 'features' || this.needsAll(side, kind);
    return all ? this.allFeatures(side, kind) : this.statisticsOf(side, kind, ddof);
  }

  /** Whether some metric needs all features of a side: then the others are measured of them, too. */
  private needsAll(side: Side, kind: FeatureKind): boolean {
    return this.metrics.some((metric) => {
      if (kindOf(metric) !== kind || (side === 'real' && !metric.compares)) return false;
      if (metric.needs === 'logits') return kind === 'inception' && this.layer === '2048';
      return metric.needs === 'features';
    });
  }

  /** All feature vectors of a side. */
  private async allFeatures(side: Side, kind: FeatureKind): Promise<Features> {
    const key = `${side} ${kind}`;
    const found = this.features.get(key) ?? (await this.extract(side, await this.extractor(kind)));
    this.features.set(key, found);
    return found;
  }

  private async extract(side: Side, extractor: FeatureExtractor | undefined): Promise<Features> {
    const { name, images, split, features } = this.sets[side]!;
    if (features !== undefined) return features;
    const used = imagesLookedAt(this.protocol, images!);
    const onProgress = this.stage(`${name}: features of ${used.size} images`, used.size);
    const source = extractor ?? imageNumbers(await firstShape(used));
    const extracted = await extractAll(source, used, { onProgress, signal: this.options.signal });
    return { ...extracted, protocol: { ...extracted.protocol!, ...(split && { split }) } };
  }

  /** Mean and covariance of a side; its features are never held together. */
  private async statisticsOf(side: Side, kind: FeatureKind, ddof: FrechetOptions['ddof']): Promise<Measured> {
    const { name, images, split, features, statistics } = this.sets[side]!;
    const key = `${side} ${kind} ${ddof}`;
    const known = statistics ?? features ?? this.statistics.get(key);
    if (known !== undefined) return known;
    const used = imagesLookedAt(this.protocol, images!);
    const { cache, signal, engine, onNotice } = this.options;
    // Generated images change from one evaluation to the next; those of a data set do not.
    const keeps = side === 'real' || split?.dataset !== undefined;
    const made = await featureStatistics(
      (await this.extractor(kind)) ?? imageNumbers(await firstShape(used)),
      used,
      {
        ddof,
        signal,
        engine,
        onNotice,
        onProgress: this.stage(`${name}: features of ${used.size} images`, used.size),
        ...(split && { split }),
        ...(keeps && cache && { cache }),
      },
    );
    this.statistics.set(key, made);
    return made;
  }

  /** Logits of a side: a product of the features of layer 2048, or a pass of their own beside another layer. */
  private async logits(side: Side, kind: FeatureKind): Promise<Features> {
    if (kind === 'given') return this.allFeatures(side, kind);
    const { features } = this.sets[side]!;
    if (features === undefined && this.layer !== '2048') {
      return this.extract(side, await this.network.extractor('logits_unbiased'));
    }
    const onProgress = this.stage('logits of the features');
    return this.network.logits(await this.allFeatures(side, kind), {
      onProgress,
      signal: this.options.signal,
    });
  }

  private get layer(): InceptionLayer {
    return this.options.layer ?? this.protocol.layer;
  }

  private async extractor(kind: FeatureKind): Promise<FeatureExtractor | undefined> {
    return kind === 'given' ? this.options.extractor : this.network.extractor(this.layer);
  }

  private stage(title: string, count?: number): (done: number) => void {
    return this.options.onStage?.(title, count) ?? (() => undefined);
  }
}

function tooLittle(name: string, what: string): OptionError {
  return new OptionError(
    `${name} holds ${what}, which is not enough for every metric that was asked for; give the pictures, or ask for fid alone`,
    name,
    name,
  );
}
