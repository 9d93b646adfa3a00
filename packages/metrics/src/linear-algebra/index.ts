export { choleskyFactor } from './cholesky.js';
export { addColumnProducts } from './column-products.js';
export { symmetricEigenvalues } from './eigenvalues.js';
export { onnxEngine } from './engines/onnx-engine.js';
export { ownEngine } from './engines/own-engine.js';
export type { MatrixEngine, MatrixNumbers, ProductRequest } from './matrix-engine.js';
export { mirrorUpper } from './product.js';
export { multiply, part, pause, type RunOptions } from './run.js';
export { addUpperProduct } from './upper-product.js';
