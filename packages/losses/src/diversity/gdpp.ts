import { ShapeError } from '@dist-gan/core';
import * as tf from '@tensorflow/tfjs-core';
import { requireNonNegative } from '../checks/require-choice.js';
import { requireSameShape } from '../checks/require-tensors.js';
import { symmetricEigen, type Eigenpairs } from './symmetric-eigen.js';

/** Keeps features of length 0 from being divided by it. */
const leastLength = 1e-12;
/** What is added to eigenvalues and their differences where they are divided by, in units of the largest: float32 knows no less. */
const leastEigenvalue = 1e-6;

export interface GdppOptions {
  /** What the difference of eigenvalues counts beside that of eigenvectors. Default 1e-4, as in the authors' code. */
  readonly magnitudeWeight?: number;
}

/**
 * GDPP: a generated batch is to be as diverse as a real one, and in the same ways. The kernel of a batch is the matrix of all
 * cosines of its features, which a determinantal point process has; of the kernels of both batches the eigenvalues and
 * eigenvectors are compared, in the order of the eigenvalues.
 *
 *     magnitudeWeight mean_i (r_i - f_i)^2 - sum_i w_i |v_i . u_i|        w_i = (r_i - min r) / (max r - min r)
 *
 * with the eigenvalues r_i and eigenvectors v_i of the real kernel, f_i and u_i of the generated one. It is at least -n and,
 * where all cosines are equal, -1 at best. The paper has the absolute differences in place of the weighted mean of squares,
 * which are the code's. An eigenvector has no sign: where the authors take the one that their library happens to give,
 * here it is the sign that brings the two vectors near to each other. The i-th eigenvectors are compared sample by sample,
 * although the order of either batch is chance: that is the method's.
 *
 * Where features have fewer numbers than there are samples, the same values come from the matrix of the features' products,
 * which is smaller. Costs O(k^3 log k) multiplications, in about `30 k (2 + log2 k)` operations one after the other, k being the
 * lesser of batch and feature size: for batches of up to some hundred samples. Eigenvectors of eigenvalues that float32 cannot tell
 * apart are any of those possible, and add nothing to the gradient that grows without bound.
 *
 * @param tensors `realFeatures` and `fakeFeatures` `[n, ...]`, of a real and a generated batch of 2 or more samples, float32.
 *   The gradient reaches both; training a generator, the authors let it reach the generated ones
 * @returns a scalar; the caller disposes it
 * @throws ShapeError when a tensor is missing or empty, the shapes differ, or there is one sample only
 * @throws OptionError when the weight is negative or not finite
 * @see Elfeki, Couprie, Riviere, Elhoseiny, "GDPP: learning diverse generations using determinantal point processes", ICML
 *   2019, arXiv 1812.00068, Eq 5; code M-Elfeki/GDPP 9933aff, gdppgan_Synthetic.py
 */
export function gdpp(
  tensors: { readonly realFeatures: tf.Tensor; readonly fakeFeatures: tf.Tensor },
  { magnitudeWeight = 1e-4 }: GdppOptions = {},
): tf.Scalar {
  const where = 'gdpp';
  const { realFeatures, fakeFeatures } = tensors;
  requireSameShape(where, { realFeatures, fakeFeatures });
  requireNonNegative(where, 'magnitudeWeight', magnitudeWeight);
  const batch = realFeatures.rank === 0 ? 0 : realFeatures.shape[0];
  if (batch < 2) {
    throw new ShapeError(
      `${where}: realFeatures has shape [${realFeatures.shape.join(', ')}]; the diversity of a batch needs 2 samples or more`,
      'realFeatures',
      realFeatures.shape,
      '2 or more rows',
    );
  }
  return tf.tidy(() => {
    const rows = tf.stack([directions(realFeatures), directions(fakeFeatures)]) as tf.Tensor3D;
    const { values, vectors } = kernelEigenpairs(rows);
    const [realValues, fakeValues] = tf.unstack(values);
    const [realVectors, fakeVectors] = tf.unstack(vectors);
    // Eigenvalues that the smaller matrix leaves out are 0 in both kernels.
    const magnitude = tf.div(tf.sum(tf.square(tf.sub(realValues, fakeValues))), batch);
    const least = realValues.size < batch ? 0 : tf.min(realValues);
    const largest = tf.max(realValues);
    const range = tf.add(tf.sub(largest, least), divisorOf(largest));
    const weights = tf.div(tf.sub(realValues, least), range);
    const cosines = tf.abs(tf.sum(tf.mul(realVectors, fakeVectors), 1));
    return tf.sub<tf.Scalar>(tf.mul(magnitudeWeight, magnitude), tf.sum(tf.mul(weights, cosines)));
  });
}

/** Above 0 where all features are 0, and so is the largest eigenvalue. */
function divisorOf(largest: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(leastEigenvalue, largest), leastLength);
}

/** One row of length 1 for each sample. */
function directions(features: tf.Tensor): tf.Tensor2D {
  const rows: tf.Tensor2D = tf.reshape(features, [features.shape[0], -1]);
  return tf.div(rows, tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), leastLength)));
}

/** Of `rows rows^T`: of all n eigenvalues, or of the d that may differ from 0, with vectors of n entries. */
function kernelEigenpairs(rows: tf.Tensor3D): { values: tf.Tensor2D; vectors: tf.Tensor3D } {
  const [, batch, size] = rows.shape;
  if (size >= batch) return symmetricEigen(tf.matMul(rows, rows, false, true));
  // rows^T rows w = value w gives rows rows^T (rows w) = value (rows w), and rows w has the length sqrt(value).
  const { values, vectors }: Eigenpairs = symmetricEigen(tf.matMul(rows, rows, true));
  const lengths = tf.sqrt(tf.add(tf.relu(values), divisorOf(tf.max(values, 1, true))));
  return { values, vectors: tf.div(tf.matMul(vectors, rows, false, true), tf.expandDims(lengths, 2)) };
}
