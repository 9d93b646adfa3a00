import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerCustomObjects } from '@dist-gan/architectures';
import {
  cacheFolder,
  DataNotFoundError,
  DatasetFormatError,
  fromJson,
  makeFolder,
  OutputError,
  toJson,
  writeAtomically,
} from '@dist-gan/core';
import type { FeatureExtractor } from '@dist-gan/metrics/extractors';
import { imagesAsTheyAre } from '@dist-gan/metrics/images';
import { layersModelExtractor } from '@dist-gan/metrics/layers-model';
import { loadNetwork, saveNetwork } from '@dist-gan/runs';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { activateBackend } from '../engine/index.js';

/** What is known of a trained classifier: `classifier.json` in its folder. */
export interface ClassifierRecord {
  readonly id: 'mnist';
  /** Share of test images that it classifies rightly. */
  readonly accuracy: number;
  readonly testImages: number;
  /** SHA-256 of the network's files, in hexadecimal. */
  readonly sha256: string;
  /** SHA-256 of the images that it was trained on, in hexadecimal. Absent in records of before. */
  readonly trainedOn?: string;
  readonly epochs: number;
  readonly seed: number;
  readonly seconds: number;
  /** ISO 8601. */
  readonly trainedAt: string;
}

/** What is used of it. */
const recordSchema = v.looseObject({
  id: v.literal('mnist'),
  accuracy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  sha256: v.string(),
  trainedOn: v.optional(v.string()),
});

const recordFile = 'classifier.json';
const networkFiles = ['model.json', 'weights.bin'];
const imagesAtOnce = 100;
const otherFolder = 'choose another folder with --out';

/** Where a classifier is kept when nothing else is said. */
export function classifierFolder(
  id: ClassifierRecord['id'],
  environment?: Readonly<Record<string, string | undefined>>,
): string {
  return join(cacheFolder(environment), 'classifiers', id);
}

const hasClassifier = (folder: string): boolean => existsSync(join(folder, recordFile));

/** Writes a classifier; its record comes last, so that a writing that ends early leaves none that looks whole. */
export async function saveClassifier(
  folder: string,
  network: LayersModel,
  known: Omit<ClassifierRecord, 'sha256'>,
): Promise<ClassifierRecord> {
  makeFolder(folder, otherFolder);
  try {
    await saveNetwork(folder, network);
    const record = { ...known, sha256: checksumOf(folder) };
    writeAtomically(join(folder, recordFile), `${toJson(record, 2)}\n`);
    return record;
  } catch (cause) {
    throw new OutputError(
      `the classifier cannot be written into ${folder} (${(cause as Error).message}); ${otherFolder}`,
      folder,
      { cause },
    );
  }
}

/**
 * Loads a classifier: an extractor of one logit a class from images of one channel.
 *
 * @throws DataNotFoundError when there is none, DatasetFormatError when its files are not those that were written
 */
async function loadClassifier(folder: string): Promise<FeatureExtractor> {
  const record = readRecord(folder);
  const checksum = checksumOf(folder);
  if (checksum !== record.sha256) {
    throw damaged(folder, `its files have the SHA-256 ${checksum} in place of ${record.sha256}`);
  }
  // The network is built there; it does not run there.
  await activateBackend('cpu');
  registerCustomObjects();
  const network = await loadNetwork(folder);
  try {
    const { id, accuracy, sha256, trainedOn } = record;
    return await classifierExtractor(network, {
      weights: id,
      accuracy,
      sha256,
      ...(trainedOn !== undefined && { trainedOn }),
    });
  } finally {
    network.dispose();
  }
}

/** The classifier of a folder, or where it is kept; undefined where no folder is named and none was trained. */
export async function findClassifier(folder?: string): Promise<FeatureExtractor | undefined> {
  const place = folder ?? classifierFolder('mnist');
  return folder === undefined && !hasClassifier(place) ? undefined : loadClassifier(place);
}

/** An extractor of the logits of a classifier that is in memory. */
export async function classifierExtractor(
  network: LayersModel,
  protocol: Readonly<Record<string, string | number>> = {},
): Promise<FeatureExtractor> {
  return layersModelExtractor({
    id: network.name,
    layer: 'logits',
    model: network,
    preparation: imagesAsTheyAre({ scaling: 'unit' }),
    batchSize: imagesAtOnce,
    protocol,
  });
}

function readRecord(folder: string): ClassifierRecord {
  const path = join(folder, recordFile);
  if (!hasClassifier(folder)) {
    throw new DataNotFoundError(
      `there is no classifier of digits in ${folder}; run dist-gan train-classifier mnist (minutes), or choose other ` +
        'metrics (--set evaluation.metrics=[])',
      folder,
    );
  }
  try {
    return v.parse(recordSchema, fromJson(readFileSync(path, 'utf8'))) as unknown as ClassifierRecord;
  } catch (cause) {
    throw damaged(folder, (cause as Error).message, { cause });
  }
}

function checksumOf(folder: string): string {
  const hash = createHash('sha256');
  try {
    for (const file of networkFiles) hash.update(readFileSync(join(folder, file)));
  } catch (cause) {
    throw damaged(folder, (cause as Error).message, { cause });
  }
  return hash.digest('hex');
}

function damaged(folder: string, reason: string, options?: ErrorOptions): DatasetFormatError {
  return new DatasetFormatError(
    `the classifier in ${folder} is damaged: ${reason}; run dist-gan train-classifier mnist again`,
    folder,
    0,
    options,
  );
}
