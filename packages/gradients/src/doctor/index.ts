export {
  checkSecondOrderGradients,
  gradientTolerances,
  type GradientCheck,
  type GradientStatus,
  type OrderCheck,
} from './check-second-order-gradients.js';
export { correctedKernels, type CorrectedKernel } from './corrected-kernels.js';
export { formatGradientReport } from './report.js';
