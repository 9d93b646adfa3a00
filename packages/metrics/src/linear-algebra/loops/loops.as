// The inner loops of the float64 linear algebra, in AssemblyScript: two lanes at a time, which JavaScript cannot say.
// Everything else is TypeScript. `node tooling/scripts/build-loops.mjs` compiles this file into loops-binary.ts.
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
 * The Householder reflector that takes x to (beta, 0, ..., 0), which x becomes: I - factor v vᵀ with v[0] = 1 (LAPACK's
 * dlarfg). The squares of x must neither overflow nor matter where they vanish.
 *
 * @returns factor; 0 when there is nothing to reflect
 */
export function reflector(x: usize, n: i32, v: usize): f64 {
  const rest = <usize>n << 3;
  const first = load<f64>(x);
  let squares = 0.0;
  for (let at: usize = 8; at < rest; at += 8) squares += load<f64>(x + at) * load<f64>(x + at);
  store<f64>(v, 1);
  if (squares == 0) {
    memory.fill(v + 8, 0, rest - 8);
    return 0;
  }
  const norm = Math.sqrt(first * first + squares);
  const beta = first > 0 ? -norm : norm;
  const scale = 1 / (first - beta);
  for (let at: usize = 8; at < rest; at += 8) store<f64>(v + at, load<f64>(x + at) * scale);
  memory.fill(x + 8, 0, rest - 8);
  store<f64>(x, beta);
  return (beta - first) / beta;
}

/** Applies the reflector I - factor v vᵀ to `count` vectors of length n. */
export function reflect(vectors: usize, stride: i32, count: i32, v: usize, n: i32, factor: f64): void {
  for (let p = 0; p < count; p++) {
    add(vectors, v, n, -factor * dot(vectors, v, n));
    vectors += <usize>stride << 3;
  }
}

/**
 * target = source - c on and above the diagonal, for `rows` rows of `columns`; the target may lie before the source in the
 * same memory.
 */
export function subtractUpper(
  target: usize, targetStride: i32, source: usize, sourceStride: i32, c: usize, cStride: i32, rows: i32, columns: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const n = columns - row;
    let at: usize = 0;
    for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
      v128.store(target + at, f64x2.sub(v128.load(source + at), v128.load(c + at)));
    }
    if (n & 1) store<f64>(target + at, load<f64>(source + at) - load<f64>(c + at));
    target += <usize>(targetStride + 1) << 3;
    source += <usize>(sourceStride + 1) << 3;
    c += <usize>(cStride + 1) << 3;
  }
}

/** Copies rows of numbers from one matrix into another. */
export function copyRows(
  target: usize, targetStride: i32, source: usize, sourceStride: i32, rows: i32, columns: i32,
): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(target, source, <usize>columns << 3);
    target += <usize>targetStride << 3;
    source += <usize>sourceStride << 3;
  }
}

/** Rows and columns that are turned together: their lines of the cache stay there. */
const turnedAtOnce = 8;

/** target[column, row] = source[row, column] */
export function transpose(
  target: usize, targetStride: i32, source: usize, sourceStride: i32, rows: i32, columns: i32,
): void {
  const targetBytes = <usize>targetStride << 3, sourceBytes = <usize>sourceStride << 3;
  for (let firstRow = 0; firstRow < rows; firstRow += turnedAtOnce) {
    const lastRow = min(firstRow + turnedAtOnce, rows);
    for (let firstColumn = 0; firstColumn < columns; firstColumn += turnedAtOnce) {
      const lastColumn = min(firstColumn + turnedAtOnce, columns);
      for (let row = firstRow; row < lastRow; row += 2) {
        let from = source + <usize>row * sourceBytes + (<usize>firstColumn << 3);
        let to = target + <usize>firstColumn * targetBytes + (<usize>row << 3);
        let column = firstColumn;
        if (row + 1 < lastRow) {
          for (; column + 1 < lastColumn; column += 2) {
            const one = v128.load(from), other = v128.load(from + sourceBytes);
            v128.store(to, v128.shuffle<f64>(one, other, 0, 2));
            v128.store(to + targetBytes, v128.shuffle<f64>(one, other, 1, 3));
            from += 16;
            to += 2 * targetBytes;
          }
        }
        for (; column < lastColumn; column++) {
          store<f64>(to, load<f64>(from));
          if (row + 1 < lastRow) store<f64>(to + 8, load<f64>(from + sourceBytes));
          from += 8;
          to += targetBytes;
        }
      }
    }
  }
}

