import * as tf from '@tensorflow/tfjs-core';

/** Keeps the angle of a rotation defined where two diagonal entries are equal, and 0 where what is off the diagonal is 0, too. */
const tiny = 1e-30;
/** Eigenvalues nearer to each other than this, in units of the largest, have no eigenvectors of their own in float32. */
const indistinguishable = 1e-6;

/** Eigenvalues, the largest first, and for each of them a row: its eigenvector of length 1, of either sign. */
export interface Eigenpairs {
  /** `[matrices, n]`. */
  readonly values: tf.Tensor2D;
  /** `[matrices, n, n]`. */
  readonly vectors: tf.Tensor3D;
}

/**
 * Eigenvalues and eigenvectors of symmetric matrices without negative eigenvalues, with their gradient.
 *
 * Jacobi's method in tensor operations, which is what eager TensorFlow.js and every target of the compiler can run: no
 * number is read, and the number of operations follows from n alone. A round rotates n / 2 disjoint pairs of rows at once, a
 * sweep of n - 1 rounds meets every pair, and `2 + log2 n` sweeps bring what is off the diagonal below float32's rounding.
 * About 30 operations of O(n^2) numbers a round.
 *
 * The gradient is that of the exact decomposition, `V (diag(dvalues) + sym(F * V^T dV)) V^T` with
 * `F_ij = 1 / (value_j - value_i)`, not that of the iteration. Where two eigenvalues meet it does not exist; F is
 * `gap / (gap^2 + (1e-6 largest)^2)`, which goes to 0 there. There is no second derivative.
 *
 * @param matrices `[matrices, n, n]`, float32
 * @see Brent, Luk, "The solution of singular-value and symmetric eigenvalue problems on multiprocessor arrays", 1985, for
 *   the rounds; Giles, "An extended collection of matrix derivative results for forward and reverse mode automatic
 *   differentiation", 2008, for the gradient
 */
export function symmetricEigen(matrices: tf.Tensor3D): Eigenpairs {
  // A function with a gradient of its own gives one tensor: the vectors, and the values as one more column.
  const decompose = tf.customGrad((given, save) => {
    const { values, vectors } = jacobi(given as tf.Tensor3D);
    const value = tf.concat([vectors, tf.expandDims(values, 2)], 2);
    (save as (tensors: tf.Tensor[]) => void)([value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [pairs]: tf.Tensor[]) => gradient(dy, split(pairs as tf.Tensor3D)),
    };
  });
  return split(decompose(matrices) as tf.Tensor3D);
}

function split(pairs: tf.Tensor3D): Eigenpairs {
  const [count, n] = pairs.shape;
  return {
    vectors: tf.slice(pairs, [0, 0, 0], [count, n, n]),
    values: tf.reshape(tf.slice(pairs, [0, 0, n], [count, n, 1]), [count, n]),
  };
}

function jacobi(matrices: tf.Tensor3D): Eigenpairs {
  const [count, n] = matrices.shape;
  // With an odd n the last of an even number of rows is zero, and stays so.
  const even = n + (n % 2);
  const padding = even - n;
  // `vectors` is the product R of all rotations, `rotated` is R A: the entries of R A R^T are their rows' products.
  let rotated = tf.pad(matrices, [
    [0, 0],
    [0, padding],
    [0, padding],
  ]);
  let vectors: tf.Tensor3D = tf.tile(tf.expandDims(tf.eye(even), 0), [count, 1, 1]);
  const one = tf.ones([count, even, 1]);
  const minusOne = tf.neg(one);
  const rounds = Array.from({ length: even - 1 }, (_, round) => pairing(even, round));
  for (let sweep = 0; sweep < 2 + Math.ceil(Math.log2(even)); sweep++) {
    for (const { partners, tieBreak } of rounds) {
      const otherVectors = tf.gather(vectors, partners, 1);
      const diagonal = rowProducts(rotated, vectors);
      const offDiagonal = rowProducts(rotated, otherVectors);
      // Each row sees its pair from its own side. Both sides must find the same angle, or rows would not stay orthogonal:
      // hence the sum of the two computed values of one entry.
      const twice = tf.add(offDiagonal, tf.gather(offDiagonal, partners, 1));
      const difference = tf.sub(tf.gather(diagonal, partners, 1), diagonal);
      const sign = tf.where(tf.greater(difference, tieBreak), one, minusOne);
      const root = tf.sqrt(tf.add(tf.square(difference), tf.square(twice)));
      const length = tf.add(tf.add(tf.abs(difference), root), tiny);
      const tangent = tf.div(tf.mul(sign, twice), length);
      const cosine = tf.rsqrt(tf.add(1, tf.square(tangent)));
      const rotate = (rows: tf.Tensor3D, others: tf.Tensor3D): tf.Tensor3D =>
        tf.mul(cosine, tf.sub(rows, tf.mul(tangent, others)));
      rotated = rotate(rotated, tf.gather(rotated, partners, 1));
      vectors = rotate(vectors, otherVectors);
    }
  }
  const size = [count, n, n] as [number, number, number];
  const values = tf.slice(tf.reshape(rowProducts(rotated, vectors), [count, even]), [0, 0], [count, n]);
  const sorted = tf.topk(values as tf.Tensor2D, n);
  return {
    values: sorted.values,
    vectors: tf.gather(tf.slice(vectors, [0, 0, 0], size), sorted.indices, 1, 1),
  };
}

/** The sum of products of each row with the same row of the other, `[matrices, n, 1]`. */
function rowProducts(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  return tf.sum(tf.mul(a, b), 2, true);
}

/** Whom each row meets in a round of a tournament of all rows, and a number of opposite signs for the two of a pair. */
function pairing(
  size: number,
  round: number,
): { readonly partners: tf.Tensor1D; readonly tieBreak: tf.Tensor3D } {
  const last = size - 1;
  const partners = Array.from({ length: size }, (_, row) => {
    if (row === last) return round;
    if (row === round) return last;
    // Of the others those meet whose places sum to twice the round's, counted around a circle.
    return (2 * round - row + 2 * last) % last;
  });
  return {
    partners: tf.tensor1d(partners, 'int32'),
    tieBreak: tf.tensor3d(
      partners.map((partner, row) => (row < partner ? -tiny : tiny)),
      [1, size, 1],
    ),
  };
}

function gradient(dy: tf.Tensor, { values, vectors }: Eigenpairs): tf.Tensor {
  const [count, n] = values.shape;
  const dVectors = tf.slice(dy, [0, 0, 0], [count, n, n]);
  const dValues = tf.slice(dy, [0, 0, n], [count, n, 1]);
  const gaps = tf.sub(tf.expandDims(values, 1), tf.expandDims(values, 2));
  const least = tf.mul(indistinguishable, tf.reshape(tf.max(values, 1), [count, 1, 1]));
  const inverseGaps = tf.div(gaps, tf.add(tf.square(gaps), tf.add(tf.square(least), tiny)));
  const turned = tf.mul(inverseGaps, tf.matMul(vectors, dVectors, false, true));
  const symmetric = tf.mul(0.5, tf.add(turned, tf.transpose(turned, [0, 2, 1])));
  const inner = tf.add(symmetric, tf.mul(tf.eye(n), dValues));
  return tf.matMul(vectors, tf.matMul(inner, vectors), true);
}
