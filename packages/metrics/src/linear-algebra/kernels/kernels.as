// The inner loops of the float64 linear algebra, in AssemblyScript: two lanes at a time, which JavaScript cannot say.
// Everything else is TypeScript. `node tooling/scripts/build-kernels.mjs` compiles this file into kernels-binary.ts.
//
// Matrices are row-major float64 in this module's memory. Addresses are in bytes, strides and sizes in numbers.

/** Rows of a panel, and rows and columns of a tile of the product. */
const width = 4;

/** Row panels of the left matrix that stay in the cache while a panel of the right one passes. */
const panelsAtOnce = 16;

/**
 * c += a bᵀ for packed a and b: panels of 4 rows, each panel column by column. c has room for whole panels in
 * both directions. With `upperOnly`, tiles below the diagonal are left as they are.
 */
export function addProduct(
  a: usize, b: usize, c: usize, rowPanels: i32, columnPanels: i32, depth: i32, stride: i32, upperOnly: bool,
): void {
  const panelBytes = <usize>(depth * width) << 3;
  for (let first = 0; first < rowPanels; first += panelsAtOnce) {
    const last = min(first + panelsAtOnce, rowPanels);
    for (let j = upperOnly ? first : 0; j < columnPanels; j++) {
      const end = upperOnly ? min(last, j + 1) : last;
      for (let i = first; i < end; i++) {
        addTile(
          a + <usize>i * panelBytes, b + <usize>j * panelBytes,
          c + (<usize>(i * width * stride + j * width) << 3), depth, stride,
        );
      }
    }
  }
}

/** One 4 x 4 tile, summed in registers. */
// @ts-ignore: decorator
@inline
function addTile(a: usize, b: usize, c: usize, depth: i32, stride: i32): void {
  let c00 = f64x2.splat(0), c01 = f64x2.splat(0), c10 = f64x2.splat(0), c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0), c21 = f64x2.splat(0), c30 = f64x2.splat(0), c31 = f64x2.splat(0);
  for (let p = 0; p < depth; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(x, b0));
    c01 = f64x2.add(c01, f64x2.mul(x, b1));
    x = v128.load64_splat(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(x, b0));
    c11 = f64x2.add(c11, f64x2.mul(x, b1));
    x = v128.load64_splat(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(x, b0));
    c21 = f64x2.add(c21, f64x2.mul(x, b1));
    x = v128.load64_splat(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(x, b0));
    c31 = f64x2.add(c31, f64x2.mul(x, b1));
    a += width * 8;
    b += width * 8;
  }
  const rowBytes = <usize>stride << 3;
  addRow(c, c00, c01);
  addRow(c + rowBytes, c10, c11);
  addRow(c + 2 * rowBytes, c20, c21);
  addRow(c + 3 * rowBytes, c30, c31);
}

// @ts-ignore: decorator
@inline
function addRow(c: usize, left: v128, right: v128): void {
  v128.store(c, f64x2.add(v128.load(c), left));
  v128.store(c, f64x2.add(v128.load(c, 16), right), 16);
}

/**
 * y = a x for a symmetric matrix of which the upper triangle is stored: each number is read once and used
 * twice. Four rows at a time; the n mod 4 rows that are left over come first.
 */
export function symmetricTimesVector(a: usize, stride: i32, n: i32, x: usize, y: usize): void {
  memory.fill(y, 0, <usize>n << 3);
  const rowBytes = <usize>stride << 3;
  let i = 0;
  for (; i < n % width; i++) {
    const row = a + <usize>i * rowBytes;
    const xi = load<f64>(x + (<usize>i << 3));
    let sum = load<f64>(row + (<usize>i << 3)) * xi;
    for (let j = i + 1; j < n; j++) {
      const at = <usize>j << 3;
      const value = load<f64>(row + at);
      sum += value * load<f64>(x + at);
      store<f64>(y + at, load<f64>(y + at) + value * xi);
    }
    increase(y + (<usize>i << 3), sum);
  }
  for (; i < n; i += width) {
    const row0 = a + <usize>i * rowBytes;
    const row1 = row0 + rowBytes, row2 = row1 + rowBytes, row3 = row2 + rowBytes;
    const first = <usize>i << 3;
    diagonalTile(row0 + first, rowBytes, x + first, y + first);
    const x0 = v128.load64_splat(x + first), x1 = v128.load64_splat(x + first, 8);
    const x2 = v128.load64_splat(x + first, 16), x3 = v128.load64_splat(x + first, 24);
    let sum0 = f64x2.splat(0), sum1 = f64x2.splat(0), sum2 = f64x2.splat(0), sum3 = f64x2.splat(0);
    for (let at = first + width * 8, end = <usize>n << 3; at < end; at += 16) {
      const xj = v128.load(x + at);
      let yj = v128.load(y + at);
      let value = v128.load(row0 + at);
      sum0 = f64x2.add(sum0, f64x2.mul(value, xj));
      yj = f64x2.add(yj, f64x2.mul(value, x0));
      value = v128.load(row1 + at);
      sum1 = f64x2.add(sum1, f64x2.mul(value, xj));
      yj = f64x2.add(yj, f64x2.mul(value, x1));
      value = v128.load(row2 + at);
      sum2 = f64x2.add(sum2, f64x2.mul(value, xj));
      yj = f64x2.add(yj, f64x2.mul(value, x2));
      value = v128.load(row3 + at);
      sum3 = f64x2.add(sum3, f64x2.mul(value, xj));
      yj = f64x2.add(yj, f64x2.mul(value, x3));
      v128.store(y + at, yj);
    }
    increase(y + first, lanes(sum0));
    increase(y + first + 8, lanes(sum1));
    increase(y + first + 16, lanes(sum2));
    increase(y + first + 24, lanes(sum3));
  }
}

/** The part of `symmetricTimesVector` on a 4 x 4 tile of the diagonal. */
function diagonalTile(tile: usize, rowBytes: usize, x: usize, y: usize): void {
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      const value = load<f64>(tile + <usize>min(i, j) * rowBytes + (<usize>max(i, j) << 3));
      increase(y + (<usize>i << 3), value * load<f64>(x + (<usize>j << 3)));
    }
  }
}

/** target[p] = the scalar product of vector p with x, for `count` vectors of length n. */
export function dots(vectors: usize, stride: i32, count: i32, x: usize, n: i32, target: usize): void {
  for (let p = 0; p < count; p++) {
    let sum = f64x2.splat(0);
    let at: usize = 0;
    for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(vectors + at), v128.load(x + at)));
    }
    let dot = lanes(sum);
    if (n & 1) dot += load<f64>(vectors + at) * load<f64>(x + at);
    store<f64>(target + (<usize>p << 3), dot);
    vectors += <usize>stride << 3;
  }
}

/** x -= the sum of coefficients[p] times vector p, for `count` vectors of length n. */
export function subtractCombination(
  vectors: usize, stride: i32, count: i32, coefficients: usize, x: usize, n: i32,
): void {
  for (let p = 0; p < count; p++) {
    const coefficient = load<f64>(coefficients + (<usize>p << 3));
    const both = f64x2.splat(coefficient);
    let at: usize = 0;
    for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
      v128.store(x + at, f64x2.sub(v128.load(x + at), f64x2.mul(v128.load(vectors + at), both)));
    }
    if (n & 1) increase(x + at, -coefficient * load<f64>(vectors + at));
    vectors += <usize>stride << 3;
  }
}

// @ts-ignore: decorator
@inline
function increase(address: usize, by: f64): void {
  store<f64>(address, load<f64>(address) + by);
}

// @ts-ignore: decorator
@inline
function lanes(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