/** Copies the upper triangle of a square matrix into the lower one. */
export function mirrorUpper(a: usize, n: i32): void {
  const rowBytes = <usize>n << 3;
  for (let first = 0; first < n; first += turnedAtOnce) {
    const last = min(first + turnedAtOnce, n);
    const diagonal = a + <usize>first * (rowBytes + 8);
    for (let row = 0; row < last - first; row++) {
      for (let column = row + 1; column < last - first; column++) {
        const value = load<f64>(diagonal + <usize>row * rowBytes + (<usize>column << 3));
        store<f64>(diagonal + <usize>column * rowBytes + (<usize>row << 3), value);
      }
    }
    const beside = <usize>(last - first);
    transpose(diagonal + beside * rowBytes, n, diagonal + (beside << 3), n, last - first, n - last);
  }
}

/**
 * Takes columns `first` to before `last` of a symmetric band matrix to tridiagonal form: a reflector takes all of a column
 * but one number to 0, and more of them chase what that brings in below the band out of the matrix (Bischof, Lang and Sun
 * 2000; the blocks are those of ELPA).
 *
 * @param band the lower half: element (row, column) at column * stride + row - column, with stride >= 2 * width
 * @param width how many elements beside the diagonal are not 0
 * @param scratch room for 3 * width numbers
 */
export function chase(
  band: usize, stride: i32, n: i32, width: i32, first: i32, last: i32, scratch: usize,
): void {
  // To the next column in the same row.
  const columnBytes = <usize>(stride - 1) << 3;
  let v = scratch, next = scratch + (<usize>width << 3);
  const w = scratch + (<usize>width << 4);
  for (let column = first; column < last; column++) {
    let start = column + 1;
    let length = min(width, n - start);
    let factor = reflector(band + (<usize>(column * stride + 1) << 3), length, v);
    while (true) {
      const diagonal = band + (<usize>(start * stride) << 3);
      reflectBothSides(diagonal, columnBytes, length, v, factor, w);
      const rows = min(width, n - start - length);
      if (rows < 1) break;
      // What is below the block: reflected from the right, then from the left so that its first column is.
      const below = diagonal + (<usize>length << 3);
      combine(below, stride - 1, length, v, rows, w);
      add(below, w, rows, -factor);
      const nextFactor = reflector(below, rows, next);
      for (let c = 1; c < length; c++) {
        const at = below + <usize>c * columnBytes;
        const product = addAndDot(at, w, rows, -factor * load<f64>(v + (<usize>c << 3)), next);
        add(at, next, rows, -nextFactor * product);
      }
      const free = v;
      v = next;
      next = free;
      factor = nextFactor;
      start += length;
      length = rows;
    }
  }
}

/** A -> H A H for H = I - factor v vᵀ and the lower half of a symmetric matrix, whose columns are `columnBytes` apart. */
function reflectBothSides(a: usize, columnBytes: usize, n: i32, v: usize, factor: f64, w: usize): void {
  // A -= v wᵀ + w vᵀ for w = factor A v - factor² / 2 (vᵀ A v) v.
  memory.fill(w, 0, <usize>n << 3);
  for (let c = 0; c < n; c++) {
    const place = <usize>c << 3;
    const diagonal = a + <usize>c * (columnBytes + 8);
    const vc = load<f64>(v + place);
    const product = addAndDotOther(w + place + 8, diagonal + 8, n - c - 1, vc, v + place + 8);
    increase(w + place, load<f64>(diagonal) * vc + product);
  }
  const half = (factor * factor * dot(v, w, n)) / 2;
  for (let at: usize = 0, end = <usize>n << 3; at < end; at += 8) {
    store<f64>(w + at, factor * load<f64>(w + at) - half * load<f64>(v + at));
  }
  for (let c = 0; c < n; c++) {
    const place = <usize>c << 3;
    const diagonal = a + <usize>c * (columnBytes + 8);
    addTwo(diagonal, v + place, -load<f64>(w + place), w + place, -load<f64>(v + place), n - c);
  }
}

