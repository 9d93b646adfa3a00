import { OptionError, positiveInteger, resolveOptions, type Metric, type Dataset } from '@dist-gan/core';
import { labelMetric, type FeatureExtractor } from '@dist-gan/metrics/extractors';
import * as v from 'valibot';
import { classifierFolder, hasClassifier, loadClassifier } from './classifier-folder.js';

const schema = v.strictObject({
  /** What labels are compared with: `uniform`, all equally often, or `data`, the labels of the data set. */
  reference: v.optional(v.picklist(['uniform', 'data'], 'must be uniform or data'), 'uniform'),
  /** A label with at least so many samples is covered. */
  minimumCount: v.optional(positiveInteger, 1),
  /** Folder of the classifier; default: where dist-gan train-classifier puts it. */
  classifier: v.optional(v.string('must be the path of a folder')),
});

const id = 'label-histogram';

interface Environment {
  readonly onNotice: (message: string) => void;
  /** Hears of the classifier, which must be disposed when no metric is needed any more. */
  readonly onClassifier: (classifier: FeatureExtractor) => void;
}

/**
 * Makes the metric of a training run that classifies generated digits, one digit for each channel; no metric, and a
 * notice, where no classifier is asked for by its folder and none has been trained.
 */
export function labelHistogramMetric({ onNotice, onClassifier }: Environment) {
  return async (given: unknown, dataset: Dataset): Promise<(() => Metric) | undefined> => {
    const { reference, minimumCount, classifier: folder } = resolveOptions(schema, given, id);
    const [height, width, channels] = dataset.sampleShape;
    if (height !== 28 || width !== 28 || channels === undefined) {
      throw new OptionError(
        `metric ${id} classifies images of digits, 28 x 28, and those of ${dataset.id} are of shape ` +
          `[${dataset.sampleShape.join(', ')}]; take another metric`,
        'metrics',
        id,
      );
    }
    if (folder === undefined && !hasClassifier(classifierFolder('mnist'))) {
      onNotice(
        `${id} is left out: it needs a classifier of digits (dist-gan train-classifier mnist, minutes)`,
      );
      return undefined;
    }
    const classifier = await loadClassifier(folder ?? classifierFolder('mnist'));
    onClassifier(classifier);
    const classes = classifier.dimension ** channels;
    return () =>
      labelMetric({
        classifier,
        channels,
        range: dataset.range,
        minimumCount,
        ...(reference === 'data' && {
          reference: { counts: labelCounts(dataset, classes), name: `labels of ${dataset.id}` },
        }),
      });
  };
}

/** How often each label occurs among a data set's. */
function labelCounts({ id: dataset, labels }: Dataset, classes: number): number[] {
  if (labels === undefined) {
    throw new OptionError(
      `metric ${id}: ${dataset} has no labels to compare with; take reference uniform`,
      'metrics',
      id,
    );
  }
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}
