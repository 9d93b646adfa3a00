import { choice, OptionError, positiveInteger, resolveOptions, type Dataset } from '@dist-gan/core';
import * as v from 'valibot';
import { labelMetric } from './label-metric.js';
import type { SampleMetric } from './sample-metric.js';

const schema = v.strictObject({
  /** What labels are compared with: `uniform`, all equally often, or `data`, the labels of the data set. */
  reference: v.optional(choice(['uniform', 'data']), 'uniform'),
  /** A label with at least so many samples is covered. */
  minimumCount: v.optional(positiveInteger, 1),
  /** Folder of the classifier; default: where dist-gan train-classifier puts it. */
  classifier: v.optional(v.string('must be the path of a folder')),
});

export interface TrainingLabelHistogramOptions extends v.InferInput<typeof schema> {}

const id = 'label-histogram';

/**
 * Classifies generated digits, one digit for each channel; no metric, and a notice, where no classifier is asked for by
 * its folder and none has been trained.
 */
export const labelHistogramMetric: SampleMetric<TrainingLabelHistogramOptions> = {
  kind: 'samples',
  id,
  title: 'digits among generated images, by a classifier',
  async create(given, dataset, { digitClassifier, onNotice, onDispose }) {
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
    const classifier = await digitClassifier?.(folder);
    if (classifier === undefined) {
      onNotice?.(
        `${id} is left out: it needs a classifier of digits (dist-gan train-classifier mnist, minutes)`,
      );
      return undefined;
    }
    onDispose?.(() => classifier.dispose());
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
  },
};

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