/** y = the sum of coefficients[p] times vector p, for `count` vectors of length n. */
export function combine(vectors: usize, stride: i32, count: i32, coefficients: usize, n: i32, y: usize): void {
  const vectorBytes = <usize>stride << 3;
  memory.fill(y, 0, <usize>n << 3);
  let p = 0;
  for (; p + 4 <= count; p += 4) {
    const x0 = vectors, x1 = x0 + vectorBytes, x2 = x1 + vectorBytes, x3 = x2 + vectorBytes;
    const c0 = v128.load64_splat(coefficients), c1 = v128.load64_splat(coefficients, 8);
    const c2 = v128.load64_splat(coefficients, 16), c3 = v128.load64_splat(coefficients, 24);
    let at: usize = 0;
    for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
      const sum = f64x2.add(
        f64x2.add(f64x2.mul(v128.load(x0 + at), c0), f64x2.mul(v128.load(x1 + at), c1)),
        f64x2.add(f64x2.mul(v128.load(x2 + at), c2), f64x2.mul(v128.load(x3 + at), c3)),
      );
      v128.store(y + at, f64x2.add(v128.load(y + at), sum));
    }
    if (n & 1) {
      increase(
        y + at,
        load<f64>(x0 + at) * load<f64>(coefficients) + load<f64>(x1 + at) * load<f64>(coefficients, 8) +
        load<f64>(x2 + at) * load<f64>(coefficients, 16) + load<f64>(x3 + at) * load<f64>(coefficients, 24),
      );
    }
    vectors += 4 * vectorBytes;
    coefficients += 32;
  }
  for (; p < count; p++) {
    add(y, vectors, n, load<f64>(coefficients));
    vectors += vectorBytes;
    coefficients += 8;
  }
}

// @ts-ignore: decorator
@inline
function dot(x: usize, y: usize, n: i32): f64 {
  let sum = f64x2.splat(0);
  let at: usize = 0;
  for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(x + at), v128.load(y + at)));
  }
  return lanes(sum) + (n & 1 ? load<f64>(x + at) * load<f64>(y + at) : 0);
}

/** y += scale x */
// @ts-ignore: decorator
@inline
function add(y: usize, x: usize, n: i32, scale: f64): void {
  const both = f64x2.splat(scale);
  let at: usize = 0;
  for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
    v128.store(y + at, f64x2.add(v128.load(y + at), f64x2.mul(v128.load(x + at), both)));
  }
  if (n & 1) increase(y + at, scale * load<f64>(x + at));
}

/** y += scale x + otherScale other */
// @ts-ignore: decorator
@inline
function addTwo(y: usize, x: usize, scale: f64, other: usize, otherScale: f64, n: i32): void {
  const both = f64x2.splat(scale), otherBoth = f64x2.splat(otherScale);
  let at: usize = 0;
  for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
    const sum = f64x2.add(f64x2.mul(v128.load(x + at), both), f64x2.mul(v128.load(other + at), otherBoth));
    v128.store(y + at, f64x2.add(v128.load(y + at), sum));
  }
  if (n & 1) increase(y + at, scale * load<f64>(x + at) + otherScale * load<f64>(other + at));
}

/** y += scale x, and the scalar product of the new y with z. */
// @ts-ignore: decorator
@inline
function addAndDot(y: usize, x: usize, n: i32, scale: f64, z: usize): f64 {
  const both = f64x2.splat(scale);
  let sum = f64x2.splat(0);
  let at: usize = 0;
  for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
    const value = f64x2.add(v128.load(y + at), f64x2.mul(v128.load(x + at), both));
    v128.store(y + at, value);
    sum = f64x2.add(sum, f64x2.mul(value, v128.load(z + at)));
  }
  if (!(n & 1)) return lanes(sum);
  increase(y + at, scale * load<f64>(x + at));
  return lanes(sum) + load<f64>(y + at) * load<f64>(z + at);
}

/** y += scale x, and the scalar product of x with z. */
// @ts-ignore: decorator
@inline
function addAndDotOther(y: usize, x: usize, n: i32, scale: f64, z: usize): f64 {
  const both = f64x2.splat(scale);
  let sum = f64x2.splat(0);
  let at: usize = 0;
  for (const end = <usize>(n & ~1) << 3; at < end; at += 16) {
    const value = v128.load(x + at);
    v128.store(y + at, f64x2.add(v128.load(y + at), f64x2.mul(value, both)));
    sum = f64x2.add(sum, f64x2.mul(value, v128.load(z + at)));
  }
  if (!(n & 1)) return lanes(sum);
  increase(y + at, scale * load<f64>(x + at));
  return lanes(sum) + load<f64>(x + at) * load<f64>(z + at);
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
